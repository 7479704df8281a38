import type { ProtectionOptions } from '../azure/protection';
import type { IResourceGroupRef } from '../azure/resource-group';
import type { AcrPublicAccess } from './acr-public-access';
import type { AcrRoleAssignmentMode } from './acr-role-assignment-mode';
import type { AcrSku } from './acr-sku';

/** A copy of a registry in another region. */
export interface AcrGeoReplication {
  /** The region, such as "northeurope": not that of the registry, and each once. */
  readonly location: string;
  /**
   * Whether the copy is in several availability zones. Changing it replaces the copy.
   *
   * @default - true in regions that have availability zones
   */
  readonly zoneRedundancy?: boolean;
  /**
   * Whether pulls and pushes of nearby clients are routed to the copy. If not, it is only kept in sync, such as during
   * maintenance.
   *
   * @default true
   */
  readonly globalRouting?: boolean;
}

/** Properties of `AcrRegistry`. */
export interface AcrRegistryProps extends ProtectionOptions {
  /** The resource group of the registry. */
  readonly resourceGroup: IResourceGroupRef;
  /** The name of the registry: 5 to 50 letters and digits, unique in all of Azure. Changing it replaces the registry. */
  readonly registryName: string;
  /**
   * The price tier.
   *
   * @default AcrSku.BASIC
   * @alias tier, skuName
   */
  readonly sku?: AcrSku;
  /**
   * The scope of the roles on the registry. Roles are assigned accordingly; set the mode of the registry itself with
   * `az acr update --role-assignment-mode`, since version 4.55 of the provider cannot.
   *
   * @default AcrRoleAssignmentMode.REGISTRY
   */
  readonly roleAssignmentMode?: AcrRoleAssignmentMode;
  /**
   * The networks from which the public endpoint can be reached. Restricting it requires a Premium registry.
   *
   * @default AcrPublicAccess.everywhere()
   * @alias publicNetworkAccessEnabled, publicNetworkAccess, networkRuleSet, networkRules, allowedIps
   */
  readonly publicAccess?: AcrPublicAccess;
  /**
   * The regions that have a copy of the registry, each billed as another registry. Needs a Premium registry.
   *
   * @see https://learn.microsoft.com/azure/container-registry/container-registry-geo-replication
   * @default - none
   */
  readonly geoReplications?: AcrGeoReplication[];
  /**
   * Whether the registry requires several availability zones, in a region that has them. Needs a Premium registry.
   * Azure creates new registries as zone-redundant anyway; requiring it replaces a registry that is not.
   *
   * @see https://learn.microsoft.com/azure/container-registry/zone-redundancy
   * @default - Azure chooses
   */
  readonly zoneRedundancy?: boolean;
  /**
   * The days after which manifests without a tag are deleted, 1 to 365. Needs a Premium registry.
   *
   * @alias retentionPolicyInDays, retentionPolicy
   * @see https://learn.microsoft.com/azure/container-registry/container-registry-retention-policy
   * @default - they are kept
   */
  readonly retentionDays?: number;
  /**
   * Whether anybody may pull all images of the registry without logging in. Needs a Standard or Premium registry.
   *
   * @alias anonymousPullEnabled
   * @see https://learn.microsoft.com/azure/container-registry/anonymous-pull-access
   * @default false
   */
  readonly anonymousPull?: boolean;
  /**
   * Whether layers are downloaded from host names of the registry, "<name>.<region>.data.azurecr.io", which a firewall
   * can allow, instead of those of Azure Storage. Needs a Premium registry.
   *
   * @alias dataEndpointEnabled
   * @see https://learn.microsoft.com/azure/container-registry/container-registry-dedicated-data-endpoints
   * @default - true with a private endpoint of this program, for which Azure enables it, and false without one
   */
  readonly dataEndpoint?: boolean;
  /**
   * Whether artifacts may be imported by other registries and moved by transfer pipelines. Setting it to false needs a
   * Premium registry without public access.
   *
   * @alias exportPolicyEnabled
   * @see https://learn.microsoft.com/azure/container-registry/data-loss-prevention
   * @default true
   */
  readonly exportPolicy?: boolean;
  /**
   * Whether images are held back after a push until a scanner releases them: nodes cannot pull them before. Needs a
   * Premium registry, and a scanner that subscribes to the quarantine.
   *
   * @alias quarantinePolicyEnabled
   * @see https://github.com/Azure/acr/tree/main/docs/preview/quarantine
   * @default false
   */
  readonly quarantinePolicy?: boolean;
  /**
   * Whether images can be signed with Docker Content Trust. Needs a Premium registry. Azure removes it on March 31, 2028:
   * sign with Notation in its place.
   *
   * @alias trustPolicyEnabled, contentTrust
   * @see https://learn.microsoft.com/azure/container-registry/container-registry-content-trust-deprecation
   * @default false
   */
  readonly trustPolicy?: boolean;
}
