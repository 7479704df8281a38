import { readsAccessOf } from '../access/grants';
import type { ResourceChange } from '../predict/resource-change';
import { readsExposureOf } from '../exposure/entry-points';
import { isExpression } from '../../terraform-json/expression';
import { compare, eachString } from '../../terraform-json/json';
import { rulePath } from '../compare/diff';
import { LOOKS_LIKE_ACCESS, LOOKS_LIKE_EXPOSURE, looksOpen, OPAQUE } from '../knowledge/roles';
import { schemaOf } from '../knowledge/schema';
import { nameOf } from '../knowledge/tables';
import { labelOf } from '../names/label';
import type { Review } from '../model';
import { objectsIn } from '../read/manifest-objects';
import { withoutKeys, type Stack } from '../read/program';
import { isLookedAt } from './looked-at';

/** What is not analyzed, by the changed resources that it concerns. */
const GAPS: readonly { readonly sentence: string; readonly names: (touched: readonly ResourceChange[]) => string[] }[] =
  [
    {
      sentence: 'These changes look related to access, which is not analyzed for their types',
      names: (touched) => typesOf(touched.filter(isAccess)),
    },
    {
      sentence: 'These changes look related to network exposure, which is not analyzed for their types',
      names: (touched) => typesOf(touched.filter(isExposure)),
    },
    {
      sentence: 'The content of these is not analyzed, neither for access nor for exposure',
      names: (touched) => typesOf(touched.filter(isOpaque)),
    },
    {
      sentence: 'Dynamic blocks of these may grant access or expose something, which is not analyzed',
      names: (touched) => addressesOf(touched.filter(isDynamic)),
    },
  ];

/** The attributes that may open something in types which are not analyzed for it, or in a way that nothing is said of. */
function openings(touched: readonly ResourceChange[], judged: ReadonlySet<string>): string[] {
  const silent = touched.filter(
    (change) => !isAccess(change) && !isExposure(change) && !isOpaque(change) && !judged.has(addressKey(change)),
  );
  return silent.flatMap((change) => {
    const { base, head } = change.pair;
    return base && head ? suspectIn(change).map((path) => `${path} of ${typeOf(change)}`) : [];
  });
}

/** What is suspect in a pair: two parts of a review ask, and it takes long to find out. */
const suspects = new WeakMap<ResourceChange['pair'], readonly string[]>();

/** The attributes that change, look as if they opened something, and are not known to open nothing. */
function suspectIn({ pair }: ResourceChange): readonly string[] {
  const known = suspects.get(pair);
  if (known !== undefined) {
    return known;
  }
  const found = pair.findings
    .map((finding) => ({ finding, path: rulePath(finding.path) }))
    .filter(({ finding, path }) => looksOpen(path) && !isLookedAt(pair, finding))
    .map(({ path }) => path);
  suspects.set(pair, found);
  return found;
}

/**
 * The changes that may grant or open something, and of which nothing is said, in words: somebody has to look at them.
 */
export function unjudgedIn(
  resourceChanges: readonly ResourceChange[],
  rows: Pick<Review, 'access' | 'exposure' | 'settings'>,
): string[] {
  const judged = judgedIn(rows);
  const touched = resourceChanges.filter(
    (change) => change.changed && !judged.has(addressKey(change)) && change.pair.head !== undefined && !isQuiet(change),
  );
  return touched.flatMap((change) => {
    const { base, head } = change.pair;
    const label = head === undefined ? '' : labelOf(head);
    if (isAccess(change) || isExposure(change) || isOpaque(change) || isDynamic(change)) {
      return [label];
    }
    return base === undefined ? [] : suspectIn(change).map((path) => `${path} of ${label}`);
  });
}

/** Types that close something, or only connect what is judged by itself. */
const QUIET =
  /^azurerm_(private_endpoint\w*|nat_gateway\w*|network_ddos_protection_plan|private_dns_\w+|lb_probe|cdn_profile|cdn_frontdoor_(profile|origin_group|rule_set|secret|custom_domain_association)|\w*(backup|replication|snapshot)_policy\w*)$/;

/** Attributes whose change opens nothing, whatever they are of. */
const DESCRIBES = /^(tags|labels|metadata\.(labels|annotations)|description|display_name|timeouts)(\.|$)/;

/** Whether a change says nothing about access or exposure, whatever its type is about. */
function isQuiet({ pair: { base, head, findings, link } }: ResourceChange): boolean {
  const isSame = base !== undefined && findings.every(({ path }) => DESCRIBES.test(rulePath(path)));
  return QUIET.test(head?.type ?? '') || (isSame && link !== 'renamed' && findings.length > 0);
}

/** The resources whose access or exposure is judged, by stack and address. */
function judgedIn({
  access,
  exposure,
  settings = [],
}: Pick<Review, 'access' | 'exposure'> & Partial<Pick<Review, 'settings'>>): ReadonlySet<string> {
  const concerns = settings.flatMap(({ stack, address, concern }) =>
    concern === undefined || address === undefined ? [] : [{ stack, address }],
  );
  const all = [...access, ...exposure, ...concerns];
  return new Set(all.map(({ stack, address }) => `${stack} ${withoutKeys(address)}`));
}

function addressKey({ pair: { base, head } }: ResourceChange): string {
  const { stack = '', address = '' } = head ?? base ?? {};
  return `${stack} ${withoutKeys(address)}`;
}

/** What a review cannot know, in sentences; never empty, because something is always unknown. */
export function unknownsOf(
  resourceChanges: readonly ResourceChange[],
  mayFollow: readonly string[],
  stacks: readonly { readonly head: Stack }[],
  planned: string | undefined,
  isPartial: boolean,
  rows: Pick<Review, 'access' | 'exposure'>,
): string[] {
  const predicted = resourceChanges.filter(({ isPlanned }) => !isPlanned);
  const touched = predicted.filter(({ changed }) => changed);
  const updated = touched.filter(({ pair }) => pair.base !== undefined && pair.head !== undefined);
  const unlisted = updated.filter(({ knowledge }) => knowledge?.rules === undefined);
  const names = stacks.map(({ head }) => head.name);
  return [
    limitOf(names, planned),
    ...(isPartial ? ['Planning ended with an error: what is missing from the plan is predicted.'] : []),
    ...about(
      missingFrom(planned, predicted),
      'These are missing from the plan, which may be of other code, or they have no instances',
    ),
    ...about(typesOf(unlisted), 'Which changes replace resources of these types is not known'),
    ...about(
      typesOf(updated.filter(mayHaveConditions)),
      'These types may have conditions of their own, under which other changes replace them',
    ),
    ...caveatsOf(updated),
    ...about(
      stacks.flatMap(({ head }) => Object.keys(head.unread)),
      'Terraform reads these files as well, which are not analyzed',
    ),
    ...about(stacks.flatMap(filesIn), 'The content of files that expressions read is not compared'),
    ...about(mayFollow, 'These depend on a resource that is recreated, and may be replaced with it'),
    ...GAPS.flatMap((gap) => about(gap.names(touched), gap.sentence)),
    ...about(
      openings(touched, judgedIn(rows)),
      'These attributes look related to access or network exposure, and nothing is said of what they change',
    ),
    ...(planned === undefined && touched.some(hasVariables)
      ? ['Only the defaults of variables are compared; their values are not known.']
      : []),
  ];
}

/** The files that the expressions of resources read. */
function filesIn({ head }: { readonly head: Stack }): string[] {
  const found: string[] = [];
  head.resources.forEach(({ attributes }) =>
    eachString(attributes, (value) => {
      const calls = isExpression(value) ? value.matchAll(/\b(?:file\w*|templatefile)\(\s*"([^"]*)"/g) : [];
      found.push(...[...calls].map(([, name = '']) => name));
    }),
  );
  return found;
}

/** The resources of the planned stack that the plan does not mention. */
function missingFrom(planned: string | undefined, predicted: readonly ResourceChange[]): string[] {
  return planned === undefined
    ? []
    : addressesOf(predicted.filter(({ pair: { head } }) => head?.mode === 'resource' && head.stack === planned));
}

/** Whether variables decide some of a resource. */
function hasVariables({ pair: { base, head } }: ResourceChange): boolean {
  return [base, head].some((side) => {
    let found = false;
    const look = (text: string) => {
      found ||= isExpression(text) && text.includes('var.');
    };
    eachString(side?.written ?? side?.attributes, look);
    eachString(side?.meta, look);
    return found;
  });
}

/** The limit of everything that was read. */
function limitOf(stacks: readonly string[], planned: string | undefined): string {
  if (planned === undefined) {
    return 'No state was read, so drift, and replacements that only the state would reveal, are not shown.';
  }
  const others = stacks.filter((name) => name !== planned);
  return others.length > 0
    ? `The plan is of stack ${planned}; the changes of ${list(others)} are predicted.`
    : 'Changes made in the cloud after the plan are not seen.';
}

/** The types whose rules are those of other versions of their provider, a sentence for each version. */
function caveatsOf(updated: readonly ResourceChange[]): string[] {
  const caveat = ({ knowledge }: ResourceChange) =>
    knowledge?.caveat && `Predictions are based on ${nameOf(knowledge.table)}, but ${knowledge.caveat}`;
  const sentences = [...new Set(updated.flatMap((change) => caveat(change) ?? []))].sort(compare);
  return sentences.flatMap((sentence) =>
    about(typesOf(updated.filter((change) => caveat(change) === sentence)), sentence),
  );
}

/** Whether the provider may decide in its code that an update is a replacement. */
function mayHaveConditions({ knowledge, lost, possibleCauses }: ResourceChange): boolean {
  return knowledge?.rules?.hasConditions === true && !lost && possibleCauses.length === 0;
}

function isAccess(change: ResourceChange): boolean {
  const type = typeOf(change);
  return LOOKS_LIKE_ACCESS.test(type) && !readsAccessOf(type) && !readsExposureOf(type);
}

function isExposure(change: ResourceChange): boolean {
  const type = typeOf(change);
  return LOOKS_LIKE_EXPOSURE.test(type) && !readsExposureOf(type) && !readsAccessOf(type);
}

/** Whether dynamic blocks hold some of what is analyzed. */
function isDynamic({ pair: { head } }: ResourceChange): boolean {
  return head?.attributes['dynamic'] !== undefined && (readsAccessOf(head.type) || readsExposureOf(head.type));
}

function typesOf(resourceChanges: readonly ResourceChange[]): string[] {
  return resourceChanges.map(typeOf);
}

/** The type of a resource, or the one that the provider has for the object in its manifest. */
function typeOf({ pair }: ResourceChange): string {
  const resource = pair.head ?? pair.base;
  const object = resource && objectsIn(resource)[0];
  return (object !== undefined && isKnown(object.type) ? object : resource)?.type ?? '';
}

function isKnown(type: string): boolean {
  return schemaOf(type) !== undefined || readsAccessOf(type) || readsExposureOf(type);
}

/** Whether a resource is in a format of its own, which only those who apply it read. */
function isOpaque(change: ResourceChange): boolean {
  return OPAQUE.test(typeOf(change));
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
