import { blocks, textAt } from '../../terraform-json/json';
import { cloudNameOf } from '../match/match';
import type { Remedy, Trap } from '../model';
import type { Resource, Stack } from '../read/program';
import { keptByMove } from './remedies';
import type { ResourceChange } from './resource-change';
import { importBlock } from './state-blocks';
import { trapAt } from './trap-at';

/** Types whose services reject a second object with the same name. */
const STRICT = /^(azurerm|kubernetes)_/;

/** Why a name is taken, with the remedies. */
interface Taken {
  readonly text: string;
  readonly remedies: (change: ResourceChange) => readonly Remedy[];
}

const RENAMED: Taken = {
  text: 'Terraform creates it while the one of the same name is still there, and destroys that one all the same: the apply fails with "already exists"',
  remedies: ({ pair: { base, head } }) => [
    ...(head === undefined ? [] : [keptByMove(base, head)]),
    { text: 'or apply without it first, and with it again afterwards' },
  ],
};
const BEFORE: Taken = {
  text: 'create_before_destroy creates it while the one of the same name is still there: the apply fails with "already exists"',
  remedies: () => [
    { text: 'to apply it, give it another name' },
    { text: 'or leave out', code: 'lifecycle.create_before_destroy' },
  ],
};
const SECOND: Taken = {
  text: 'another resource of the program has this name already: the apply fails with "already exists"',
  remedies: () => [
    { text: 'to apply it, give it another name' },
    { text: 'or declare the new address of that one with a moved block' },
  ],
};

const FOUND: Taken = {
  text: 'the program looked it up before, so that it is there already: the apply fails with "already exists"',
  remedies: ({ pair: { head } }) => [
    { text: 'to manage it, import it', code: importBlock(head?.address ?? '') },
    { text: 'or continue to look it up' },
  ],
};

/** The resources that are created while another one still has their name. */
export function takenNames(changes: readonly ResourceChange[], stack: Stack): Trap[] {
  const isNew = changes.some(({ pair: { base, head } }) => base === undefined && head !== undefined);
  const kept = isNew ? keptNames(changes) : new Set<string>();
  const found = isNew ? foundNames(stack) : new Set<string>();
  return changes.flatMap((change) => {
    const { base, head, planned } = change.pair;
    const isStrict = head !== undefined && planned === undefined && STRICT.test(head.type);
    const reason = isStrict ? reasonOf(change, { kept, found }) : undefined;
    if (head === undefined || reason === undefined) {
      return [];
    }
    return [
      trapAt(head, {
        attribute: attributeOf(base ?? head),
        text: reason.text,
        remedies: reason.remedies(change),
        source: 'Terraform: what does not depend on each other has no order',
      }),
    ];
  });
}

/** The names of the resources that keep their addresses. */
function keptNames(changes: readonly ResourceChange[]): ReadonlySet<string> {
  const staying = changes.flatMap(({ pair: { base, head, link }, forgotten }) =>
    base && (head !== undefined || forgotten) && link !== 'renamed' ? [base] : [],
  );
  return new Set(staying.map(keyOf));
}

/** The names that the program looked up before, whose resources therefore exist. */
function foundNames({ resources }: Stack): ReadonlySet<string> {
  const lookups = [...resources.values()].filter((resource) => resource.mode === 'data' && isSingle(resource));
  return new Set(lookups.map(keyOf));
}

function reasonOf(
  { pair: { base, head, link }, lost, imported }: ResourceChange,
  { kept, found }: Readonly<Record<'kept' | 'found', ReadonlySet<string>>>,
): Taken | undefined {
  if (head === undefined || imported) {
    return undefined;
  }
  if (base === undefined) {
    const key = keyOf(head);
    if (key === '' || !isSingle(head)) {
      return undefined;
    }
    const isFound = found.has(key) ? FOUND : undefined;
    return kept.has(key) ? SECOND : isFound;
  }
  const isEarly = () => blocks(head.meta['lifecycle']).some((one) => textAt(one, 'create_before_destroy') === 'true');
  if (link !== 'renamed' && !(lost && isEarly())) {
    return undefined;
  }
  const key = keyOf(head);
  if (key === '' || key !== keyOf(base)) {
    return undefined;
  }
  return link === 'renamed' ? RENAMED : BEFORE;
}

/** The name of a resource with its type and place; empty if the code does not decide it. */
function keyOf(resource: Resource): string {
  const parents = PARENTS.map((path) => textAt(resource.written ?? resource.attributes, path) ?? '');
  const name = cloudNameOf(resource);
  return name === '' ? '' : [name, ...parents].join(' ');
}

/** Further scopes in which names are unique. */
const PARENTS = [
  ...['network_security_group_name', 'route_table_name', 'storage_account_id', 'storage_account_name', 'key_vault_id'],
  ...['kubernetes_cluster_id', 'container_registry_id', 'container_registry_name', 'server_id', 'parent_id', 'scope'],
];

function isSingle({ meta }: Resource): boolean {
  return meta['count'] === undefined && meta['for_each'] === undefined;
}

function attributeOf({ attributes }: Resource): string {
  return textAt(attributes, 'metadata.name') === undefined ? 'name' : 'metadata.name';
}
