import { ENUMS, MAKERS, STRUCTS } from './declarations';
import { type Declared, itemType, membersOf, valueType } from './declared-type';

/** The most ways to create an object that a message names. */
const MAX_MAKERS = 3;

/** Ways to create an object of a type that the declarations do not contain, since other classes provide them. */
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

/** The description of a declared type in a message. */
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

/** The most properties that a message lists. */
const MOST_PROPERTIES = 4;

/** The shape of an object: its required properties or, if there are none, some optional ones. */
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
