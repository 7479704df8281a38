import { blocks, sameJson, type Json, type JsonObject } from '../../terraform-json/json';
import { addTo } from '../../terraform-json/group';
import { unmarked, type Closure } from '../compare/closure';
import { differences, rulePath, showPath, type Difference } from '../compare/diff';
import { backendOf, placeOf } from '../compare/backend';
import { maskValue } from '../mask/mask-value';
import type { Change } from '../model';
import { labelOf } from '../names/label';
import type { Resource, Stack } from '../read/program';
import { certainlyDiffer } from './known-difference';

/** The settings that decide where a provider acts; some of them exist only in some providers. */
const PLACES = new Set([
  ...['subscription_id', 'tenant_id', 'environment', 'metadata_host', 'host', 'hostname', 'server', 'servers', 'url'],
  ...['base_url', 'api_url', 'endpoint', 'endpoints', 'address', 'addr', 'config_path', 'config_paths'],
  ...[
    'config_context',
    'config_context_cluster',
    'cluster',
    'cluster_name',
    'region',
    'location',
    'zone',
    'project',
    'project_id',
  ],
  ...['account', 'account_id', 'account_name', 'allowed_account_ids', 'profile', 'role_arn', 'organization', 'owner'],
  ...['org', 'org_name', 'workspace', 'workspace_id', 'namespace', 'database', 'port', 'site', 'domain', 'datacenter'],
]);

/** Both versions of a stack; the old one has the new addresses of resources in its references. */
interface Sides {
  readonly base: Stack;
  readonly head: Stack;
  readonly closure: Closure;
}

/**
 * The providers and the state that move to another place.
 *
 * The resources in the old place stay there, are no longer managed, and are created a second time in the new place.
 */
export function movedPlaces({ base, head, closure }: Sides): Change[] {
  const kept = [...base.resources.values()].filter(
    ({ mode, address }) => mode !== 'data' && head.resources.has(address),
  );
  const keys = [...new Set(kept.flatMap((resource) => [...providersOf(resource, base).values()]))];
  return [
    ...movedState(base, head, kept),
    ...keys.flatMap((key) => {
      const found = moved(closure.marked(configOf(base, key), head.name), configOf(head, key));
      const what = { stack: head.name, address: `provider.${key}`, name: `provider ${key}` };
      const reasons = found.flatMap(({ before }) => closure.reasonsOf(before, head.name));
      return changesOf(
        what,
        found,
        kept.filter((resource) => [...providersOf(resource, base).values()].includes(key)),
        reasons,
      );
    }),
    ...movedResources(base, head, kept),
  ];
}

/** The provider configurations of a resource, or of a module: those that it is given, or else all default ones. */
function providersOf({ mode, provider, meta }: Resource, stack: Stack): ReadonlyMap<string, string> {
  if (mode === 'resource') {
    return new Map([['', provider]]);
  }
  const [given] = blocks(meta['providers']);
  return given === undefined
    ? new Map(stack.providers.filter(({ key, name }) => key === name).map(({ key }) => [key, key]))
    : new Map(Object.entries(given).map(([name, key]) => [name, String(key).replace(/^\$\{|\}$/g, '')]));
}

function configOf(stack: Stack, key: string): JsonObject {
  return stack.providers.find((config) => config.key === key)?.attributes ?? {};
}

function movedState(base: Stack, head: Stack, managed: readonly Resource[]): Change[] {
  const [before, after] = [backendOf(base), backendOf(head)];
  const found = sameJson(placeOf(base), placeOf(head)) ? [] : [{ path: ['backend'], before, after }];
  return changesOf({ stack: head.name, address: 'backend', name: 'state' }, found, managed).map((change) => ({
    ...change,
    remedies: [{ text: 'to take the state along', code: 'terraform init -migrate-state' }, ...change.remedies],
  }));
}

/** The resources that are switched to a provider configuration which acts in another place. */
function movedResources(base: Stack, head: Stack, kept: readonly Resource[]): Change[] {
  const switched = new Map<string, Resource[]>();
  for (const old of kept) {
    const keys = providersOf(head.resources.get(old.address) ?? old, head);
    for (const [name, from] of providersOf(old, base)) {
      const to = keys.get(name) ?? from;
      if (to !== from) {
        addTo(switched, `${from} ${to}`, old);
      }
    }
  }
  return [...switched].flatMap(([pair, resources]) => {
    const [from = '', to = ''] = pair.split(' ');
    const what = { stack: head.name, address: `provider.${to}`, name: `provider ${to}, in place of ${from}` };
    return changesOf(what, moved(configOf(base, from), configOf(head, to)), resources);
  });
}

/** The changed settings of a provider that decide where it acts. */
function moved(before: JsonObject, after: JsonObject): Difference[] {
  return differences(before, after).filter(({ path }) => {
    const names = rulePath(path).split('.');
    return PLACES.has(names.at(-1) ?? '') || PLACES.has(names[0] ?? '');
  });
}

function changesOf(
  what: Pick<Change, 'stack' | 'address' | 'name'>,
  found: readonly Difference[],
  lost: readonly Resource[],
  reasons: readonly string[] = [],
): Change[] {
  if (found.length === 0 || lost.length === 0) {
    return [];
  }
  // a module may not use all of its providers.
  const isCertain = found.some(isCertainly) && lost.some(({ mode }) => mode === 'resource');
  const count =
    lost.length === 1
      ? 'the resource that it manages: it stays where it is, and is'
      : `the ${lost.length} resources that it manages: they stay where they are, and are`;
  const doubt = reasons.length > 0 ? `, since ${reasons.join(' and ')} changes` : '';
  return [
    {
      ...what,
      action: isCertain ? 'forget' : 'update',
      type: what.address.split('.', 1)[0] ?? '',
      provenance: { kind: 'code' },
      certainty: isCertain ? 'certain' : 'possible',
      mayReplace: !isCertain,
      causes: found.map(({ path }) => ({
        attribute: showPath(path),
        text: isCertain ? 'is another place' : `may be another place${doubt}`,
      })),
      holds: `the hold on ${count} created a second time`,
      takes: lost.map((resource) => ({
        stack: resource.stack,
        address: resource.address,
        name: labelOf(resource),
        reason: 'stays behind',
      })),
      consequences: ['outage'],
      remedies: [{ text: 'undo this, or use a separate stack for the other place' }],
      attributes: found.map(({ path, before, after }) => ({
        path: showPath(path),
        before: masked(path, before),
        after: masked(path, after),
      })),
      notes: [],
      unrelated: false,
    },
  ];
}

/** Whether a setting certainly means another place; the environment may set what the code does not. */
function isCertainly({ before, after }: Difference): boolean {
  return before !== undefined && after !== undefined && certainlyDiffer(before, after);
}

function masked(path: Difference['path'], value: Json | undefined): Json | undefined {
  return value === undefined ? undefined : maskValue('provider', rulePath(path).split('.'), unmarked(value));
}
