import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { AccessMode } from './claim-options';

/** A claim of a volume, created here or elsewhere. */
export interface IPersistentVolumeClaim extends IConstruct {
  /** The name of the claim. */
  readonly claimName: string;
  /** The namespace of the claim, which is that of the pods that use it. */
  readonly namespace: string;
  /** The pods that can use the volume at the same time; undefined if that is not known. */
  readonly accessMode?: AccessMode;
  /** The provider of its cluster; undefined for the only Kubernetes provider of the stack. */
  readonly provider?: TerraformProvider;
}
