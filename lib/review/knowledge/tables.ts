import { own, textAt } from '../../terraform-json/json';
import type { Resource, Stack } from '../read/program';
import { AZUREAD } from './azuread';
import { AZURERM } from './azurerm';
import { KUBERNETES } from './kubernetes';
import { rulesFrom, type ProviderTable, type ResourceRules } from './rule';
import { schemaOf } from './schema';
import { BUILT_IN, NULL, TIME } from './time';

/** The table of each provider. */
export const TABLES: readonly ProviderTable[] = [AZURERM, KUBERNETES, AZUREAD, TIME, NULL, BUILT_IN];

/** The publisher of the providers in the tables; others may publish different providers under the same names. */
const OWNER = 'hashicorp';

/** The knowledge about one resource: the rules of its type, or the conventions of its provider. */
export interface Knowledge {
  readonly table: ProviderTable;
  /** Absent if nothing is known about the type. */
  readonly rules?: ResourceRules;
  /** Why the table may not hold for this stack. */
  readonly caveat?: string;
  /** Why no rule is certain: the program uses another major version before and after the change. */
  readonly doubt?: string;
}

/** The versions of a stack, one of which may be missing. */
export interface Versions {
  readonly base?: Stack | undefined;
  readonly head?: Stack | undefined;
}

/** Finds the knowledge about a resource; undefined if there is no table of its provider. */
export type FindKnowledge = (resource: Resource) => Knowledge | undefined;

/** Finds the knowledge about types in the provider versions that the stacks require, once for each type. */
export function knowledgeIn(versions: Versions): FindKnowledge {
  const found = new Map<string, Knowledge | undefined>();
  return (resource) => {
    const key = `${resource.mode} ${resource.provider} ${resource.type}`;
    if (!found.has(key)) {
      found.set(key, knowledgeOf(resource, versions));
    }
    return found.get(key);
  };
}

function knowledgeOf(resource: Resource, { base, head }: Versions): Knowledge | undefined {
  const [before, after] = [base, head].map((stack) => stack && requirementOf(resource, stack));
  const { provider, owner, asked } = after ?? before ?? {};
  const table = TABLES.find((candidate) => candidate.provider === provider);
  if (table === undefined || resource.mode !== 'resource' || ![OWNER, 'builtin'].includes(owner ?? '')) {
    return undefined;
  }
  const rules = rulesOf(table, resource.type);
  // an upgrade to or from another major version does not invalidate the rules of this one.
  const isFamiliar = [before, after].some((side) => side && sameMajor(side.asked, table.version));
  const caveat = caveatOf(asked, table);
  return { table, rules, caveat, doubt: isFamiliar ? undefined : `as in ${nameOf(table)}, but ${caveat}` };
}

/** The provider of a resource, and the version that a stack asks for. */
function requirementOf(resource: Resource, stack: Stack): { provider: string; owner: string; asked?: string } {
  const local = resource.provider.split('.', 1)[0] ?? '';
  const required = own(stack.requiredProviders, local);
  const [provider = '', owner = OWNER] = (textAt(required, 'source') ?? local).split('/').reverse();
  return { provider, owner, asked: typeof required === 'string' ? required : textAt(required, 'version') };
}

const merged = new Map<string, ResourceRules | undefined>();

function rulesOf({ resources }: ProviderTable, type: string): ResourceRules | undefined {
  if (!merged.has(type)) {
    merged.set(type, rulesFrom(schemaOf(type), own(resources, type)));
  }
  return merged.get(type);
}

/** The name of a table, as a prediction cites it. */
export function nameOf(table: ProviderTable): string {
  return `${table.provider} ${table.version}`;
}

/** The source of a rule about a type, as a prediction cites it. */
export function sourceOf({ table, rules }: Knowledge, type: string): string {
  return `${nameOf(table)}: ${rules?.file ?? `schema of ${type}`}`;
}

/** Whether the major versions are the same; a stack that requires no version may use the one of the table. */
function sameMajor(asked: string | undefined, known: string): boolean {
  const major = asked === undefined ? undefined : /\d+/.exec(asked)?.[0];
  return major === undefined || major === known.split('.', 1)[0];
}

function caveatOf(asked: string | undefined, table: ProviderTable): string | undefined {
  const isKnown = table === BUILT_IN || asked?.replace(/^[=v\s]+/, '') === table.version;
  return isKnown ? undefined : `the stack requires ${asked ?? 'no version'} of ${table.provider}`;
}
