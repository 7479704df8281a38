import type { IConstruct } from 'constructs';

/** A service account that pods can run as, such as an `AksServiceAccount`. */
export interface IServiceAccount extends IConstruct {
  /** The name of the service account. */
  readonly serviceAccountName: string;
  /** The namespace of the service account, which is that of its pods. */
  readonly namespace: string;
  /** The labels that pods need to run as it. */
  readonly podLabels: { readonly [label: string]: string };
  /** Whether pods log in to Azure with it, for which they need internet access. */
  readonly usesAzure?: boolean;
  /** The client id of the Azure identity of the pods; undefined if they have none. */
  readonly azureClientId?: string | undefined;
  /** Whether pods use the Kubernetes API with it, and so get a token for it. */
  readonly usesKubernetesApi?: boolean | undefined;
  /** The constructs that must exist before pods run as it. */
  readonly prerequisites: IConstruct[];
}
