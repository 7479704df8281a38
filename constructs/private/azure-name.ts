import { type TerraformElement, TerraformStack } from 'cdktf';

/** What an object is called in Azure, and where no other one of its kind may be called so. */
export interface AzureName {
  /** What it is, such as "cluster". */
  readonly kind: string;
  /** The name, which Azure compares without regard to case. */
  readonly name: string;
  /** Where the name is unique, as a message says it, such as "its resource group". */
  readonly within: string;
  /** That place, by names or references; empty for all of Azure. */
  readonly place: readonly string[];
}

/** @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
export const azureNames = {
  registry: (name: string): AzureName => ({ kind: 'registry', name, within: 'all of Azure', place: [] }),
  cluster: (name: string, group: string): AzureName => inGroup('cluster', name, group),
  nodePool: (name: string, clusterId: string): AzureName => ({
    kind: 'node pool',
    name,
    within: 'its cluster',
    place: [clusterId],
  }),
  identity: (name: string, group: string): AzureName => inGroup('identity', name, group),
  virtualNetwork: (name: string, group: string): AzureName => inGroup('virtual network', name, group),
  subnet: (name: string, network: string, group: string): AzureName => ({
    kind: 'subnet',
    name,
    within: 'its virtual network',
    place: [network, group],
  }),
} as const;

function inGroup(kind: string, name: string, group: string): AzureName {
  return { kind, name, within: 'its resource group', place: [group] };
}

const namesByStack = new WeakMap<TerraformStack, Map<string, AzureName>>();

/** Remembers what a resource or a data source is called in Azure, for references to it to be compared. */
export function rememberName(element: TerraformElement, name: AzureName): void {
  const stack = TerraformStack.of(element);
  const names = namesByStack.get(stack) ?? new Map<string, AzureName>();
  namesByStack.set(stack, names);
  // not by `friendlyUniqueId`, which could not be overridden once it was read
  names.set(stack.getLogicalId(element), name);
}

/** What the resource or the data source with a Terraform address in a stack is called in Azure, if it was remembered. */
export function nameAt(stack: TerraformStack, logicalId: string): AzureName | undefined {
  return namesByStack.get(stack)?.get(logicalId);
}
