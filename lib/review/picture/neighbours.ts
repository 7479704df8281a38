import { addTo, groupBy } from '../../terraform-json/group';
import { eachScalar, textAt, type JsonObject } from '../../terraform-json/json';
import { podOf } from '../read/pods';
import type { Resource } from '../read/program';
import { labelsOf, selects } from './workloads';

type Index = ReadonlyMap<string, readonly Resource[]>;

/**
 * The workloads in one namespace of a cluster, indexed by what refers to them. An index is created when it is first
 * used.
 */
export class Neighbours {
  private byLabel: Index | undefined;
  private byName: Index | undefined;
  private byMention: Index | undefined;

  public constructor(public readonly workloads: readonly Resource[]) {}

  /** The workloads whose pods have some labels; no labels select all workloads. */
  public selected(labels: JsonObject): readonly Resource[] {
    const index = (this.byLabel ??= indexed(this.workloads, (workload) => keysOf(labelsOf(workload))));
    const [fewest] = keysOf(labels)
      .map((key) => index.get(key) ?? [])
      .sort((a, b) => a.length - b.length);
    return fewest === undefined ? this.workloads : fewest.filter((workload) => selects(labels, workload));
  }

  /** The first workload with a name. */
  public named(name: string): Resource | undefined {
    this.byName ??= indexed(this.workloads, ({ attributes }) => [textAt(attributes, 'metadata.name') ?? '']);
    return this.byName.get(name)?.[0];
  }

  /** The first workload whose pods mention an object by its name. */
  public mentioning(name: string): Resource | undefined {
    this.byMention ??= indexed(this.workloads, mentionsOf);
    return this.byMention.get(name)?.[0];
  }
}

/** The workloads by their places. */
export function neighboursBy(workloads: readonly Resource[], placeOf: (workload: Resource) => string) {
  return new Map([...groupBy(workloads, placeOf)].map(([place, near]) => [place, new Neighbours(near)]));
}

function indexed(workloads: readonly Resource[], keys: (workload: Resource) => readonly string[]): Index {
  const found = new Map<string, Resource[]>();
  for (const workload of workloads) {
    for (const key of new Set(keys(workload))) {
      addTo(found, key, workload);
    }
  }
  return found;
}

function keysOf(labels: JsonObject): string[] {
  return Object.entries(labels).map(([key, value]) => JSON.stringify([key, String(value)]));
}

/** The names of other objects in the pods of a workload. */
function mentionsOf(workload: Resource): string[] {
  const found: string[] = [];
  eachScalar(podOf(workload), (value, path) => {
    if (typeof value === 'string' && path.length > 1 && /name$|claim/.test(path.at(-1) ?? '')) {
      found.push(value);
    }
  });
  return found;
}
