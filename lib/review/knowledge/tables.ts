import { own, textAt } from '../../terraform-json/json';
import type { Resource, Stack } from '../read/program';
import { AZUREAD } from './azuread';
import { AZURERM } from './azurerm';
import { KUBERNETES } from './kubernetes';
import type { ProviderTable, ResourceRules } from './rule';
import { BUILT_IN, TIME } from './time';

/** Every table; one for each major version of a provider. */
export const TABLES: readonly ProviderTable[] = [AZURERM, KUBERNETES, AZUREAD, TIME, BUILT_IN];

/** The publisher of the providers that the tables are about; others may use the same names for anything. */
const OWNER = 'hashicorp';

/** The knowledge about one resource: the rules of its type, or the conventions of its provider. */
export interface Knowledge {
  readonly table: ProviderTable;
  /** Absent if the table has no entry for the type. */
  readonly rules?: ResourceRules;
  /** Why the table may not hold for this stack. */
  readonly caveat?: string;
}

/**
 * The knowledge about a resource's type in the provider version that its stack requires; undefined if no table fits.
 */
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
  return { table, rules: own(table.resources, resource.type), caveat: caveatOf(asked, table) };
}

/** The name of a table, as a prediction cites it. */
export function nameOf(table: ProviderTable): string {
  return `${table.provider} ${table.version}`;
}

/** A major version may change anything; a stack that requires no version may use the one of the table. */
function sameMajor(asked: string | undefined, known: string): boolean {
  const major = asked === undefined ? undefined : /\d+/.exec(asked)?.[0];
  return major === undefined || major === known.split('.', 1)[0];
}

function caveatOf(asked: string | undefined, table: ProviderTable): string | undefined {
  const isKnown = table === BUILT_IN || asked?.replace(/^[=v\s]+/, '') === table.version;
  return isKnown ? undefined : `the stack requires ${asked ?? 'no version'} of ${table.provider}`;
}
