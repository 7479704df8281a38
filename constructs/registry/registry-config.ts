import type { ContainerRegistryConfig } from '@cdktf/provider-azurerm/lib/container-registry';
import { Lazy } from 'cdktf';
import { literalGroup } from '../azure/resource-group';
import { regionName } from '../azure/location-rules';
import { type Violation, when } from '../core/problems/violation';
import { check } from '../core/rules/rule';
import { checkSet } from '../core/rules/set-rule';
import { isText } from '../core/values/known';
import type { AcrRegistryProps } from './acr-registry-props';
import { AcrSku } from './acr-sku';
import { geoReplicationConfig, geoReplicationProblems, zoneProblems } from './geo-replications';
import { REGISTRY_POLICY_RULES, REGISTRY_SKU_RULES } from './registry-sku-rules';
import { retentionDays } from './registry-value-rules';

type RegistryFeatures = Partial<ContainerRegistryConfig>;

/**
 * The arguments of a registry beyond its name and its tier. Those of features that are not given are undefined.
 *
 * @param hasEndpoint Whether the registry has a private endpoint, which is known at synthesis
 */
export function registryFeatures(props: AcrRegistryProps, hasEndpoint: () => boolean): RegistryFeatures {
  const { geoReplications = [], zoneRedundancy, publicAccess, sku = AcrSku.BASIC } = props;
  return {
    ...publicAccess?._config(sku === AcrSku.PREMIUM),
    ...(geoReplications.length > 0 ? { georeplications: geoReplicationConfig(geoReplications) } : {}),
    retentionPolicyInDays: props.retentionDays,
    anonymousPullEnabled: props.anonymousPull,
    exportPolicyEnabled: props.exportPolicy,
    quarantinePolicyEnabled: props.quarantinePolicy,
    trustPolicyEnabled: props.trustPolicy,
    // with a private endpoint, Azure turns it on, and a plan without the argument would turn it off
    dataEndpointEnabled: Lazy.anyValue({ produce: () => props.dataEndpoint ?? (hasEndpoint() ? true : undefined) }),
    ...(zoneRedundancy === true
      ? { zoneRedundancyEnabled: true }
      : // Azure is making all registries zone-redundant: the day it reports so, a plan would replace the registry
        { lifecycle: { ignoreChanges: ['zone_redundancy_enabled'] } }),
  };
}

/**
 * The problems of the features of a registry.
 *
 * @param hasEndpoint Whether the registry has a private endpoint
 */
export function featureProblems(props: AcrRegistryProps, hasEndpoint: boolean): Violation[] {
  const { location } = literalGroup(props.resourceGroup);
  const home = isText(location) ? regionName(location) : undefined;
  return [
    ...checkSet(REGISTRY_SKU_RULES, props),
    ...checkSet(REGISTRY_POLICY_RULES, props),
    ...check(retentionDays, 'retentionDays', props.retentionDays),
    ...(props.publicAccess?._problems ?? []),
    ...geoReplicationProblems(props.geoReplications, home),
    ...zoneProblems('zoneRedundancy', props.zoneRedundancy, home),
    ...when(
      props.dataEndpoint === false && hasEndpoint,
      'data-endpoint-with-private-endpoint',
      () =>
        "'dataEndpoint' cannot be false for a registry with a private endpoint, since Azure turns it on for that: every plan " +
        'would turn it off again. Leave it out',
    ),
  ];
}

/** The warnings for the features of a registry. */
export function featureWarnings({ trustPolicy }: AcrRegistryProps): Violation[] {
  return when(
    trustPolicy === true,
    'content-trust-retires',
    () =>
      "'trustPolicy' is about Docker Content Trust, which Azure removes on March 31, 2028: sign images with Notation, which needs no registry policy",
  );
}
