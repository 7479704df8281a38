import { isAbove, isQuantity } from '../../kubernetes/quantity';
import { type Rule } from '../../core/rules/rule';

const VALIDATION = 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis';

/** The fields that the downward API provides for environment variables. */
const FIELDS = ['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName'];
const STATUS_FIELDS = ['status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'];

export const environmentName: Rule<string> = {
  id: 'environment-name',
  must: "must be printable ASCII characters without '='",
  source:
    'https://github.com/kubernetes/kubernetes/blob/v1.34.0/staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go',
  example: 'REDIS',
  holds: (value) => /^[ -<>-~]+$/.test(value),
};

export const quantity: Rule<string> = {
  id: 'quantity',
  must: 'must be a Kubernetes quantity that is not negative',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity',
  example: '250m',
  holds: isQuantity,
};

export const configKey: Rule<string> = {
  id: 'config-key',
  must: "must be 1 to 253 letters, digits, '-', '_' and '.', not beginning with '..'",
  source: `${VALIDATION}/core/validation/validation.go`,
  example: 'password',
  holds: (value) => /^(?!\.\.)(?!\.$)[-._a-zA-Z0-9]{1,253}$/.test(value),
};

export const filePath: Rule<string> = {
  id: 'file-path',
  must: "must be the absolute path of a file: letters, digits, '-', '_' and '.' between single '/', no part beginning with '..'",
  source: `${VALIDATION}/core/validation/validation.go`,
  example: '/app/config_file.cfg',
  holds: (value) => /^(\/(?!\.\.)(?!\.(\/|$))[-._a-zA-Z0-9]+)+$/.test(value) && value.length < 250,
};

export const fieldPath: Rule<string> = {
  id: 'field-path',
  must: `must be one of ${[...FIELDS, ...STATUS_FIELDS].join(', ')}, metadata.labels['<key>'] and metadata.annotations['<key>']`,
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields',
  example: 'metadata.name',
  holds: (value) =>
    [...FIELDS, ...STATUS_FIELDS].includes(value) || /^metadata\.(labels|annotations)\['[^']+'\]$/.test(value),
};

export const memoryQuantity: Rule<string> = {
  id: 'memory-quantity',
  must: 'must be a Kubernetes quantity of memory that is not negative, in bytes or with a unit such as "Mi" or "Gi"',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory',
  example: '128Mi',
  holds: quantity.holds,
  explain: explainMemory,
};

/** The explanation for units such as "MB". */
function explainMemory(value: string): string {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?) ?([kmgt])i?b$/i.exec(value) ?? [];
  return unit === '' ? '' : `Kubernetes writes it as "${amount}${unit.toUpperCase()}i"`;
}

/** The least memory with which container runtimes start a container. */
export const memoryLimit: Rule<string> = {
  id: 'memory-limit',
  must: 'must be at least 6Mi',
  source: 'https://docs.docker.com/engine/containers/resource_constraints/#limit-a-containers-access-to-memory',
  example: '128Mi',
  holds: (value) => !isAbove('6Mi', value),
  hint: 'no container starts with less',
};

/** The size of all texts of a ConfigMap together, in bytes. */
export const configSize: Rule<number> = {
  id: 'config-size',
  must: 'must be at most 1048576 bytes together with all other values of the ConfigMap',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#motivation',
  example: 1000,
  holds: (value) => value <= 1048576,
  hint: 'the limit of a ConfigMap: put large files in the image or on a volume',
};
