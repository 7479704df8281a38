import { integerRule } from '../../core/rules/rule';

const PROVIDER = 'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers';

export const imageCleanerHours = integerRule(
  'image-cleaner-hours',
  24,
  2160,
  `${PROVIDER}/kubernetes_cluster_resource.go`,
  168,
);

/** The provider accepts any duration, even one that is too long to rotate anything. */
export const rotationMinutes = integerRule(
  'secret-rotation-minutes',
  1,
  1440,
  'https://learn.microsoft.com/azure/aks/csi-secrets-store-configuration-options#manage-auto-rotation',
  2,
);
