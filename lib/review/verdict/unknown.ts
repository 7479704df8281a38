import { readsAccessOf } from '../access/grants';
import type { ResourceChange } from '../predict/resource-change';
import { readsExposureOf } from '../exposure/entry-points';
import { compare } from '../../terraform-json/json';
import { LOOKS_LIKE_ACCESS, LOOKS_LIKE_EXPOSURE, OPAQUE } from '../knowledge/roles';
import { nameOf } from '../knowledge/tables';
import type { Stack } from '../read/program';

/** What a review cannot know, in sentences; never empty, because something is always unknown. */
export function unknownsOf(
  resourceChanges: readonly ResourceChange[],
  mayFollow: readonly string[],
  stacks: readonly { readonly head: Stack }[],
  planned: string | undefined,
  isPartial: boolean,
): string[] {
  const predicted = resourceChanges.filter(({ isPlanned }) => !isPlanned);
  const missing = predicted.filter(({ pair: { head } }) => head?.mode === 'resource' && head.stack === planned);
  const touched = predicted.filter(({ changed }) => changed);
  const updated = touched.filter(({ pair }) => pair.base !== undefined && pair.head !== undefined);
  const hasVariables = stacks.some(({ head }) => Object.keys(head.variables).length > 0);
  return [
    limitOf(
      stacks.map(({ head }) => head.name),
      planned,
    ),
    ...(isPartial ? ['Planning ended with an error: what is missing from the plan is predicted.'] : []),
    ...about(
      planned === undefined ? [] : addressesOf(missing),
      'These are missing from the plan, which may be of other code, or they have no instances',
    ),
    ...about(
      typesOf(updated.filter(({ knowledge }) => knowledge?.rules === undefined)),
      'Which changes replace resources of these types is not known',
    ),
    ...caveatsOf(updated),
    ...about(mayFollow, 'These depend on a resource that is recreated, and may be replaced with it'),
    ...about(
      typesOf(touched.filter(isAccess)),
      'These changes look related to access, which is not analyzed for their types',
    ),
    ...about(
      typesOf(touched.filter(isExposure)),
      'These changes look related to network exposure, which is not analyzed for their types',
    ),
    ...about(
      typesOf(touched.filter(({ pair }) => OPAQUE.test((pair.head ?? pair.base)?.type ?? ''))),
      'The content of these is not analyzed, neither for access nor for exposure',
    ),
    ...about(
      addressesOf(touched.filter(isDynamic)),
      'Dynamic blocks of these may grant access or expose something, which is not analyzed',
    ),
    ...(planned === undefined && hasVariables
      ? ['Only the defaults of variables are compared; their values are not known.']
      : []),
  ];
}

/** The limit of everything that was read. */
function limitOf(stacks: readonly string[], planned: string | undefined): string {
  if (planned === undefined) {
    return 'No state was read: drift is not seen, and neither is a replacement that only the state would reveal.';
  }
  const others = stacks.filter((name) => name !== planned);
  return others.length > 0
    ? `The plan is of stack ${planned}; the changes of ${list(others)} are predicted.`
    : 'Changes made in the cloud after the plan are not seen.';
}

function caveatsOf(updated: readonly ResourceChange[]): string[] {
  const caveats = updated.flatMap(({ knowledge }) =>
    knowledge?.caveat ? `Predictions are based on ${nameOf(knowledge.table)}, but ${knowledge.caveat}.` : [],
  );
  return [...new Set(caveats)].sort(compare);
}

function isAccess({ pair }: ResourceChange): boolean {
  const type = (pair.head ?? pair.base)?.type ?? '';
  return LOOKS_LIKE_ACCESS.test(type) && !readsAccessOf(type) && !/network_policy/.test(type);
}

function isExposure({ pair }: ResourceChange): boolean {
  const type = (pair.head ?? pair.base)?.type ?? '';
  return LOOKS_LIKE_EXPOSURE.test(type) && !readsExposureOf(type);
}

/** Whether dynamic blocks hold some of what is analyzed. */
function isDynamic({ pair: { head } }: ResourceChange): boolean {
  return head?.attributes['dynamic'] !== undefined && (readsAccessOf(head.type) || readsExposureOf(head.type));
}

function typesOf(resourceChanges: readonly ResourceChange[]): string[] {
  return resourceChanges.map(({ pair }) => (pair.head ?? pair.base)?.type ?? '');
}

function addressesOf(resourceChanges: readonly ResourceChange[]): string[] {
  return resourceChanges.map(({ pair }) => pair.head?.address ?? '');
}

/** A sentence about the distinct names; none if there are none. */
function about(names: readonly string[], sentence: string): string[] {
  return names.length === 0 ? [] : [`${sentence}: ${list([...new Set(names)].sort(compare))}.`];
}

/** At most a handful of names, and how many more there are. */
function list(names: readonly string[]): string {
  const shown = names.slice(0, 12);
  return shown.join(', ') + (names.length > shown.length ? ` and ${names.length - shown.length} more` : '');
}
