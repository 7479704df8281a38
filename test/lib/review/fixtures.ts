import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessRow, ExposureRow } from '../../../lib/review';
import type { Json, JsonObject } from '../../../lib/terraform-json/json';
import type { StackFiles } from '../../../lib/terraform-json/read';
import { runFolder } from '../../run';

/** Types of resources, names, and what each is given. */
export type Resources = Record<string, Record<string, JsonObject>>;

/** One stack as a program would be read from disk. */
export function stack(files: JsonObject, { name = 'vote', sources = {} as JsonObject } = {}): StackFiles {
  return { name, files: [files], sources };
}

/** A program of one stack that declares some resources, with the versions that the knowledge is about. */
export function program(resource: Resources, rest: JsonObject = {}): StackFiles[] {
  return [stack({ resource, terraform: { required_providers: VERSIONS }, ...rest })];
}

/** The providers in the versions that the tables are about. */
export const VERSIONS = {
  azurerm: { source: 'azurerm', version: '4.55.0' },
  kubernetes: { source: 'kubernetes', version: '2.38.0' },
  azuread: { source: 'azuread', version: '3.7.0' },
  time: { source: 'time', version: '0.13.1' },
};

/** A copy with some values set, each by its path; undefined takes a value away. */
export function change(value: JsonObject, changes: Record<string, Json | undefined>): JsonObject {
  return Object.entries(changes).reduce((copy, [path, next]) => set(copy, path.split('.'), next), value);
}

function set(value: JsonObject, [key = '', ...rest]: string[], next: Json | undefined): JsonObject {
  const child = rest.length === 0 ? next : set((value[key] ?? {}) as JsonObject, rest, next);
  const others = Object.entries(value).filter(([name]) => name !== key);
  return Object.fromEntries(child === undefined ? others : [...others, [key, child]]);
}

/** A new folder that nobody else uses. */
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

/** The same JSON with the keys of every object in the opposite order. */
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

/** Expects that what opens says how to take it back, and that nothing else does. */
export function expectWaysBack(rows: readonly (AccessRow | ExposureRow)[]): void {
  const opening = rows.filter(({ shift }) => shift !== 'removed' && shift !== 'narrowed');
  expect(rows.filter(({ remedies }) => remedies.length > 0)).toEqual(opening);
}
