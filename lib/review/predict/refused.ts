import { isExpression } from '../../terraform-json/expression';
import { at, textAt } from '../../terraform-json/json';
import { bothAt } from '../compare/compare';
import { rulePath } from '../compare/diff';
import { propertyOf, setBack } from '../compare/undo';
import { quantityOf } from '../knowledge/quantity';
import { TRANSITIONS, type Transition } from '../knowledge/transitions';
import { references } from '../match/match';
import type { Trap } from '../model';
import { labelOf } from '../names/label';
import type { Stack } from '../read/program';
import type { ResourceChange } from './resource-change';
import { classOf, isOfKind } from './stored-data';

/** The changes of resources that stay which their services refuse. */
export function refusedChanges(changes: readonly ResourceChange[], base: Stack, head: Stack): Trap[] {
  const isInUse = usesIn(base);
  return changes.flatMap((change) =>
    change.forgotten || change.lost ? [] : [...refused(change, isInUse), ...refusedGrowth(change, head)],
  );
}

function refused(change: ResourceChange, isInUse: IsInUse): Trap[] {
  const { base, head } = change.pair;
  if (base === undefined || head === undefined) {
    return [];
  }
  return transitionsOf(change)
    .filter(({ needsUse }) => needsUse !== true || isInUse(base.address, head.address))
    .map(({ path, text, instead, source }) => ({
      ...{ stack: head.stack, address: head.address, name: labelOf(head), attribute: path },
      ...{ text, source, location: head.location },
      remedies: [
        setBack('to apply the rest', head, path, at(base.attributes, path)),
        ...(instead === undefined ? [] : [{ text: `or ${instead}` }]),
      ],
    }));
}

/** The changes of a resource that its service rejects, or may. */
function transitionsOf({ pair }: ResourceChange): Transition[] {
  const { head, findings } = pair;
  const known = head === undefined ? [] : TRANSITIONS.filter(({ types }) => types.includes(head.type));
  const changed = known.length > 0 ? findings.map(({ path }) => rulePath(path)) : [];
  return known.filter(
    ({ path, isRefused }) => changed.includes(path) && isRefused(...bothAt(pair, path), head?.attributes ?? {}),
  );
}

/** Remarks on changes that the service rejects if anything is in the resource, of which the program shows nothing. */
export function useRemarks(stacks: readonly { readonly base: Stack }[]): (change: ResourceChange) => string[] {
  const isInUse = new Map(stacks.map(({ base }) => [base.name, usesIn(base)]));
  return (change) => {
    const { base, head } = change.pair;
    if (change.lost || base === undefined || head === undefined) {
      return [];
    }
    return transitionsOf(change).some(({ needsUse }) => needsUse) &&
      isInUse.get(base.stack)?.(base.address, head.address) === false
      ? ['refused if anything is in it that this program does not make']
      : [];
  };
}

/** Resources that only connect others, or that a place is described by. */
const ONLY_CONNECTS = /_association$|^azurerm_(network_security|route_table|role_assignment)/;

/** Whether anything of the program was in a place, under either of its addresses. */
type IsInUse = (before: string, after: string) => boolean;

function usesIn({ resources }: Stack): IsInUse {
  let used: ReadonlySet<string> | undefined;
  return (before, after) => {
    used ??= new Set(
      [...resources.values()]
        .filter(({ mode, type }) => mode !== 'data' && !ONLY_CONNECTS.test(type))
        .flatMap((resource) => references(resource).map(({ address }) => address)),
    );
    return used.has(before) || used.has(after);
  };
}

/** A claim that grows, and whose class does not let it. */
function refusedGrowth({ pair: { base, head } }: ResourceChange, stack: Stack): Trap[] {
  if (base === undefined || head === undefined || !isOfKind(head.type, 'persistent_volume_claim')) {
    return [];
  }
  const path = 'spec.resources.requests.storage';
  const [old, now] = [base, head].map(({ attributes }) => quantityOf(at(attributes, path)));
  const name = textAt(head.attributes, 'spec.storage_class_name');
  const found = name === undefined ? undefined : classOf(name, stack);
  const expands = textAt(found?.attributes, 'allow_volume_expansion') ?? 'true';
  if (old === undefined || now === undefined || now <= old || found === undefined || isExpression(expands)) {
    return [];
  }
  return expands === 'false'
    ? [
        {
          ...{ stack: head.stack, address: head.address, name: labelOf(head), attribute: path },
          text: 'the class of the claim forbids that its volumes grow: the plan succeeds, and the API server rejects the change',
          remedies: [
            {
              text: `to apply it, set ${propertyOf(found, 'allow_volume_expansion')} of ${labelOf(found)} to`,
              code: 'true',
            },
            { text: 'or move the data to a larger claim' },
          ],
          source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims',
          location: head.location,
        },
      ]
    : [];
}
