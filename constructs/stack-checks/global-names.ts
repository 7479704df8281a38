import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { regionName } from '../azure/location-rules';
import { registryName } from '../azure/resource-name-rules';
import { hasRememberedName } from '../core/names/object-name';
import { reportProblems, reportWarningsLate } from '../core/problems/report';
import { type Violation, violation } from '../core/problems/violation';
import { isText } from '../core/values/known';
import { show } from '../core/values/shown';
import { append, ownerPath } from './pods-of-stack';

/**
 * Resources whose names are part of a host name, by domain: a name is unique across all subscriptions and regions.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
const DOMAINS: { readonly [domain: string]: RegExp } = {
  'azurecr.io': /^container_registry$/,
  'core.windows.net': /^storage_account$/,
  'vault.azure.net': /^key_vault$/,
  'managedhsm.azure.net': /^key_vault_managed_hardware_security_module$/,
  'servicebus.windows.net': /^(servicebus|eventhub|relay|notification_hub)_namespace$/,
  'documents.azure.com': /^cosmosdb_account$/,
  'redis.cache.windows.net': /^redis_cache$/,
  'postgres.database.azure.com': /^postgresql_flexible_server$/,
  'mysql.database.azure.com': /^mysql_flexible_server$/,
  'database.windows.net': /^mssql_server$/,
  'azurewebsites.net': /^((linux|windows)_(web|function)_app|function_app_flex_consumption|logic_app_standard)$/,
  'azconfig.io': /^app_configuration$/,
  'search.windows.net': /^search_service$/,
  'service.signalr.net': /^signalr_service$/,
  'webpubsub.azure.com': /^web_pubsub$/,
  'azure-api.net': /^api_management$/,
  'azure-devices.net': /^iothub$/,
  'azureedge.net': /^cdn_endpoint$/,
};

/** A name that only one object in all of Azure can have. */
interface GlobalName {
  readonly resource: TerraformResource;
  readonly property: string;
  readonly name: string;
  /** The host name that contains it. */
  readonly host: string;
}

/** The host names of objects that resources create, such as the address of a Service. */
const claimed = new WeakMap<TerraformResource, { readonly property: string; readonly host: string }>();

/** Remembers the host name that a property gives an object of a resource. */
export function claimHostName(resource: TerraformResource, property: string, host: string | undefined): void {
  if (host !== undefined) {
    claimed.set(resource, { property, host });
    requireGlobalNames(resource);
  }
}

const checkedStacks = new WeakSet<TerraformStack>();

/**
 * Reports resources of a program with the same globally unique name: within a stack, it is a problem; between stacks, a
 * warning, since one of them may be deployed instead of the other, or to another cloud.
 */
export function requireGlobalNames(scope: IConstruct): void {
  const stack = TerraformStack.of(scope);
  if (!checkedStacks.has(stack)) {
    checkedStacks.add(stack);
    reportProblems(stack, () => [...byHost(findNames(stack)).values()].flatMap((names) => problemsIn(stack, names)));
    reportWarningsLate(stack, () =>
      [...byHost(namesAround(stack)).values()].flatMap((names) => warningsAt(stack, names)),
    );
  }
}

/** The names of all stacks. */
function namesAround(stack: TerraformStack): GlobalName[] {
  const own = stack.node.scopes.find((one) => TerraformStack.isStack(one));
  return outermostStacks(stack.node.root).flatMap((one) => (one === own ? findNames(one) : namesIn(one)));
}

function byHost(names: readonly GlobalName[]): Map<string, GlobalName[]> {
  const hosts = new Map<string, GlobalName[]>();
  names.forEach((name) => append(hosts, name.host.toLowerCase(), name));
  return hosts;
}

function outermostStacks(construct: IConstruct): IConstruct[] {
  return TerraformStack.isStack(construct) ? [construct] : construct.node.children.flatMap(outermostStacks);
}

interface FoundNames {
  readonly names: readonly GlobalName[];
  /** The number of children that the stack had. */
  readonly children: number;
}

const foundNames = new WeakMap<IConstruct, FoundNames>();

/** The names of another stack. They are cached, since each stack needs those of all others. */
function namesIn(stack: IConstruct): readonly GlobalName[] {
  const found = foundNames.get(stack);
  return found?.children === stack.node.children.length ? found.names : findNames(stack);
}

function findNames(stack: IConstruct): readonly GlobalName[] {
  const resources = stack.node.findAll().filter((one) => TerraformResource.isTerraformResource(one));
  const names = resources.flatMap(globalNames);
  foundNames.set(stack, { names, children: stack.node.children.length });
  return names;
}

/** The problem of a name that several resources of a stack have, on the last of them. */
function problemsIn(stack: TerraformStack, names: readonly GlobalName[]): Violation[] {
  const own = names.filter((one) => isIn(stack, one));
  const last = own.at(-1);
  const others = own.filter((one) => last !== undefined && one !== last && !isComparedElsewhere(one, last));
  return last === undefined || others.length === 0
    ? []
    : [
        violation(
          'global-name-once',
          `${messageOf(last, others)}: the second one cannot be created. Give each its own`,
        ),
      ];
}

/** The warning for a name that resources of several stacks have, on the last stack that checks names. */
function warningsAt(stack: TerraformStack, names: readonly GlobalName[]): Violation[] {
  const last = names.filter(({ resource }) => checkedStacks.has(TerraformStack.of(resource))).at(-1);
  const others = names.filter((one) => !isIn(stack, one));
  return last === undefined || !isIn(stack, last) || others.length === 0
    ? []
    : [
        violation(
          'global-name-unique',
          `${messageOf(last, others)}: whichever is deployed second fails, in another subscription as well. Use different names, such as with the name of the environment, unless only one of them is ever deployed`,
        ),
      ];
}

function messageOf({ resource, property, name }: GlobalName, others: readonly GlobalName[]): string {
  const owners = others.map((one) => ownerPath(one.resource));
  return (
    `'${property}' of ${ownerPath(resource)} must be unique in all of Azure, got ${show(name)}, which ` +
    `${owners.join(' and ')} ${owners.length === 1 ? 'has' : 'have'} too`
  );
}

function isIn(stack: TerraformStack, { resource }: GlobalName): boolean {
  return TerraformStack.of(resource) === stack;
}

/** Whether two names of a stack are compared by another rule. */
function isComparedElsewhere({ resource: one }: GlobalName, { resource: other }: GlobalName): boolean {
  const areClaimed = claimed.has(one) && claimed.has(other) && one.provider?.fqn === other.provider?.fqn;
  return areClaimed || (hasRememberedName(one) && hasRememberedName(other));
}

function globalNames(resource: TerraformResource): GlobalName[] {
  const { terraformResourceType } = resource;
  const given = claimed.get(resource);
  if (given !== undefined) {
    return isText(given.host) ? [{ resource, ...given, name: given.host }] : [];
  }
  if (!terraformResourceType.startsWith('azurerm_')) {
    return [];
  }
  const type = terraformResourceType.slice('azurerm_'.length);
  return type === 'public_ip' ? addressNames(resource) : resourceNames(resource, type);
}

function resourceNames(resource: TerraformResource, type: string): GlobalName[] {
  const { nameInput: name } = resource as { readonly nameInput?: unknown };
  const domain = Object.keys(DOMAINS).find((one) => DOMAINS[one]?.test(type));
  const isRegistry = type === 'container_registry';
  // an invalid name is not compared
  return domain === undefined || !isText(name) || (isRegistry && !registryName.holds(name))
    ? []
    : [{ resource, property: isRegistry ? 'registryName' : 'name', name, host: `${name}.${domain}` }];
}

function addressNames(resource: TerraformResource): GlobalName[] {
  const { domainNameLabelInput: name, locationInput: location } = resource as {
    readonly domainNameLabelInput?: unknown;
    readonly locationInput?: unknown;
  };
  return isText(name) && isText(location)
    ? [{ resource, property: 'domainNameLabel', name, host: `${name}.${regionName(location)}.cloudapp.azure.com` }]
    : [];
}
