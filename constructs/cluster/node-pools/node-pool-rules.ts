import { integerRule, type Rule } from '../../core/rules/rule';

const PROVIDER = 'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers';
const AKS = 'https://learn.microsoft.com/azure/aks';

export const linuxNodePoolName: Rule<string> = {
  id: 'linux-node-pool-name',
  must: 'must be 1 to 12 lower-case letters and digits, beginning with a letter',
  source: `${PROVIDER}/validate/kubernetes.go`,
  example: 'nodepool1',
  holds: (value) => /^[a-z][a-z0-9]{0,11}$/.test(value),
};

export const systemNodeCount = integerRule('system-node-count', 1, 1000, `${PROVIDER}/kubernetes_nodepool.go`, 2);

export const userNodeCount = integerRule(
  'user-node-count',
  0,
  1000,
  `${PROVIDER}/kubernetes_cluster_node_pool_resource.go`,
  2,
);

export const zone: Rule<string> = {
  id: 'zone',
  must: 'must be the number of an availability zone, "1" to "3"',
  source: `${AKS}/availability-zones`,
  example: '1',
  holds: (value) => /^[1-3]$/.test(value),
};

export const osDiskSizeGb = integerRule('os-disk-size-gb', 30, 2048, `${AKS}/cluster-configuration`, 128);

export const maxPods = integerRule('max-pods', 10, 250, `${AKS}/concepts-network-ip-address-planning`, 110);

const LABEL_NAME = '([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)';
const LABEL_PREFIX = '((?=[^/]{1,253}/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)';

export const nodeLabelKey: Rule<string> = {
  id: 'node-label-key',
  must:
    'must be the key of a label: up to 63 letters, digits, "-", "_" and ".", optionally after a DNS name and "/", but not ' +
    'with the prefixes "kubernetes.azure.com/" and "kubernetes.io/", which are reserved',
  source: `${AKS}/use-labels#reserved-prefixes`,
  example: 'team',
  holds: (value) =>
    new RegExp(`^${LABEL_PREFIX}?${LABEL_NAME}$`).test(value) &&
    !/^(.*\.)?(kubernetes\.azure\.com|kubernetes\.io)\//.test(value),
};

export const taintKey: Rule<string> = {
  ...nodeLabelKey,
  id: 'taint-key',
  must: 'must be the key of a taint: up to 63 letters, digits, "-", "_" and ".", optionally after a DNS name and "/"',
  source: `${AKS}/use-node-taints`,
  holds: (value) => new RegExp(`^${LABEL_PREFIX}?${LABEL_NAME}$`).test(value),
};

export const spotMaxPrice: Rule<number> = {
  id: 'spot-max-price',
  must: 'must be -1 (up to the price of a regular node) or at least 0.00001 US dollars an hour',
  source: `${AKS}/spot-node-pool`,
  example: -1,
  holds: (value) => value === -1 || value >= 0.00001,
};
