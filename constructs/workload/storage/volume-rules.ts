import { integerRule, type Rule } from '../../core/rules/rule';
import { dnsLabelRule, objectName } from '../../kubernetes/kubernetes-rules';

const VALIDATION = 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go';

export const volumeName = dnsLabelRule('volume-name', 'data', VALIDATION);

/** The built-in classes of AKS clusters. */
const OF_AKS = ['default', 'managed', 'managed-premium', 'managed-csi', 'managed-csi-premium'].concat([
  'azurefile',
  'azurefile-premium',
  'azurefile-csi',
  'azurefile-csi-premium',
]);

export const newStorageClassName: Rule<string> = {
  id: 'new-storage-class-name',
  must: `${objectName.must}, other than the names of built-in classes`,
  source: 'https://learn.microsoft.com/azure/aks/concepts-storage#storage-classes',
  example: 'fast',
  holds: (value) => objectName.holds(value) && !OF_AKS.includes(value),
  hint: 'AksStorageClass lists the built-in classes',
};

export const mountPath: Rule<string> = {
  id: 'mount-path',
  must: "must be the absolute path of a folder below '/', without ':', '..' and empty parts",
  source: VALIDATION,
  example: '/data',
  holds: (value) => /^(\/(?!\.{1,2}(\/|$))[^/:\0]+)+$/.test(value),
};

/** @see https://kubernetes.io/docs/concepts/storage/volumes/#hostpath */
export const hostPath: Rule<string> = {
  id: 'host-path',
  must: "must be the absolute path of a file or a folder, without '..'",
  source: VALIDATION,
  example: '/var/log',
  holds: (value) => value.startsWith('/') && !value.includes('\0') && !value.split('/').includes('..'),
};

export const subPath: Rule<string> = {
  id: 'sub-path',
  must: "must be the relative path of a folder in the volume, without '..'",
  source: VALIDATION,
  example: 'uploads',
  holds: (value) => /^(?!\/)./.test(value) && !value.split('/').includes('..'),
};

/** A size limit in MiB, up to more than any node has. */
export const sizeLimitMebibytes = integerRule(
  'size-limit-mebibytes',
  1,
  2 ** 31 - 1,
  'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  256,
);
