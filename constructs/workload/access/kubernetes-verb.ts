/** What can be done with objects through the Kubernetes API. */
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
  /** All of them, and those that are still to come. */
  ALL = '*',
}
