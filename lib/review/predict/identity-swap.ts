import { parseReference } from '../../terraform-json/expression';
import { blocks, listAt, textAt } from '../../terraform-json/json';
import type { Change } from '../model';
import { labelOfText } from '../names/label';
import { body, type Resource, type Stack } from '../read/program';
import type { StackSides } from '../compare/closure';
import type { ResourceChange } from './resource-change';

/** What a resource loses with an identity that it no longer has. */
export interface LostIdentity {
  /** The roles of that identity, in words, which the one after does not have. */
  readonly roles: readonly string[];
  /** Whether the program assigns it any role; others may all the same. */
  readonly isKnown: boolean;
}

/** An identity: a managed one, or that of the resource itself. */
interface Identity {
  readonly stack: string;
  readonly address: string;
  readonly isItself: boolean;
}

/** The identity that a resource loses with its change; undefined if it keeps what it has. */
export function lostIdentityOf(
  { pair, lost }: ResourceChange,
  stacks: readonly StackSides[],
): LostIdentity | undefined {
  const { base, head } = pair;
  const stack = stacks.find((one) => one.head.name === head?.stack);
  // the code before, with the addresses that it had then.
  const old = base && stack?.base.resources.get(base.address);
  if (lost || old === undefined || head === undefined || stack === undefined) {
    return undefined;
  }
  const [before, after] = [identitiesOf(old), identitiesOf(head)];
  const kept = new Set(after.map(keyOf));
  const gone = before.filter(({ address, ...rest }) => {
    return !kept.has(keyOf({ ...rest, address: stack.renamed.get(address) ?? address }));
  });
  if (gone.length === 0) {
    return undefined;
  }
  const [olds, news] = [stacks.map((one) => one.base), stacks.map((one) => one.head)];
  const given = new Set(after.flatMap((one) => rolesOf(one, news)));
  const roles = [...new Set(gone.flatMap((one) => rolesOf(one, olds)))];
  return { roles: roles.filter((role) => !given.has(role)), isKnown: roles.length > 0 };
}

/** A change with the loss of what an identity was allowed. */
export function withLostIdentity(change: Change, lost: LostIdentity | undefined): Change {
  if (change.action !== 'update' || lost === undefined || (lost.isKnown && lost.roles.length === 0)) {
    return change;
  }
  const { roles, isKnown } = lost;
  return {
    ...change,
    consequences: [...new Set([...change.consequences, 'access' as const])],
    holds: isKnown
      ? `${roles.join(', ')}: the identity before had it, the one after does not`
      : 'what the identity before was allowed outside of this program',
    certainty: isKnown ? change.certainty : 'possible',
    remedies: [
      ...change.remedies,
      { text: 'to keep it, assign the same roles to the identity after, and apply that first' },
    ],
  };
}

function keyOf({ stack, address, isItself }: Identity): string {
  return [stack, address, isItself].join(' ');
}

function identitiesOf({ stack, address, attributes }: Resource): Identity[] {
  return blocks(attributes['identity']).flatMap((identity) => {
    const type = textAt(identity, 'type') ?? '';
    return [
      ...(type.includes('SystemAssigned') ? [{ stack, address, isItself: true }] : []),
      ...listAt(identity, 'identity_ids').map((id) => ({
        ...{ stack, address: parseReference(id)?.address ?? id, isItself: false },
      })),
    ];
  });
}

/** The roles that a program assigns to an identity, each with its scope. */
function rolesOf({ stack: home, address, isItself }: Identity, stacks: readonly Stack[]): string[] {
  return stacks.flatMap((stack) =>
    [...stack.resources.values()]
      .filter(({ type }) => type === 'azurerm_role_assignment')
      .filter(({ attributes }) => {
        const found = principalOf(textAt(attributes, 'principal_id') ?? '', stack, stacks);
        const isSystem = found?.path.startsWith('identity') === true;
        return found?.stack === home && found.address === address && isSystem === isItself;
      })
      .map(({ attributes }) => roleText(attributes, stack)),
  );
}

function roleText(attributes: Resource['attributes'], stack: Stack): string {
  const role = textAt(attributes, 'role_definition_name') ?? textAt(attributes, 'role_definition_id') ?? 'a role';
  const scope = labelOfText(textAt(attributes, 'scope') ?? 'something', (address) => stack.resources.get(address));
  return `${role} on ${scope}`;
}

/** Where a principal is declared, also if another stack hands it out. */
function principalOf(
  text: string,
  stack: Stack,
  stacks: readonly Stack[],
): { stack: string; address: string; path: string } | undefined {
  const reference = parseReference(text);
  if (reference === undefined || !reference.address.startsWith('data.terraform_remote_state.')) {
    return reference && { stack: stack.name, ...reference };
  }
  const output = reference.path.replace(/^outputs\./, '');
  const [owner, ...others] = stacks.filter(({ outputs }) => Object.hasOwn(outputs, output));
  const value = owner && others.length === 0 ? textAt(body(owner.outputs, output), 'value') : undefined;
  const found = value === undefined ? undefined : parseReference(value);
  return owner && found && { stack: owner.name, ...found };
}
