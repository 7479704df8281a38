import { parseReference } from '../../terraform-json/expression';
import { blocks, listAt, textAt } from '../../terraform-json/json';
import { addTo } from '../../terraform-json/group';
import type { Change } from '../model';
import { labelOfText } from '../names/label';
import { body, type Resource, type Stack } from '../read/program';
import type { StackSides } from '../compare/closure';
import type { ResourceChange } from './resource-change';

/** The access that a resource loses together with an identity. */
export interface LostIdentity {
  /** The roles of that identity that the new one does not have, in words. */
  readonly roles: readonly string[];
  /** Whether the program assigns it any role; roles may also be assigned elsewhere. */
  readonly isKnown: boolean;
}

/** An identity: a managed one, or that of the resource itself. */
interface Identity {
  readonly stack: string;
  readonly address: string;
  readonly isItself: boolean;
}

/** Finds what a resource loses with an identity; undefined if it keeps its identities. */
export function lostIdentities(stacks: readonly StackSides[]): (change: ResourceChange) => LostIdentity | undefined {
  const rolesBefore = rolesIn(stacks.map(({ base }) => base));
  const rolesAfter = rolesIn(stacks.map(({ head }) => head));
  return ({ pair: { base, head }, lost }) => {
    const stack = stacks.find((one) => one.head.name === head?.stack);
    // from the base, where its references have their old addresses.
    const old = base && stack?.base.resources.get(base.address);
    if (lost || old === undefined || head === undefined || stack === undefined) {
      return undefined;
    }
    const after = identitiesOf(head);
    const gone = goneIdentities(identitiesOf(old), after, stack.renamed);
    if (gone.length === 0) {
      return undefined;
    }
    const given = new Set(after.flatMap(rolesAfter));
    const roles = [...new Set(gone.flatMap(rolesBefore))];
    return { roles: roles.filter((role) => !given.has(role)), isKnown: roles.length > 0 };
  };
}

function goneIdentities(
  before: readonly Identity[],
  after: readonly Identity[],
  renamed: ReadonlyMap<string, string>,
): Identity[] {
  const kept = new Set(after.map(keyOf));
  return before.filter(
    ({ address, ...rest }) => !kept.has(keyOf({ ...rest, address: renamed.get(address) ?? address })),
  );
}

/** A change with the access that is lost with an identity. */
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
        stack,
        address: parseReference(id)?.address ?? id,
        isItself: false,
      })),
    ];
  });
}

/** Finds the roles that a program assigns to an identity, each with its scope. */
function rolesIn(stacks: readonly Stack[]): (identity: Identity) => readonly string[] {
  let roles: ReadonlyMap<string, readonly string[]> | undefined;
  return (identity) => {
    roles ??= rolesByIdentity(stacks);
    return roles.get(keyOf(identity)) ?? [];
  };
}

function rolesByIdentity(stacks: readonly Stack[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const stack of stacks) {
    for (const { type, attributes } of stack.resources.values()) {
      const principal =
        type === ASSIGNMENT ? principalOf(textAt(attributes, 'principal_id') ?? '', stack, stacks) : undefined;
      if (principal !== undefined) {
        addTo(found, keyOf(principal), roleText(attributes, stack));
      }
    }
  }
  return found;
}

const ASSIGNMENT = 'azurerm_role_assignment';

function roleText(attributes: Resource['attributes'], stack: Stack): string {
  const role = textAt(attributes, 'role_definition_name') ?? textAt(attributes, 'role_definition_id') ?? 'a role';
  const scope = labelOfText(textAt(attributes, 'scope') ?? 'something', (address) => stack.resources.get(address));
  return `${role} on ${scope}`;
}

/** The identity that a principal refers to, directly or through an output of another stack. */
function principalOf(text: string, stack: Stack, stacks: readonly Stack[]): Identity | undefined {
  const reference = parseReference(text);
  if (reference === undefined) {
    return undefined;
  }
  const { address, path } = reference;
  if (!address.startsWith('data.terraform_remote_state.')) {
    return { stack: stack.name, address, isItself: path.startsWith('identity') };
  }
  const output = path.replace(/^outputs\./, '');
  const [owner, ...others] = stacks.filter(({ outputs }) => Object.hasOwn(outputs, output));
  const value = owner && others.length === 0 ? textAt(body(owner.outputs, output), 'value') : undefined;
  const found = value === undefined ? undefined : parseReference(value);
  return owner && found && { stack: owner.name, address: found.address, isItself: found.path.startsWith('identity') };
}
