import { integerRule } from '../core/rules/rule';

export const retentionDays = integerRule(
  'registry-retention-days',
  1,
  365,
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers/container_registry_resource.go',
  7,
);
