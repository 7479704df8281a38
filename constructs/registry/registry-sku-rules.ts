import { isStandIn } from '../core/declared';
import { type SetRule } from '../core/rules/set-rule';
import { isKnown } from '../core/values/known';
import type { AcrRegistryProps } from './acr-registry-props';
import { AcrSku } from './acr-sku';

const PROVIDER =
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers/container_registry_resource.go';

/** A feature that some tiers lack. */
interface SkuFeature {
  readonly id: string;
  /** The property that uses it. */
  readonly property: string;
  /** The tiers that have it, from the cheapest. */
  readonly skus: readonly AcrSku[];
  readonly isUsed: (props: AcrRegistryProps) => boolean;
}

const PREMIUM: readonly AcrSku[] = [AcrSku.PREMIUM];

const FEATURES: readonly SkuFeature[] = [
  {
    id: 'geo-replication-needs-premium',
    property: 'geoReplications',
    skus: PREMIUM,
    isUsed: ({ geoReplications = [] }) => geoReplications.some(({ location }) => !isStandIn(location)),
  },
  {
    id: 'registry-zones-need-premium',
    property: 'zoneRedundancy',
    skus: PREMIUM,
    isUsed: ({ zoneRedundancy }) => zoneRedundancy === true,
  },
  {
    id: 'registry-restriction-needs-premium',
    property: 'publicAccess',
    skus: PREMIUM,
    isUsed: ({ publicAccess }) => publicAccess?.isRestricted === true,
  },
  {
    id: 'retention-needs-premium',
    property: 'retentionDays',
    skus: PREMIUM,
    isUsed: ({ retentionDays }) => retentionDays !== undefined && !isStandIn(retentionDays),
  },
  {
    id: 'anonymous-pull-needs-standard',
    property: 'anonymousPull',
    skus: [AcrSku.STANDARD, AcrSku.PREMIUM],
    isUsed: ({ anonymousPull }) => anonymousPull === true,
  },
  {
    id: 'data-endpoint-needs-premium',
    property: 'dataEndpoint',
    skus: PREMIUM,
    isUsed: ({ dataEndpoint }) => dataEndpoint === true,
  },
  {
    id: 'export-policy-needs-premium',
    property: 'exportPolicy',
    skus: PREMIUM,
    isUsed: ({ exportPolicy }) => exportPolicy === false,
  },
  {
    id: 'quarantine-needs-premium',
    property: 'quarantinePolicy',
    skus: PREMIUM,
    isUsed: ({ quarantinePolicy }) => quarantinePolicy === true,
  },
  {
    id: 'content-trust-needs-premium',
    property: 'trustPolicy',
    skus: PREMIUM,
    isUsed: ({ trustPolicy }) => trustPolicy === true,
  },
];

/** The rules on the tier that features of a registry need. */
export const REGISTRY_SKU_RULES: readonly SetRule<AcrRegistryProps>[] = FEATURES.map(
  ({ id, property, skus, isUsed }) => ({
    id,
    rule: `'${property}' needs a registry of the tier ${skus.join(' or ')}`,
    source: PROVIDER,
    problems: (props) => {
      const { sku = AcrSku.BASIC } = props;
      return isKnown(sku) && isUsed(props) && !skus.includes(sku)
        ? [`'${property}' needs the tier ${skus.join(' or ')}, got ${sku}: ${remedy(skus)}`]
        : [];
    },
  }),
);

function remedy([cheapest]: readonly AcrSku[]): string {
  return `set 'sku' to AcrSku.${String(cheapest).toUpperCase()}`;
}

/** The rules on what policies of a registry need beyond its tier. */
export const REGISTRY_POLICY_RULES: readonly SetRule<AcrRegistryProps>[] = [
  {
    id: 'export-policy-needs-no-public-access',
    rule: "'exportPolicy' can only be false where the registry has no public access",
    source: PROVIDER,
    // for a cheaper tier, that is reported instead
    problems: ({ sku = AcrSku.BASIC, exportPolicy, publicAccess }) =>
      exportPolicy === false && publicAccess?.isPublic !== false && (!isKnown(sku) || sku === AcrSku.PREMIUM)
        ? [
            "'exportPolicy' can only be false where the registry has no public access: set 'publicAccess' to " +
              'AcrPublicAccess.none()',
          ]
        : [],
  },
];
