import { blocks, listAt } from '../../terraform-json/json';
import type { Resource } from '../read/program';
import type { Difference, Step } from './diff';

/** A part of a path in `ignore_changes`: a name, a key or a position in a list. */
type Part = string | number;

const PARTS = /\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g;

/** The differences that `ignore_changes` does not ignore. */
export function notIgnored<T extends Difference>(resource: Resource, found: readonly T[]): T[] {
  const ignored = blocks(resource.meta['lifecycle']).flatMap((lifecycle) => listAt(lifecycle, 'ignore_changes'));
  if (ignored.includes('all')) {
    return [];
  }
  const paths = ignored.map(partsOf);
  return found.filter(({ path }) => !paths.some((parts) => covers(parts, path)));
}

function partsOf(path: string): Part[] {
  return [...path.matchAll(PARTS)].map(([, key, position, name]) => key ?? name ?? Number(position));
}

/** Whether a path is at or below an ignored one; a position ignores only its own item. */
function covers(parts: readonly Part[], path: readonly Step[]): boolean {
  let at = 0;
  return parts.every((part) => {
    const step = path[at];
    if (typeof part === 'string' || typeof step === 'object') {
      at++;
      return typeof step === 'object' ? step.before === part && step.after === part : step === part;
    }
    return part === 0; // a list of one block is not a step of a path.
  });
}

/** A resource as it is applied: an argument keeps its old value if all its changes are ignored. */
export function asApplied<T extends Ignoring>(comparison: T): T {
  const { base, head, findings, ignored = [] } = comparison;
  if (base === undefined || head === undefined || ignored.length === 0) {
    return comparison;
  }
  const nameOf = ({ path: [name] }: Difference) => String(name);
  const changed = new Set(findings.map(nameOf));
  const kept = ignored.map(nameOf).filter((name) => !changed.has(name));
  const before = Object.entries(base.attributes).filter(([name]) => kept.includes(name));
  const others = Object.entries(head.attributes).filter(([name]) => !kept.includes(name));
  return { ...comparison, head: { ...head, attributes: Object.fromEntries([...others, ...before]) } };
}

/** A resource on both sides, with its differences and the ignored ones. */
interface Ignoring {
  readonly base?: Resource;
  readonly head?: Resource;
  readonly findings: readonly Difference[];
  readonly ignored?: readonly Difference[];
}
