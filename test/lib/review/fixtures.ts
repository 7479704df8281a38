import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessRow, ExposureRow } from '../../../lib/review';
import type { Json, JsonObject } from '../../../lib/terraform-json/json';
import type { StackFiles } from '../../../lib/terraform-json/read';
import { runFolder } from '../../run';

/** The arguments of resources, by type and name. */
export type Resources = Record<string, Record<string, JsonObject>>;

/** A stack as it is read from disk. */
export function stack(files: JsonObject, { name = 'vote', sources = {} as JsonObject } = {}): StackFiles {
  return { name, files: [files], sources };
}

/** A program with one stack that declares some resources, with the versions of the knowledge. */
export function program(resource: Resources, rest: JsonObject = {}): StackFiles[] {
  return [stack({ resource, terraform: { required_providers: VERSIONS }, ...rest })];
}

/** The providers in the versions of the tables. */
export const VERSIONS = {
  azurerm: { source: 'azurerm', version: '4.55.0' },
  kubernetes: { source: 'kubernetes', version: '2.38.0' },
  azuread: { source: 'azuread', version: '3.7.0' },
  time: { source: 'time', version: '0.13.1' },
};

/** A copy with some values set, by path; undefined removes a value. */
export function change(value: JsonObject, changes: Record<string, Json | undefined>): JsonObject {
  return Object.entries(changes).reduce((copy, [path, next]) => set(copy, path.split('.'), next), value);
}

function set(value: JsonObject, [key = '', ...rest]: string[], next: Json | undefined): JsonObject {
  const child = rest.length === 0 ? next : set((value[key] ?? {}) as JsonObject, rest, next);
  const others = Object.entries(value).filter(([name]) => name !== key);
  return Object.fromEntries(child === undefined ? others : [...others, [key, child]]);
}

/** A new folder. */
export function folder(): string {
  return runFolder();
}

/** Writes a program as CDKTF does, and returns its folder. */
export function written(stacks: readonly StackFiles[], target = folder()): string {
  const entries = stacks.map(({ name, files }) => {
    mkdirSync(join(target, 'stacks', name), { recursive: true });
    writeFileSync(join(target, 'stacks', name, 'cdk.tf.json'), JSON.stringify(files[0]));
    return [name, { name, synthesizedStackPath: `stacks/${name}/cdk.tf.json` }];
  });
  const sources = Object.fromEntries(stacks.map((one) => [one.name, one.sources]));
  writeFileSync(join(target, 'sources.json'), JSON.stringify(sources));
  writeFileSync(
    join(target, 'manifest.json'),
    JSON.stringify({ stacks: Object.fromEntries(entries), version: '0.21.0' }),
  );
  return target;
}

/** The same JSON with the keys of every object reversed. */
export function shuffled(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(shuffled);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, child]) => [key, shuffled(child)]),
      )
    : value;
}

/** Expects remedies in all rows that open something, and in no others. */
export function expectWaysBack(rows: readonly (AccessRow | ExposureRow)[]): void {
  const opening = rows.filter(({ shift }) => shift !== 'removed' && shift !== 'narrowed');
  expect(rows.filter(({ remedies }) => remedies.length > 0)).toEqual(opening);
}
