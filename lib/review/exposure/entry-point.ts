import { isExpression } from '../../terraform-json/expression';
import { extentOf } from './internet';
import type { Limits } from './limits';
import { EVERYONE, parseSource, type Source } from './source';

/** How far away the clients of an entry point can be, from near to far. */
export const REACH = ['cluster', 'network', 'ranges', 'internet'] as const;

/** What is exposed. */
export interface Subject {
  /** Identifies the entry point on both sides of a change. */
  readonly key: string;
  /** The name that a reader sees. */
  readonly what: string;
  /** Whether it tells something only where it changes, since everything of its type has it. */
  readonly isUsual?: true;
  /** The arguments that decide about it: the ends of their paths, or steps in them; absent if all of them do. */
  readonly by?: readonly string[];
  /** The argument that lets in fewer, and how. */
  readonly limit?: { readonly text: string; readonly argument: string };
}

/** How fewer get in. */
export const ONLY_SOME = 'restrict the sources by setting';

/** One way in which something can be reached. */
export interface EntryPoint extends Subject {
  /** Undefined if the code does not decide it. */
  readonly reach?: (typeof REACH)[number];
  /** The only sources that get in; undefined if there is no such limit. */
  readonly sources?: readonly Source[];
  readonly text: string;
  /**
   * What there is to say beside the sources and the limits, in which any difference is a change; absent if all of the text
   * is compared.
   */
  readonly rest?: string;
  readonly ports?: readonly string[];
  /** What of the traffic it is about, as far as that is compared by itself. */
  readonly limits?: Limits;
  /** Whether it keeps clients out instead of letting them in, so that its removal lets others in. */
  readonly isDenial?: true;
}

/** Entry points that a block of their resource declares. */
export function inBlock(block: string, entryPoints: readonly EntryPoint[]): EntryPoint[] {
  return entryPoints.map((entryPoint) => ({ ...entryPoint, by: [block] }));
}

/** An entry point that only runs of Terraform decide about. */
export function undecided(subject: Subject, text: string): EntryPoint {
  return { ...subject, text };
}

/** An entry point within the virtual network. */
export function fromNetwork(subject: Subject, text: string): EntryPoint {
  return { ...subject, reach: 'network', text };
}

/** An entry point that everyone reaches. */
export function fromInternet(subject: Subject, text: string): EntryPoint {
  return { ...subject, reach: 'internet', sources: [EVERYONE], text };
}

/** An entry point for some sources, or for everyone if there is no limit. */
export function fromSources(subject: Subject, sources: readonly string[], suffix = ''): EntryPoint {
  return sources.length === 0
    ? { ...fromInternet(subject, `the internet${suffix}`), rest: suffix }
    : limitedTo(subject, sources, suffix);
}

/** An entry point for some sources and nobody else, who may be everyone together. */
export function limitedTo(subject: Subject, sources: readonly string[], suffix = ''): EntryPoint {
  const extent = extentOf(sources.filter((source) => !isExpression(source)));
  if (extent?.isEveryone) {
    return { ...fromInternet(subject, extent.text + suffix), rest: suffix };
  }
  const names = sources.join(', ');
  if (sources.some(isExpression)) {
    return undecided(subject, `from ${names}${suffix}`);
  }
  const found = { ...subject, sources: sources.map(parseSource), rest: suffix };
  return extent === undefined
    ? { ...found, reach: 'ranges', text: `only ${names || 'its own exceptions'}${suffix}` }
    : { ...found, reach: 'internet', text: extent.text + suffix };
}
