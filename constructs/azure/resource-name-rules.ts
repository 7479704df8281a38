import { type Rule } from '../core/rules/rule';
import { pattern } from '../core/rules/pattern';
const PROVIDER = 'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers';

const NAMING = 'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules';

export const resourceGroupName = pattern(
  'resource-group-name',
  /^(?!.*\.$)[-\w.()]{1,90}$/,
  "must be 1 to 90 letters, digits, '_', '-', '.' and parentheses, not ending with '.'",
  `${NAMING}#microsoftresources`,
  'jm-inn-acr-aks-intro-rg',
);

export const registryName: Rule<string> = {
  ...pattern(
    'registry-name',
    /^[a-zA-Z0-9]{5,50}$/,
    'must be 5 to 50 letters and digits',
    `${PROVIDER}/validate/container_registry_name.go`,
    'contososhop',
  ),
  hint: 'it becomes the first part of a host name, and must be globally unique',
};

export const clusterName = pattern(
  'cluster-name',
  /^[a-zA-Z0-9]([-_a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/,
  "must be 1 to 63 letters, digits, '-' and '_', beginning and ending with a letter or digit",
  `${NAMING}#microsoftcontainerservice`,
  'jm-inn-aks',
);

export const taskName = pattern(
  'task-name',
  /^[a-zA-Z0-9_-]{5,50}$/,
  "must be 5 to 50 letters, digits, '-' and '_'",
  `${NAMING}#microsoftcontainerregistry`,
  'build-front',
);

export const identityName = pattern(
  'identity-name',
  /^[a-zA-Z0-9][-_a-zA-Z0-9]{2,127}$/,
  "must be 3 to 128 letters, digits, '-' and '_', beginning with a letter or a digit",
  `${NAMING}#microsoftmanagedidentity`,
  'jm-inn-aks-identity',
);

export const virtualNetworkName: Rule<string> = {
  id: 'virtual-network-name',
  must: "must be 2 to 64 letters, digits, '_', '-' and '.', beginning with a letter or digit and ending with one or '_'",
  source: NAMING,
  example: 'vote-network',
  holds: (value) => /^[a-zA-Z0-9][-\w.]{0,62}[a-zA-Z0-9_]$/.test(value),
};

/** The name of a subnet, a security rule and the like. */
export const networkPartName: Rule<string> = {
  id: 'network-part-name',
  must: "must be 1 to 80 letters, digits, '_', '-' and '.', beginning with a letter or digit and ending with one or '_'",
  source: NAMING,
  example: 'nodes',
  holds: (value) => /^[a-zA-Z0-9]([-\w.]{0,78}[a-zA-Z0-9_])?$/.test(value),
};
