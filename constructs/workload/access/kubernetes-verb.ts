/** Verbs of the Kubernetes API. */
export enum KubernetesVerb {
  GET = 'get',
  LIST = 'list',
  WATCH = 'watch',
  CREATE = 'create',
  UPDATE = 'update',
  PATCH = 'patch',
  DELETE = 'delete',
  DELETE_COLLECTION = 'deletecollection',
  USE = 'use',
  BIND = 'bind',
  ESCALATE = 'escalate',
  IMPERSONATE = 'impersonate',
  /** All verbs, including future ones. */
  ALL = '*',
}
