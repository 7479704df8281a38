import type { TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { claimResource } from '../core/names/unique';
import { createAfter } from '../core/order/order';
import { reportProblems } from '../core/problems/report';
import { check, checkGiven } from '../core/rules/rule';
import { kubernetesNames } from '../kubernetes/kubernetes-names';
import { namespaceName, objectName } from '../kubernetes/kubernetes-rules';
import { namespacesFirst } from '../kubernetes/namespaces';
import { requireChosenProvider } from '../stack-checks/kubernetes-provider';
import { volumeClaims } from './late-bindings';
import { type AccessMode, accessModeOf, claimProblems, type ClaimOptions, renderClaim } from './storage/claim-options';
import type { IPersistentVolumeClaim } from './storage/i-persistent-volume-claim';
import { DataPolicy } from './storage/i-storage-class';

/**
 * Properties of `PersistentVolumeClaim`. Its size can grow in place; a smaller size, and any other change, replaces the claim
 * and its volume.
 */
export interface PersistentVolumeClaimProps extends ClaimOptions {
  /** The name of the claim, unique in its namespace: up to 253 lower-case letters, digits, "-" and ".". */
  readonly claimName: string;
  /**
   * The namespace of the claim, which is that of the pods that use it.
   *
   * @default "default"
   */
  readonly namespace?: string;
  /**
   * Whether the data is kept or deleted when the claim is destroyed or replaced. With `DataPolicy.RETAIN`, Terraform
   * rejects plans that do either. If the claim is deleted in another way, such as with its construct or its namespace,
   * the reclaim policy of the storage class applies.
   *
   * @default DataPolicy.RETAIN
   */
  readonly onDelete?: DataPolicy;
  /**
   * The provider of its cluster.
   *
   * @default - the only Kubernetes provider of the stack
   */
  readonly provider?: TerraformProvider;
  /**
   * Constructs that must be ready before it is created.
   *
   * @default - nothing
   */
  readonly prerequisites?: IConstruct[];
}

/** Attributes of an existing claim. */
export interface PersistentVolumeClaimAttributes {
  /** The name of the claim. */
  readonly claimName: string;
  /**
   * The namespace of the claim.
   *
   * @default "default"
   */
  readonly namespace?: string;
  /**
   * The access mode, against which workloads that mount it are checked.
   *
   * @default - not known, and not checked
   */
  readonly accessMode?: AccessMode;
  /**
   * The provider of its cluster.
   *
   * @default - the only Kubernetes provider of the stack
   */
  readonly provider?: TerraformProvider;
}

/**
 * A volume that outlives the pods that mount it: a disk or a file share of Azure.
 *
 * @example
 * const data = new PersistentVolumeClaim(stack, 'data', { claimName: 'data', sizeGibibytes: 32 });
 *
 * new Workload(stack, 'db', {
 *   name: 'db',
 *   image: registry.image('db', 'v1'),
 *   containerPort: 5432,
 *   volumes: [{ mountPath: '/var/lib/data', volume: Volume.fromClaim('data', data) }],
 * });
 */
export class PersistentVolumeClaim extends Construct implements IPersistentVolumeClaim {
  /** An existing claim. */
  public static fromClaimAttributes(
    scope: Construct,
    id: string,
    attributes: PersistentVolumeClaimAttributes,
  ): IPersistentVolumeClaim {
    return new ImportedClaim(scope, id, attributes);
  }

  public readonly claimName: string;
  public readonly namespace: string;
  public readonly accessMode?: AccessMode;
  public readonly provider?: TerraformProvider;

  constructor(scope: Construct, id: string, props: PersistentVolumeClaimProps) {
    super(scope, id);
    props = declared(this, 'PersistentVolumeClaimProps', props);
    const { claimName, namespace, provider, onDelete = DataPolicy.RETAIN } = props;
    reportProblems(this, () => [
      ...checkGiven(objectName, 'claimName', claimName),
      ...check(namespaceName, 'namespace', namespace),
      ...claimProblems('', props),
    ]);
    requireChosenProvider(this);
    namespacesFirst(this);
    const resource = new (volumeClaims().PersistentVolumeClaimV1)(this, 'Resource', {
      provider,
      metadata: { name: claimName, namespace },
      spec: renderClaim(props),
      // most classes create the volume for the first pod, which itself waits for the claim: otherwise, both would wait
      // forever
      waitUntilBound: false,
      lifecycle: onDelete === DataPolicy.RETAIN ? { preventDestroy: true } : undefined,
    });
    this.namespace = namespace ?? 'default';
    this.accessMode = accessModeOf(props);
    this.provider = provider;
    claimResource(this, 'claimName', resource, kubernetesNames.volumeClaim(claimName, this.namespace, provider));
    createAfter(resource, () => props.prerequisites ?? []);
    this.claimName = resource.metadata.name;
  }
}

checkArguments(PersistentVolumeClaim);

class ImportedClaim extends Construct implements IPersistentVolumeClaim {
  public readonly claimName: string;
  public readonly namespace: string;
  public readonly accessMode?: AccessMode;
  public readonly provider?: TerraformProvider;

  constructor(scope: Construct, id: string, attributes: PersistentVolumeClaimAttributes) {
    super(scope, id);
    this.claimName = attributes.claimName;
    this.namespace = attributes.namespace ?? 'default';
    this.accessMode = attributes.accessMode;
    this.provider = attributes.provider;
    reportProblems(this, () => [
      ...checkGiven(objectName, 'claimName', attributes.claimName),
      ...check(namespaceName, 'namespace', attributes.namespace),
    ]);
  }
}
