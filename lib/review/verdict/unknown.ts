import { readsAccessOf } from '../access/grants';
import type { ResourceChange } from '../predict/resource-change';
import { readsExposureOf } from '../exposure/ways';
import { compare } from '../../terraform-json/json';
import { LOOKS_LIKE_ACCESS, LOOKS_LIKE_EXPOSURE, OPAQUE } from '../knowledge/roles';
import { nameOf } from '../knowledge/tables';
import type { Stack } from '../read/program';

/** What a review cannot know, in sentences; never empty, for something is always unknown. */
export function unknownsOf(
  resourceChanges: readonly ResourceChange[],
  followers: readonly string[],
  stacks: readonly { readonly head: Stack }[],
  planned: string | undefined,
  isPartial: boolean,
): string[] {
  const predicted = resourceChanges.filter(({ isPlanned }) => !isPlanned);
  const silent = predicted.filter(({ pair: { head } }) => head?.mode === 'resource' && head.stack === planned);
  const touched = predicted.filter(({ changed }) => changed);
  const updated = touched.filter(({ pair }) => pair.base !== undefined && pair.head !== undefined);
  const unlisted = updated.filter(({ knowledge }) => knowledge?.rules === undefined);
  const caveats = updated.flatMap(({ knowledge }) =>
    knowledge?.caveat === undefined
      ? []
      : `Predictions are based on ${nameOf(knowledge.table)}, but ${knowledge.caveat}.`,
  );
  const others = stacks.map(({ head }) => head.name).filter((name) => name !== planned);
  return [
    planned === undefined
      ? 'No state was read: drift is not seen, and neither is a replacement that only the state would reveal.'
      : others.length > 0
        ? `The plan is of stack ${planned}; the changes of ${list(others)} are predicted.`
        : 'Changes made in the cloud after the plan are not seen.',
    ...(isPartial ? ['Planning ended with an error: what is missing from the plan is predicted.'] : []),
    ...sentence(
      planned === undefined ? [] : silent.map(({ pair }) => pair.head?.address ?? ''),
      (names) => `These are missing from the plan, which may be of other code, or they have no instances: ${names}.`,
    ),
    ...sentence(typesOf(unlisted), (types) => `Which changes replace resources of these types is not known: ${types}.`),
    ...[...new Set(caveats)].sort(compare),
    ...sentence(
      followers,
      (names) => `These depend on a resource that is recreated, and may be replaced with it: ${names}.`,
    ),
    ...sentence(
      typesOf(touched.filter(isAccess)),
      (types) => `These changes look related to access, which is not analyzed for their types: ${types}.`,
    ),
    ...sentence(
      typesOf(touched.filter(isExposure)),
      (types) => `These changes look related to network exposure, which is not analyzed for their types: ${types}.`,
    ),
    ...sentence(
      typesOf(touched.filter(({ pair }) => OPAQUE.test((pair.head ?? pair.base)?.type ?? ''))),
      (types) => `The content of these is not analyzed, neither for access nor for exposure: ${types}.`,
    ),
    ...sentence(
      touched.filter(isDynamic).map(({ pair }) => pair.head?.address ?? ''),
      (names) => `Dynamic blocks of these may grant access or expose something, which is not analyzed: ${names}.`,
    ),
    ...(planned === undefined && stacks.some(({ head }) => Object.keys(head.variables).length > 0)
      ? ['Only the defaults of variables are compared; their values are not known.']
      : []),
  ];
}

function isAccess({ pair }: ResourceChange): boolean {
  const type = (pair.head ?? pair.base)?.type ?? '';
  return LOOKS_LIKE_ACCESS.test(type) && !readsAccessOf(type) && !/network_policy/.test(type);
}

function isExposure({ pair }: ResourceChange): boolean {
  const type = (pair.head ?? pair.base)?.type ?? '';
  return LOOKS_LIKE_EXPOSURE.test(type) && !readsExposureOf(type);
}

/** Whether some of what is judged is in blocks that only Terraform makes. */
function isDynamic({ pair: { head } }: ResourceChange): boolean {
  return head?.attributes['dynamic'] !== undefined && (readsAccessOf(head.type) || readsExposureOf(head.type));
}

function typesOf(resourceChanges: readonly ResourceChange[]): string[] {
  return resourceChanges.map(({ pair }) => (pair.head ?? pair.base)?.type ?? '');
}

/** A sentence about the distinct names, or none if there are none. */
function sentence(names: readonly string[], write: (names: string) => string): string[] {
  return names.length === 0 ? [] : [write(list([...new Set(names)].sort(compare)))];
}

/** At most a handful of names, and how many more there are. */
function list(names: readonly string[]): string {
  const shown = names.slice(0, 12);
  return shown.join(', ') + (names.length > shown.length ? ` and ${names.length - shown.length} more` : '');
}
