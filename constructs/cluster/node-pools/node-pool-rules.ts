import { integerRule, type Rule } from '../../core/rules/rule';

const PROVIDER = 'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers';
const AKS = 'https://learn.microsoft.com/azure/aks';

export const linuxNodePoolName: Rule<string> = {
  must: 'must be 1 to 12 lower-case letters and digits, beginning with a letter',
  source: `${PROVIDER}/validate/kubernetes.go`,
  inside: ['nodepool1', 'a', 'abcdefghijkl'],
  outside: ['', 'abcdefghijklm', '1pool', 'node-pool', 'Pool'],
  holds: (value) => /^[a-z][a-z0-9]{0,11}$/.test(value),
};

export const systemNodeCount = integerRule(1, 1000, `${PROVIDER}/kubernetes_nodepool.go`, 2);

export const userNodeCount = integerRule(0, 1000, `${PROVIDER}/kubernetes_cluster_node_pool_resource.go`, 2);

export const zone: Rule<string> = {
  must: 'must be the number of an availability zone, "1" to "3"',
  source: `${AKS}/availability-zones`,
  inside: ['1', '2', '3'],
  outside: ['', '0', '4', 'westeurope-1', '1,2'],
  holds: (value) => /^[1-3]$/.test(value),
};

export const osDiskSizeGb = integerRule(30, 2048, `${AKS}/cluster-configuration`, 128);

export const maxPods = integerRule(10, 250, `${AKS}/concepts-network-ip-address-planning`, 110);

const LABEL_NAME = '([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)';
const LABEL_PREFIX = '((?=[^/]{1,253}/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)';

export const nodeLabelKey: Rule<string> = {
  must:
    'must be the key of a label: up to 63 letters, digits, "-", "_" and ".", after a DNS name and "/" if need be, but not ' +
    'with the prefixes "kubernetes.azure.com/" and "kubernetes.io/", which are reserved',
  source: `${AKS}/use-labels#reserved-prefixes`,
  inside: ['team', 'example.com/team', 'a'.repeat(63)],
  outside: ['', '-a', 'a b', 'a'.repeat(64), '/a', 'kubernetes.azure.com/x', 'kubernetes.io/x', 'node.kubernetes.io/x'],
  holds: (value) =>
    new RegExp(`^${LABEL_PREFIX}?${LABEL_NAME}$`).test(value) &&
    !/^(.*\.)?(kubernetes\.azure\.com|kubernetes\.io)\//.test(value),
};

export const labelValue: Rule<string> = {
  must: 'must be the value of a label: up to 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends, or empty',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  inside: ['web', '', 'a'.repeat(63), 'v1.0_x'],
  outside: ['a b', '-a', 'a'.repeat(64), 'a/b', 'a+b'],
  holds: (value) => value === '' || new RegExp(`^${LABEL_NAME}$`).test(value),
};

export const taintKey: Rule<string> = {
  ...nodeLabelKey,
  must: 'must be the key of a taint: up to 63 letters, digits, "-", "_" and ".", after a DNS name and "/" if need be',
  source: `${AKS}/use-node-taints`,
  outside: ['', '-a', 'a b', 'a'.repeat(64), '/a', 'a=b'],
  holds: (value) => new RegExp(`^${LABEL_PREFIX}?${LABEL_NAME}$`).test(value),
};

export const spotMaxPrice: Rule<number> = {
  must: 'must be -1 (up to the price of a regular node) or at least 0.00001 US dollars an hour',
  source: `${AKS}/spot-node-pool`,
  inside: [-1, 0.00001, 5],
  outside: [0, -0.5, 0.000001, Number.NaN],
  holds: (value) => value === -1 || value >= 0.00001,
};
