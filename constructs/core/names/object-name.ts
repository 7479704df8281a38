import { type TerraformElement, type TerraformProvider, TerraformStack } from 'cdktf';

/** What an object is called in Azure or in Kubernetes, and where no other one of its kind may be called so. */
export interface ObjectName {
  /** What it is, such as "cluster". */
  readonly kind: string;
  /** The name. Azure compares it without regard to case, and Kubernetes knows no upper case. */
  readonly name: string;
  /** Where the name is unique, as a message says it, such as "its resource group". */
  readonly within: string;
  /** That place, by names or references; empty for all of Azure. */
  readonly place: readonly string[];
  /** When it has that name, such as "while its nodes are replaced"; always if left out. */
  readonly when?: string;
}

/** @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
export const objectNames = {
  registry: (name: string): ObjectName => ({ kind: 'registry', name, within: 'all of Azure', place: [] }),
  task: (name: string, registryName: string): ObjectName => ({
    kind: 'task',
    name,
    within: 'its registry',
    place: [registryName],
  }),
  cluster: (name: string, group: string): ObjectName => inGroup('cluster', name, group),
  nodePool: (name: string, clusterId: string): ObjectName => ({
    kind: 'node pool',
    name,
    within: 'its cluster',
    place: [clusterId],
  }),
  identity: (name: string, group: string): ObjectName => inGroup('identity', name, group),
  virtualNetwork: (name: string, group: string): ObjectName => inGroup('virtual network', name, group),
  subnet: (name: string, network: string, group: string): ObjectName => ({
    kind: 'subnet',
    name,
    within: 'its virtual network',
    place: [network, group],
  }),
  peering: (name: string, network: string, group: string): ObjectName => ({
    kind: 'peering',
    name,
    within: 'its virtual network',
    place: [network, group],
  }),
  securityRule: (name: string, securityGroupId: string): ObjectName => ({
    kind: 'rule',
    name,
    within: 'its security group',
    place: [securityGroupId],
  }),
  namespace: (name: string, provider: TerraformProvider | undefined): ObjectName => ({
    kind: 'namespace',
    name,
    within: 'its cluster',
    place: [clusterOf(provider)],
  }),
  serviceAccount: (name: string, namespace: string, provider: TerraformProvider | undefined): ObjectName => ({
    kind: 'service account',
    name,
    within: 'its namespace',
    place: [namespace, clusterOf(provider)],
  }),
} as const;

/** What tells the cluster of a provider from others: resources that name none have the one without an alias. */
function clusterOf(provider: TerraformProvider | undefined): string {
  return provider?.fqn ?? 'kubernetes';
}

function inGroup(kind: string, name: string, group: string): ObjectName {
  return { kind, name, within: 'its resource group', place: [group] };
}

const namesByStack = new WeakMap<TerraformStack, Map<string, ObjectName>>();

/** Remembers what a resource or a data source is called in Azure, for references to it to be compared. */
export function rememberName(element: TerraformElement, name: ObjectName): void {
  const stack = TerraformStack.of(element);
  const names = namesByStack.get(stack) ?? new Map<string, ObjectName>();
  namesByStack.set(stack, names);
  // not by `friendlyUniqueId`, which could not be overridden once it was read
  names.set(stack.getLogicalId(element), name);
}

/** What the resource or the data source with a Terraform address in a stack is called in Azure, if it was remembered. */
export function nameAt(stack: TerraformStack, logicalId: string): ObjectName | undefined {
  return namesByStack.get(stack)?.get(logicalId);
}

/** Whether what a resource is called was remembered. */
export function hasRememberedName(element: TerraformElement): boolean {
  const stack = TerraformStack.of(element);
  return nameAt(stack, stack.getLogicalId(element)) !== undefined;
}
