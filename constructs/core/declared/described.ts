import { ENUMS, MAKERS, STRUCTS } from './declarations';
import { type Declared, itemType, membersOf, valueType } from './declared-type';

/** How many ways to make an object a message names. */
const MAX_MAKERS = 3;

/** What serves as an object and is created by no class of its type, so that the declarations do not know it. */
const OTHER_MAKERS: { readonly [type: string]: readonly string[] } = {
  IContainerImage: ['registry.image(...)'],
  IGrantable: ['EntraPrincipal.group(...)', 'new UserAssignedIdentity(...)'],
  IKeyVault: ['KeyVault.fromKeyVaultName(...)'],
  IKeyVaultKey: ['KeyVaultKey.fromKeyVaultKeyName(...)'],
  IManagedGrafana: ['ManagedGrafana.fromGrafanaName(...)'],
  IPublicIpRef: ['new PublicIp(...)'],
  IResourceGroupRef: ['new ResourceGroup(...)'],
  ISubnetRef: ['new Subnet(...)'],
  TerraformProvider: ['new KubernetesProvider(...)'],
};

/** A declared type as a message describes it. */
export function described(type: string): string {
  switch (type) {
    case 'string':
    case 'secret':
      return 'a string';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'unknown':
      return 'a value';
    default:
      return describedStructure(type);
  }
}

function describedStructure(type: string): string {
  const item = itemType(type);
  if (item !== undefined) {
    return `a list, each item ${described(item)}`;
  }
  const value = valueType(type);
  if (value !== undefined) {
    return `an object, each value ${described(value)}`;
  }
  const members = ENUMS[type];
  if (members !== undefined) {
    return alternatives(Object.keys(members).map((name) => `${type}.${name}`));
  }
  const struct = STRUCTS[type];
  return struct === undefined ? describedObject(type) : `an object with the properties of ${type}${ofStruct(struct)}`;
}

/** How many properties a message lists. */
const MOST_PROPERTIES = 4;

/** What such an object looks like: the properties that it needs, or else some that it can have. */
function ofStruct(struct: Declared): string {
  const members = membersOf(struct);
  const needed = members.filter(({ isOptional }) => !isOptional);
  const shown = (needed.length > 0 ? needed : members).map(({ name }) => name);
  return shown.length > MOST_PROPERTIES
    ? `, such as { ${shown.slice(0, MOST_PROPERTIES).join(', ')}, ... }`
    : `, such as { ${shown.join(', ')} }`;
}

function describedObject(type: string): string {
  const makers = [...(OTHER_MAKERS[type] ?? []), ...(MAKERS[type] ?? [])];
  const article = /^[AEIO]/.test(type) ? 'an' : 'a';
  return makers.length === 0
    ? `${article} ${type}`
    : `${article} ${type}, such as ${alternatives(makers.slice(0, MAX_MAKERS))}`;
}

function alternatives(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}
