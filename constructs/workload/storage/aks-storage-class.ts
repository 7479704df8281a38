import { DataPolicy, DISK_DRIVER, FILES_DRIVER, type IStorageClass } from './i-storage-class';

/**
 * The built-in storage classes of AKS. All of them delete the disk or the share with its claim; to keep it, create a
 * `StorageClass`.
 *
 * @see https://learn.microsoft.com/azure/aks/concepts-storage#storage-classes
 *
 * @example
 * new PersistentVolumeClaim(stack, 'uploads', {
 *   claimName: 'uploads',
 *   sizeGibibytes: 100,
 *   storageClass: AksStorageClass.AZUREFILE_CSI,
 * });
 */
export class AksStorageClass implements IStorageClass {
  /** Standard SSD disks. In a cluster with zones, they are replicated to all of them. */
  public static readonly MANAGED_CSI = new AksStorageClass('managed-csi', DISK_DRIVER, undefined);
  /** Premium SSD disks. In a cluster with zones, they are replicated to all of them. */
  public static readonly MANAGED_CSI_PREMIUM = new AksStorageClass('managed-csi-premium', DISK_DRIVER, undefined);
  /** File shares of Azure Files on HDD, over SMB. */
  public static readonly AZUREFILE_CSI = new AksStorageClass('azurefile-csi', FILES_DRIVER, 'Standard_LRS');
  /** File shares of Azure Files on SSD, over SMB, of 100 GiB or more. */
  public static readonly AZUREFILE_CSI_PREMIUM = new AksStorageClass(
    'azurefile-csi-premium',
    FILES_DRIVER,
    'Premium_LRS',
  );

  public readonly reclaimPolicy?: DataPolicy = DataPolicy.DELETE;

  public readonly provisioner?: string;
  public readonly skuName?: string;

  private constructor(
    public readonly storageClassName: string,
    provisioner: string,
    skuName: string | undefined,
  ) {
    this.provisioner = provisioner;
    this.skuName = skuName;
  }
}
