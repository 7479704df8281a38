import { isAbove } from './quantity';
import { type Rule } from '../../core/rules/rule';

const VALIDATION = 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis';

/** What the downward API gives to an environment variable. */
const FIELDS = ['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName'];
const STATUS_FIELDS = ['status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'];

export const environmentName: Rule<string> = {
  must: "must be printable ASCII characters without '='",
  source:
    'https://github.com/kubernetes/kubernetes/blob/v1.34.0/staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go',
  inside: ['REDIS', '_a', 'a.b-c', '1A', 'A B', '.', '..a', 'Logging:Level', '~!'],
  outside: ['', 'A=B', '=', 'Ä', 'A\n', 'A\t', 'A\u007f'],
  holds: (value) => /^[ -<>-~]+$/.test(value),
};

export const quantity: Rule<string> = {
  must: 'must be a Kubernetes quantity that is not negative',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity',
  inside: ['250m', '0', '0.5', '128Mi', '1e3', '.5', '2.'],
  outside: ['', '250mm', '-1', '1 Gi', '1mi', 'Mi', '0,5'],
  holds: (value) => /^\+?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$/.test(value),
};

export const configKey: Rule<string> = {
  must: "must be 1 to 253 letters, digits, '-', '_' and '.', not beginning with '..'",
  source: `${VALIDATION}/core/validation/validation.go`,
  inside: ['password', 'a.b_c-D', 'a'.repeat(253)],
  outside: ['', 'a'.repeat(254), 'a b', 'a/b', '.', '..', '..a'],
  holds: (value) => /^(?!\.\.)(?!\.$)[-._a-zA-Z0-9]{1,253}$/.test(value),
};

export const filePath: Rule<string> = {
  must: "must be the absolute path of a file: letters, digits, '-', '_' and '.' between single '/', no part beginning with '..'",
  source: `${VALIDATION}/core/validation/validation.go`,
  inside: ['/app/config_file.cfg', '/a', '/etc/app/.hidden'],
  outside: ['', '/', 'app/config', '/app/', '/a//b', '/a/../b', '/a:b', '/a b'],
  holds: (value) => /^(\/(?!\.\.)(?!\.(\/|$))[-._a-zA-Z0-9]+)+$/.test(value) && value.length < 250,
};

export const fieldPath: Rule<string> = {
  must: `must be one of ${[...FIELDS, ...STATUS_FIELDS].join(', ')}, metadata.labels['<key>'] and metadata.annotations['<key>']`,
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields',
  inside: ['metadata.name', 'status.podIP', "metadata.labels['app']"],
  outside: ['', 'name', 'metadata.labels', 'status.phase', 'spec.containers'],
  holds: (value) =>
    [...FIELDS, ...STATUS_FIELDS].includes(value) || /^metadata\.(labels|annotations)\['[^']+'\]$/.test(value),
};

export const memoryQuantity: Rule<string> = {
  must: 'must be a Kubernetes quantity of memory that is not negative, in bytes or with a unit such as "Mi" or "Gi"',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory',
  inside: ['128Mi', '0', '1e9', '64M', '0.5Gi', '512m', '100u'],
  outside: ['', '128mi', '-1Mi', '1 Gi', 'Mi'],
  holds: quantity.holds,
};

/** The least memory that container runtimes start a container with. */
export const memoryLimit: Rule<string> = {
  must: 'must be at least 6Mi',
  source: 'https://docs.docker.com/engine/containers/resource_constraints/#limit-a-containers-access-to-memory',
  inside: ['128Mi', '6Mi', '1Gi'],
  outside: ['128', '5Mi', '64k'],
  holds: (value) => !isAbove('6Mi', value),
  hint: 'with less no container starts',
};

/** All texts of a ConfigMap together, in bytes. */
export const configSize: Rule<number> = {
  must: 'must be at most 1048576 bytes together with all other values of the ConfigMap',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#motivation',
  inside: [1000, 0, 1048576],
  outside: [1048577],
  holds: (value) => value <= 1048576,
  hint: 'a ConfigMap holds no more: put large files in the image or on a volume',
};
