import type { TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { claimResource } from '../core/names/unique';
import { createAfter } from '../core/order/order';
import { reportProblems } from '../core/problems/report';
import { questionable } from '../core/problems/violation';
import { check, checkGiven } from '../core/rules/rule';
import { kubernetesNames } from '../kubernetes/kubernetes-names';
import { objectName } from '../kubernetes/kubernetes-rules';
import { requireChosenProvider } from '../stack-checks/kubernetes-provider';
import { storageClasses } from './late-bindings';
import type { AzureStorage } from './storage/azure-storage';
import { newStorageClassName } from './storage/volume-rules';
import { ultraDiskProblems } from './storage/ultra-disks';
import { DataPolicy, DISK_DRIVER, type IStorageClass } from './storage/i-storage-class';

/** The time at which the volume of a claim is created. */
export enum VolumeBindingMode {
  /** Together with the claim. */
  IMMEDIATE = 'Immediate',
  /** When a pod uses it, in the zone of the pod's node. */
  WAIT_FOR_FIRST_CONSUMER = 'WaitForFirstConsumer',
}

/**
 * Properties of `StorageClass`. Kubernetes can only change `allowVolumeExpansion`: to change others, use another name.
 */
export interface StorageClassProps {
  /** The name of the class, unique in its cluster: up to 253 lower-case letters, digits, "-" and ".". */
  readonly storageClassName: string;
  /**
   * The disks or file shares for the volumes, such as `AzureStorage.disk()`. Changing it replaces the class, and does
   * not change existing volumes.
   */
  readonly storage: AzureStorage;
  /**
   * Whether the disk or the share is kept or deleted with its claim. The provider applies a new value without effect:
   * for another policy, create another class.
   *
   * @see https://github.com/hashicorp/terraform-provider-kubernetes/issues/1322
   *
   * @default DataPolicy.DELETE
   */
  readonly reclaimPolicy?: DataPolicy;
  /**
   * The time at which the volume of a claim is created.
   *
   * @default - VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER for disks, VolumeBindingMode.IMMEDIATE for file shares
   */
  readonly volumeBindingMode?: VolumeBindingMode;
  /**
   * Whether claims can grow.
   *
   * @default true
   */
  readonly allowVolumeExpansion?: boolean;
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

/** Attributes of an existing storage class. */
export interface StorageClassAttributes {
  /** The name of the class. */
  readonly storageClassName: string;
  /**
   * The disks or file shares of its volumes, such as `AzureStorage.files()`, against which claims are checked.
   *
   * @default - not known, and not checked
   */
  readonly storage?: AzureStorage;
  /**
   * Whether the disk or the share is kept or deleted with its claim.
   *
   * @default - not known
   */
  readonly reclaimPolicy?: DataPolicy;
}

/**
 * A kind of storage for the volumes of claims.
 *
 * @example
 * const storageClass = new StorageClass(stack, 'class', {
 *   storageClassName: 'fast',
 *   storage: AzureStorage.disk({ skuName: DiskSku.PREMIUM_LRS }),
 *   reclaimPolicy: DataPolicy.RETAIN,
 * });
 *
 * new PersistentVolumeClaim(stack, 'data', { claimName: 'data', sizeGibibytes: 32, storageClass });
 */
export class StorageClass extends Construct implements IStorageClass {
  /** An existing storage class that is not built into AKS; for those, see `AksStorageClass`. */
  public static fromStorageClassAttributes(
    scope: Construct,
    id: string,
    attributes: StorageClassAttributes,
  ): IStorageClass {
    return new ImportedStorageClass(scope, id, attributes);
  }

  public readonly storageClassName: string;
  public readonly provisioner?: string;
  public readonly skuName?: string;
  public readonly reclaimPolicy?: DataPolicy;

  constructor(scope: Construct, id: string, props: StorageClassProps) {
    super(scope, id);
    props = declared(this, 'StorageClassProps', props);
    const { storage, provider, volumeBindingMode, allowVolumeExpansion = true } = props;
    const isDisk = storage._driver === DISK_DRIVER;
    const { skuName } = storage._parameters;
    this.provisioner = storage._driver;
    this.skuName = skuName;
    this.reclaimPolicy = props.reclaimPolicy ?? DataPolicy.DELETE;
    reportProblems(this, () => [
      ...checkGiven(newStorageClassName, 'storageClassName', props.storageClassName),
      ...storage._problems('storage'),
      ...ultraDiskProblems(this, provider, skuName),
      ...(isDisk && volumeBindingMode === VolumeBindingMode.IMMEDIATE && skuName.endsWith('_LRS')
        ? [
            questionable(
              'disk-binding',
              `'volumeBindingMode' must be WAIT_FOR_FIRST_CONSUMER for disks of one zone (${skuName}), got IMMEDIATE: a disk could be created in a zone where no node has capacity for its pod. Leave it out, or use a zone-redundant SKU`,
            ),
          ]
        : []),
    ]);
    requireChosenProvider(this);
    const resource = new (storageClasses().StorageClassV1)(this, 'Resource', {
      provider,
      metadata: { name: props.storageClassName },
      storageProvisioner: storage._driver,
      parameters: storage._parameters,
      reclaimPolicy: this.reclaimPolicy,
      volumeBindingMode:
        volumeBindingMode ?? (isDisk ? VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER : VolumeBindingMode.IMMEDIATE),
      allowVolumeExpansion,
    });
    claimResource(this, 'storageClassName', resource, kubernetesNames.storageClass(props.storageClassName, provider));
    createAfter(resource, () => props.prerequisites ?? []);
    this.storageClassName = resource.metadata.name;
  }
}

checkArguments(StorageClass);

class ImportedStorageClass extends Construct implements IStorageClass {
  public readonly storageClassName: string;
  public readonly provisioner?: string;
  public readonly skuName?: string;
  public readonly reclaimPolicy?: DataPolicy;

  constructor(scope: Construct, id: string, attributes: StorageClassAttributes) {
    super(scope, id);
    const { storageClassName, storage, reclaimPolicy } = attributes;
    this.storageClassName = storageClassName;
    this.provisioner = storage?._driver;
    this.skuName = storage?._parameters.skuName;
    this.reclaimPolicy = reclaimPolicy;
    reportProblems(this, () => [
      ...check(objectName, 'storageClassName', storageClassName),
      ...(storage?._problems('storage') ?? []),
    ]);
  }
}
