import { isExpression } from '../../terraform-json/expression';
import { textAt, type JsonObject } from '../../terraform-json/json';
import type { Resource } from '../read/program';
import { undecided, type EntryPoint, type Subject } from './entry-point';
import { extentOf } from './internet';
import { EVERYONE, parseSource } from './source';

/**
 * Reads the ways in and out of a resource.
 *
 * @param find Finds the resource that a value refers to, where the stack is at hand
 */
export type Reader = (attributes: JsonObject, resource: Resource, find?: FindResource) => EntryPoint[];

/** Finds the resource that a value refers to; undefined if it is none of the program. */
export type FindResource = (reference: string) => Resource | undefined;

/** A text of a resource; empty if it has none. */
export function text(given: JsonObject, name: string): string {
  return textAt(given, name) ?? '';
}

/** An entry point for what certain names stand for, such as a network. */
export function from(subject: Subject, names: readonly string[], suffix = ''): EntryPoint {
  const text = `from ${names.join(', ')}${suffix}`;
  return { ...subject, reach: 'network', sources: names.map(parseSource), text, rest: suffix };
}

/** What takes traffic on to certain places. */
export function leadsTo(subject: Subject, names: readonly string[], suffix = ''): EntryPoint {
  return { ...subject, reach: 'network', text: `leads to ${names.join(', ') || 'nothing'}${suffix}` };
}

/** A way out to some destinations. */
export function to(subject: Subject, destinations: readonly string[], suffix = ''): EntryPoint {
  const extent = extentOf(destinations.filter((one) => !isExpression(one)));
  const names = destinations.join(', ');
  if (destinations.some(isExpression) && !extent?.isEveryone) {
    return undecided(subject, `to ${names}${suffix}`);
  }
  if (extent?.isEveryone) {
    return { ...subject, reach: 'internet', sources: [EVERYONE], text: `to everywhere${suffix}`, rest: suffix };
  }
  const found = { ...subject, sources: destinations.map(parseSource), rest: suffix };
  return extent === undefined
    ? { ...found, reach: 'ranges', text: `to ${names}${suffix}` }
    : { ...found, reach: 'internet', text: `to ${extent.text}${suffix}` };
}
