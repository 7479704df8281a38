import type { ContainerRegistryAgentPool } from '@cdktf/provider-azurerm/lib/container-registry-agent-pool';
import { Construct, type IConstruct } from 'constructs';
import { azureNames } from '../azure/azure-names';
import { location as locationRule, regionName } from '../azure/location-rules';
import { checkArguments, declared } from '../core/declared';
import { claimResource } from '../core/names/unique';
import { createAfter } from '../core/order/order';
import { reportProblems, reportWarnings } from '../core/problems/report';
import { type Violation, when } from '../core/problems/violation';
import { check, checkGiven } from '../core/rules/rule';
import { isKnown, isText } from '../core/values/known';
import type { ISubnet } from '../network/i-subnet';
import { AcrSku } from './acr-sku';
import type { IAcrRegistry } from './i-acr-registry';
import { agentPools } from './late-bindings';
import { skuOf } from './registry-facts';
import { createInRegistry, endpointsFor } from './registry-prerequisites';
import { agentCount, agentPoolName as nameRule } from './registry-value-rules';

/** The sizes of the machines of an agent pool. */
export enum AcrAgentPoolTier {
  /** 2 CPUs and 3 GiB of memory. */
  S1 = 'S1',
  /** 4 CPUs and 8 GiB of memory. */
  S2 = 'S2',
  /** 8 CPUs and 16 GiB of memory. */
  S3 = 'S3',
  /** 64 CPUs and 216 GiB of memory, isolated from other customers. Azure provides it only after a support request. */
  I6 = 'I6',
}

/** Machines on which the tasks of a registry run, created here or elsewhere. */
export interface IAcrAgentPool extends IConstruct {
  /** The name of the pool in its registry. */
  readonly agentPoolName: string;
  /** The subnet of the machines; undefined if they have none, or if it is not known. */
  readonly subnet?: ISubnet;
}

/** Properties of `AcrAgentPool`. */
export interface AcrAgentPoolProps {
  /** The registry: a Premium one. */
  readonly registry: IAcrRegistry;
  /** The name of the pool: 3 to 20 letters, digits and "-". Changing it replaces the pool. */
  readonly agentPoolName: string;
  /**
   * The size of the machines. Changing it replaces the pool.
   *
   * @default AcrAgentPoolTier.S1
   */
  readonly tier?: AcrAgentPoolTier;
  /**
   * The number of machines, each billed whether it builds or not. Builds need at least one.
   *
   * @default 1
   */
  readonly instanceCount?: number;
  /**
   * The subnet of the machines, which need access to the registry, Azure Storage, Key Vault, Event Hubs, Microsoft
   * Entra ID, Azure Monitor, and all downloads of the builds. Changing it replaces the pool.
   *
   * @default - a network of Azure, from which registries with restricted access cannot be reached
   */
  readonly subnet?: ISubnet;
  /**
   * The region of the pool and its subnet. Changing it replaces the pool.
   *
   * @default - the region of the registry
   */
  readonly location?: string;
}

/** The CPUs of one machine. */
const CPUS: { readonly [tier in AcrAgentPoolTier]: number } = {
  [AcrAgentPoolTier.S1]: 2,
  [AcrAgentPoolTier.S2]: 4,
  [AcrAgentPoolTier.S3]: 8,
  [AcrAgentPoolTier.I6]: 64,
};

/** The CPUs that the pools of a registry have without a support request: none for isolated machines. */
const CPU_QUOTA = 16;

/**
 * Dedicated machines for the tasks of a registry, in your own network. They can build images in a registry with
 * restricted access, unlike the shared machines of Azure. In preview, in some regions.
 *
 * @see https://learn.microsoft.com/azure/container-registry/tasks-agent-pools
 *
 * @example
 * const network = new AksVirtualNetwork(stack, 'network', { resourceGroup, virtualNetworkName: 'shop-network' });
 * const premium = new AcrRegistry(stack, 'premium', {
 *   resourceGroup,
 *   registryName: 'contosobuilds',
 *   sku: AcrSku.PREMIUM,
 *   publicAccess: AcrPublicAccess.none(),
 * });
 * const endpoints = network.addSubnet('endpoints', { addressPrefix: '10.241.0.0/24' });
 * new AcrPrivateEndpoint(stack, 'endpoint', { registry: premium, subnet: endpoints });
 * const subnet = network.addSubnet('builds', { addressPrefix: '10.241.1.0/24' });
 * const agentPool = new AcrAgentPool(stack, 'builders', { registry: premium, agentPoolName: 'builders', subnet });
 * new AcrImageBuild(stack, 'image', {
 *   registry: premium,
 *   repository: 'web',
 *   tag: 'v1',
 *   source: { repository: 'https://github.com/contoso/web', commit: '1705b1791ea5ba1e2c5b5b8a3f7b1d6c0c8f4e11' },
 *   agentPool,
 * });
 */
export class AcrAgentPool extends Construct implements IAcrAgentPool {
  /** An existing pool of a registry: nothing is looked up when Terraform runs. */
  public static fromAgentPoolName(scope: Construct, id: string, agentPoolName: string): IAcrAgentPool {
    return new ImportedAgentPool(scope, id, agentPoolName);
  }

  public readonly agentPoolName: string;
  public readonly subnet?: ISubnet;
  private readonly resource: ContainerRegistryAgentPool;

  constructor(scope: Construct, id: string, props: AcrAgentPoolProps) {
    super(scope, id);
    props = declared(this, 'AcrAgentPoolProps', props);
    const { registry, subnet, location = registry.location, agentPoolName: name } = props;
    reportProblems(this, () => [
      ...checkGiven(nameRule, 'agentPoolName', name),
      ...check(agentCount, 'instanceCount', props.instanceCount),
      ...checkGiven(locationRule, 'location', location),
      ...tierProblems(registry),
    ]);
    reportWarnings(this, [...quotaWarnings(props), ...regionWarnings(location)]);
    this.agentPoolName = name;
    this.subnet = subnet;
    this.resource = new (agentPools().ContainerRegistryAgentPool)(this, 'Resource', {
      name,
      resourceGroupName: registry.resourceGroupName,
      containerRegistryName: registry.registryName,
      location: regionName(location ?? locationRule.example),
      tier: props.tier,
      instanceCount: props.instanceCount,
      ...(subnet === undefined ? {} : { virtualNetworkSubnetId: subnet.subnetId }),
    });
    claimResource(this, 'agentPoolName', this.resource, azureNames.agentPool(name, registry.registryName));
    createInRegistry(this.resource, registry);
    createAfter(this.resource, () => [...(subnet?.prerequisites ?? []), ...endpointsFor(registry, this)]);
  }

  /** The Azure resource id of the pool. */
  public get agentPoolId(): string {
    return this.resource.id;
  }
}

checkArguments(AcrAgentPool);

class ImportedAgentPool extends Construct implements IAcrAgentPool {
  constructor(
    scope: Construct,
    id: string,
    public readonly agentPoolName: string,
  ) {
    super(scope, id);
    reportProblems(this, () => checkGiven(nameRule, 'agentPoolName', agentPoolName));
  }
}

function tierProblems(registry: IAcrRegistry): Violation[] {
  const sku = skuOf(registry);
  return when(
    sku !== undefined && sku !== AcrSku.PREMIUM,
    'agent-pool-needs-premium',
    () =>
      `'registry' must be of the tier Premium, got ${registry.node.path} of ${sku}: set its 'sku' to AcrSku.PREMIUM`,
  );
}

function quotaWarnings({ tier = AcrAgentPoolTier.S1, instanceCount = 1 }: AcrAgentPoolProps): Violation[] {
  const cpus = isKnown(tier) && isKnown(instanceCount) ? CPUS[tier] * instanceCount : 0;
  return when(
    cpus > CPU_QUOTA,
    'agent-pool-quota',
    () =>
      `${instanceCount} machines of ${tier} have ${cpus} CPUs, and Azure gives the pools of a registry ${CPU_QUOTA} without a ` +
      'support request: unless you have a higher quota, Azure rejects the pool',
  );
}

/** The regions in which agent pools are available, as of 2026. */
const REGIONS = new Set([
  ...['westus2', 'southcentralus', 'eastus2', 'eastus', 'centralus', 'westeurope', 'northeurope', 'canadacentral'],
  ...['eastasia', 'switzerlandnorth', 'usgovarizona', 'usgovtexas', 'usgovvirginia'],
]);

function regionWarnings(location: string | undefined): Violation[] {
  const region = isText(location) ? regionName(location) : undefined;
  return when(
    region !== undefined && locationRule.holds(region) && !REGIONS.has(region),
    'agent-pool-region',
    () =>
      `agent pools are in preview in ${[...REGIONS].join(', ')}, got ${region}: unless the region was added since, Azure rejects the pool`,
  );
}
