/** Where the value of an environment variable comes from. */
export interface EnvOrigin {
  /** The manifest, the ConfigMap or Secret that the workload makes, a Secret that exists, or the pod itself. */
  readonly source: 'literal' | 'config' | 'secret' | 'secretKey' | 'field';
  /** The value, the name of the Secret or the path of the field. */
  readonly value: string;
  /** The key in the Secret that exists. */
  readonly key?: string;
}
