import { AzureadProvider } from '@cdktf/provider-azuread/lib/provider';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TimeProvider } from '@cdktf/provider-time/lib/provider';
import {
  type App,
  DefaultTokenResolver,
  StringConcat,
  type TerraformElement,
  TerraformStack,
  TerraformVariable,
  Testing,
  Tokenization,
} from 'cdktf';
import type { IConstruct } from 'constructs';
import { runFolder } from './run';

export { runFolder as temporaryFolder } from './run';

/** A resource group as constructs take it, with values that rules can read. */
export const RESOURCE_GROUP = { name: 'rg', location: 'westeurope' };

/** The folder that apps write to: most write nothing, and some test files make thousands. */
let outdir: string | undefined;

/** An app that writes to a folder which is removed after the run. */
export function testApp(): App {
  outdir ??= runFolder();
  return Testing.app({ outdir, stackTraces: false });
}

/** A stack with every provider that the constructs need. */
export function testStack(app: App = testApp(), id = 'stack'): TerraformStack {
  const stack = new TerraformStack(app, id);
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  new AzureadProvider(stack, 'azuread');
  new TimeProvider(stack, 'time');
  new KubernetesProvider(stack, 'kubernetes');
  return stack;
}

/** A value that is known only when Terraform runs. */
export function token(stack: TerraformStack): TerraformVariable {
  const existing = stack.node.tryFindChild('token');
  return existing instanceof TerraformVariable ? existing : new TerraformVariable(stack, 'token', {});
}

/** The messages of the warnings at and below a construct. */
export function warningsOf(scope: IConstruct): string[] {
  return scope.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => `[${node.path}] ${String(data)}`),
    );
}

/** A resource, or another block, of Terraform JSON. */
export interface Block {
  readonly [attribute: string]: unknown;
}

/** Terraform JSON. */
export interface Json {
  readonly resource?: { readonly [type: string]: { readonly [address: string]: Block } };
  readonly data?: { readonly [type: string]: { readonly [address: string]: Block } };
  readonly output?: { readonly [name: string]: Block };
  readonly provider?: { readonly [name: string]: readonly Block[] };
  readonly variable?: { readonly [name: string]: Block };
  readonly terraform?: Block;
}

export function synth(stack: TerraformStack): Json {
  return JSON.parse(Testing.synth(stack)) as Json;
}

/** The Terraform JSON of one element, without the rest of its stack. */
export function resolved(element: TerraformElement): Json {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(element.toTerraform(), { scope: element, preparing: false, resolver }) as Json;
}

/** The only resource of a type. */
export function only(json: Json, type: string): Block {
  const resources = Object.values(json.resource?.[type] ?? {});
  expect(resources).toHaveLength(1);
  return resources[0]!;
}

/** The resource of a type whose Terraform address begins with `prefix`, such as "vote_front_web". */
export function at(json: Json, type: string, prefix: string): Block {
  const found = Object.entries(json.resource?.[type] ?? {}).filter(([address]) => address.startsWith(prefix));
  expect(found).toHaveLength(1);
  return found[0]![1];
}

/** Every Terraform address, such as "azurerm_resource_group.resource-group", in order. */
export function addresses(json: Json): string[] {
  const below = (prefix: string, blocks: Json['resource']): string[] =>
    Object.entries(blocks ?? {}).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `${prefix}${type}.${name}`),
    );
  return [...below('data.', json.data), ...below('', json.resource)];
}

/** The paths of all values that differ, such as "resource.a.b.name". */
export function differences(before: unknown, after: unknown, path = ''): string[] {
  if (!isObject(before) || !isObject(after)) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
  }
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => differences(before[key], after[key], path === '' ? key : `${path}.${key}`));
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
