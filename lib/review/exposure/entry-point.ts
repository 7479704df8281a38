import { isExpression } from '../../terraform-json/expression';
import { extentOf } from './internet';
import type { Limits } from './limits';
import { EVERYONE, parseSource, type Source } from './source';

/** How far away the clients of an entry point can be, the nearest first. */
export const REACH = ['cluster', 'network', 'ranges', 'internet'] as const;

/** What is exposed. */
export interface Subject {
  /** Identifies the entry point on both sides of a change. */
  readonly key: string;
  /** The name that a reader sees. */
  readonly what: string;
  /** Whether every resource of the type has it, so that only changes are reported. */
  readonly isUsual?: true;
  /** The arguments that determine it, as ends or steps of their paths; absent if all of them do. */
  readonly by?: readonly string[];
  /** The argument that restricts it, and how. */
  readonly limit?: { readonly text: string; readonly argument: string };
}

/** The remedy that restricts the sources. */
export const ONLY_SOME = 'restrict the sources by setting';

/** A way to reach something. */
export interface EntryPoint extends Subject {
  /** Absent if the code does not determine it. */
  readonly reach?: (typeof REACH)[number];
  /** The allowed sources; absent if they are not limited. */
  readonly sources?: readonly Source[];
  readonly text: string;
  /**
   * The text besides the sources and the limits, in which any difference is a change; absent if the whole text is
   * compared.
   */
  readonly rest?: string;
  readonly ports?: readonly string[];
  /** The traffic that it matches, if that is compared separately. */
  readonly limits?: Limits;
  /** Whether it denies access, so that its removal widens access. */
  readonly isDenial?: true;
}

/** Entry points that a block of their resource declares. */
export function inBlock(block: string, entryPoints: readonly EntryPoint[]): EntryPoint[] {
  return entryPoints.map((entryPoint) => ({ ...entryPoint, by: [block] }));
}

/** An entry point whose reach only Terraform knows. */
export function undecided(subject: Subject, text: string): EntryPoint {
  return { ...subject, text };
}

/** An entry point whose reach depends on an expression. */
export function dependsOn(subject: Subject, expression: string, suffix = ''): EntryPoint {
  return undecided(subject, `depends on ${expression}${suffix}`);
}

/** An entry point within the virtual network. */
export function fromNetwork(subject: Subject, text: string): EntryPoint {
  return { ...subject, reach: 'network', text };
}

/** An entry point for everyone. */
export function fromInternet(subject: Subject, text: string): EntryPoint {
  return { ...subject, reach: 'internet', sources: [EVERYONE], text };
}

/** An entry point for some sources; for everyone if there are none. */
export function fromSources(subject: Subject, sources: readonly string[], suffix = ''): EntryPoint {
  return sources.length === 0
    ? { ...fromInternet(subject, `the internet${suffix}`), rest: suffix }
    : limitedTo(subject, sources, suffix);
}

/** An entry point for some sources only, which may together be everyone. */
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
