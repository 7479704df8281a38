import { own, textAt } from '../../terraform-json/json';
import type { Resource, Stack } from '../read/program';
import { AZUREAD } from './azuread';
import { AZURERM } from './azurerm';
import { KUBERNETES } from './kubernetes';
import type { ProviderTable, ResourceRules } from './rule';
import { BUILT_IN, TIME } from './time';

/** Every table; one for each major version of a provider. */
export const TABLES: readonly ProviderTable[] = [AZURERM, KUBERNETES, AZUREAD, TIME, BUILT_IN];

/** Who publishes the providers that the tables are about; another one may use the same name for anything. */
const OWNER = 'hashicorp';

/** What is known of one resource: the rules of its type, or the habits of its provider. */
export interface Knowledge {
  readonly table: ProviderTable;
  /** Absent if the table has no entry for the type. */
  readonly rules?: ResourceRules;
  /** Why the table may not hold for this stack. */
  readonly caveat?: string;
}

/** What is known of a resource's type in the version that its stack asks for; undefined if no table fits. */
export function knowledgeOf(resource: Resource, stack: Stack): Knowledge | undefined {
  const local = resource.provider.split('.', 1)[0] ?? '';
  const required = own(stack.requiredProviders, local);
  const [provider, namespace = OWNER] = (textAt(required, 'source') ?? local).split('/').reverse();
  const asked = typeof required === 'string' ? required : textAt(required, 'version');
  const table = TABLES.find((candidate) => candidate.provider === provider && sameMajor(asked, candidate.version));
  if (![OWNER, 'builtin'].includes(namespace)) {
    return undefined;
  }
  if (table === undefined || resource.mode !== 'resource') {
    return undefined;
  }
  const rules = Object.hasOwn(table.resources, resource.type) ? table.resources[resource.type] : undefined;
  return { table, ...(rules && { rules }), ...caveat(asked, table) };
}

/** The name of a table, as a prediction cites it. */
export function nameOf(table: ProviderTable): string {
  return `${table.provider} ${table.version}`;
}

/** A major version may change anything; a version that is not given may be the one that the table is about. */
function sameMajor(asked: string | undefined, known: string): boolean {
  const major = asked === undefined ? undefined : /\d+/.exec(asked)?.[0];
  return major === undefined || major === known.split('.', 1)[0];
}

function caveat(asked: string | undefined, table: ProviderTable): { caveat?: string } {
  if (table === BUILT_IN || asked?.replace(/^[=v\s]+/, '') === table.version) {
    return {};
  }
  return { caveat: `the stack requires ${asked === undefined ? 'no version' : asked} of ${table.provider}` };
}
