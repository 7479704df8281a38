import { at, listAt, textAt, type Json } from '../../terraform-json/json';
import { groupBy } from '../../terraform-json/group';
import { bothAt } from '../compare/compare';
import { rulePath } from '../compare/diff';
import { propertyOf, setBack } from '../compare/undo';
import { areWithin, merged, rangeOf, type Range } from '../knowledge/ranges';
import { quantityOf } from '../knowledge/quantity';
import { TRANSITIONS, type Transition } from '../knowledge/transitions';
import { references } from '../match/match';
import type { Trap } from '../model';
import { labelOf } from '../names/label';
import type { Resource, Stack } from '../read/program';
import type { ResourceChange } from './resource-change';
import { classOf, isOfKind } from './stored-data';
import { trapAt } from './trap-at';

/** The updates that a service rejects. */
export function refusedChanges(changes: readonly ResourceChange[], base: Stack, head: Stack): Trap[] {
  const [isInUse, subnetsOf] = [usesIn(base), subnetsIn(head)];
  return changes.flatMap((change) =>
    change.forgotten || change.lost
      ? []
      : [...refused(change, isInUse), ...refusedGrowth(change, head), ...refusedSpace(change, subnetsOf)],
  );
}

function refused(change: ResourceChange, isInUse: IsInUse): Trap[] {
  const { base, head } = change.pair;
  if (base === undefined || head === undefined) {
    return [];
  }
  return transitionsOf(change)
    .filter(({ needsUse }) => needsUse !== true || isInUse(base.address))
    .map(({ path, text, instead, source }) => {
      const back = setBack('to apply the rest', head, path, at(base.attributes, path));
      const remedies = instead === undefined ? [back] : [back, { text: `or ${instead}` }];
      return trapAt(head, { attribute: path, text, remedies, source });
    });
}

/** The changes of a resource that its service rejects or may reject. */
function transitionsOf({ pair }: ResourceChange): Transition[] {
  const { base, head, findings } = pair;
  const known = TRANSITIONS.filter(({ types }) => head !== undefined && types.includes(head.type));
  const changed = known.length > 0 ? findings.map(({ path }) => rulePath(path)) : [];
  return known.filter(
    ({ path, isRefused }) =>
      changed.includes(path) && isRefused(...bothAt(pair, path), head?.attributes ?? {}, base?.attributes ?? {}),
  );
}

/** Remarks on changes that the service rejects if the resource is in use, which the program does not show. */
export function useRemarks(stacks: readonly { readonly base: Stack }[]): (change: ResourceChange) => string[] {
  const isInUse = new Map(stacks.map(({ base }) => [base.name, usesIn(base)]));
  return (change) => {
    const { base } = change.pair;
    if (change.lost || base === undefined) {
      return [];
    }
    return transitionsOf(change).some(({ needsUse }) => needsUse) && isInUse.get(base.stack)?.(base.address) === false
      ? ['refused if anything is in it that this program does not make']
      : [];
  };
}

/** Types that only connect or describe other resources, and do not use them. */
const ONLY_CONNECTS = /_association$|^azurerm_(network_security|route_table|role_assignment)/;

/** Whether a resource of the program uses the one at an address. */
type IsInUse = (address: string) => boolean;

function usesIn({ resources }: Stack): IsInUse {
  let used: ReadonlySet<string> | undefined;
  return (address) => {
    used ??= new Set(
      [...resources.values()]
        .filter(({ mode, type }) => mode !== 'data' && !ONLY_CONNECTS.test(type))
        .flatMap((resource) => references(resource).map(({ address }) => address)),
    );
    return used.has(address);
  };
}

/** A trap for a claim that grows although its class does not allow it. */
function refusedGrowth({ pair: { base, head } }: ResourceChange, stack: Stack): Trap[] {
  if (base === undefined || head === undefined || !isOfKind(head.type, 'persistent_volume_claim')) {
    return [];
  }
  const path = 'spec.resources.requests.storage';
  const [old, now] = [base, head].map(({ attributes }) => quantityOf(at(attributes, path)));
  const name = textAt(head.attributes, 'spec.storage_class_name');
  const found = name === undefined ? undefined : classOf(name, stack);
  const grows = old !== undefined && now !== undefined && now > old;
  if (!grows || found === undefined || textAt(found.attributes, 'allow_volume_expansion') !== 'false') {
    return [];
  }
  return [
    trapAt(head, {
      attribute: path,
      text: 'the class of the claim forbids that its volumes grow: the plan succeeds, and the API server rejects the change',
      remedies: [
        {
          text: `to apply it, set ${propertyOf(found, 'allow_volume_expansion')} of ${labelOf(found)} to`,
          code: 'true',
        },
        { text: 'or move the data to a larger claim' },
      ],
      source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims',
    }),
  ];
}

/** A trap for a network whose address space no longer contains a subnet of the program. */
function refusedSpace({ pair: { base, head, findings } }: ResourceChange, subnetsOf: SubnetsOf): Trap[] {
  const isChanged = findings.some(({ path }) => rulePath(path) === 'address_space');
  if (base === undefined || head?.type !== 'azurerm_virtual_network' || !isChanged) {
    return [];
  }
  const space = rangesOf(listAt(head.attributes, 'address_space'));
  const subnet = subnetsOf(head.attributes['name']).find(({ attributes }) => {
    const ranges = rangesOf(listAt(attributes, 'address_prefixes'));
    return space && ranges && !areWithin(ranges, space);
  });
  if (subnet === undefined) {
    return [];
  }
  return [
    trapAt(head, {
      attribute: 'address_space',
      text: `${labelOf(subnet)} is no longer in the space of its network, which Azure rejects: the plan succeeds, and the apply fails`,
      remedies: [setBack('to apply the rest', head, 'address_space', at(base.attributes, 'address_space'))],
      source: 'https://learn.microsoft.com/azure/virtual-network/manage-virtual-network#add-or-remove-an-address-range',
    }),
  ];
}

/** Finds the subnets of a network by its name. */
type SubnetsOf = (network: Json | undefined) => readonly Resource[];

function subnetsIn({ resources }: Stack): SubnetsOf {
  let found: Map<Json | undefined, Resource[]> | undefined;
  return (network) => {
    found ??= groupBy(
      [...resources.values()].filter(({ type }) => type === 'azurerm_subnet'),
      ({ attributes }) => attributes['virtual_network_name'],
    );
    return found.get(network) ?? [];
  };
}

/** The ranges of some texts; undefined if only Terraform knows one of them. */
function rangesOf(texts: readonly string[]): Range[] | undefined {
  const found = texts.flatMap((text) => rangeOf(text) ?? []);
  return found.length === texts.length ? merged(found) : undefined;
}
