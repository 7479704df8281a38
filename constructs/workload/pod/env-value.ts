import { checkArguments } from '../../core/declared';
import type { EnvOrigin } from './env-origin';

/** The value of an environment variable of a container. */
export class EnvValue {
  /** A value that the manifest carries. Not for secrets: it stands in the synthesized JSON. */
  public static fromValue(value: string): EnvValue {
    return new EnvValue({ source: 'literal', value });
  }

  /** A value that the workload keeps in a ConfigMap of its own. A new value replaces the pods, one by one. */
  public static fromConfigValue(value: string): EnvValue {
    return new EnvValue({ source: 'config', value });
  }

  /**
   * A value that the workload keeps in a Secret of its own. A new value replaces the pods, one by one.
   *
   * It stands in the Terraform state, and a hash of it at the pods: give secrets that nobody guesses.
   *
   * @param value A sensitive `TerraformVariable` or an attribute of a resource; a literal is a problem
   */
  public static fromSecretValue(value: string): EnvValue {
    return new EnvValue({ source: 'secret', value });
  }

  /**
   * A value in a Secret that exists in the workload's namespace. Nobody replaces the pods when it changes.
   *
   * @param secretName The name of the Secret
   * @param key The key in the Secret
   */
  public static fromSecretKey(secretName: string, key: string): EnvValue {
    return new EnvValue({ source: 'secretKey', value: secretName, key });
  }

  /** A value that Kubernetes knows of the pod, such as "metadata.name" or "status.podIP". */
  public static fromFieldRef(fieldPath: string): EnvValue {
    return new EnvValue({ source: 'field', value: fieldPath });
  }

  private constructor(private readonly origin: EnvOrigin) {}

  /** @internal */
  public get _origin(): EnvOrigin {
    return this.origin;
  }
}

checkArguments(EnvValue);
