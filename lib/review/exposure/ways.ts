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

/** Finds the resource that a value refers to; undefined if the program does not declare it. */
export type FindResource = (reference: string) => Resource | undefined;

/** The text of an argument; empty if it is not set. */
export function text(given: JsonObject, name: string): string {
  return textAt(given, name) ?? '';
}

/** An entry point for named sources, such as a network. */
export function from(subject: Subject, names: readonly string[], suffix = ''): EntryPoint {
  const text = `from ${names.join(', ')}${suffix}`;
  return { ...subject, reach: 'network', sources: names.map(parseSource), text, rest: suffix };
}

/** An entry point that forwards traffic to some targets. */
export function leadsTo(subject: Subject, names: readonly string[], suffix = ''): EntryPoint {
  return { ...subject, reach: 'network', text: `leads to ${names.join(', ') || 'nothing'}${suffix}` };
}

/** A filter of the traffic to something, if there is one. */
export function filteredBy(filter: string | undefined, subject: Subject): EntryPoint[] {
  return filter === undefined ? [] : [{ ...subject, text: `filtered by ${filter}`, isDenial: true }];
}

/** Outgoing traffic to some destinations. */
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
