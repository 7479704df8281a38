/**
 * What happens to data when the object that holds it is deleted.
 *
 * @literal
 */
export enum DataPolicy {
  /** It stays. */
  RETAIN = 'Retain',
  /** It is deleted, too. */
  DELETE = 'Delete',
}

/** A storage class, which says what kind of storage a claim gets. What is not known of it is not checked. */
export interface IStorageClass {
  /** The name of the storage class. */
  readonly storageClassName: string;
  /** The driver that creates its volumes: "disk.csi.azure.com" for disks, "file.csi.azure.com" for file shares. */
  readonly provisioner?: string;
  /** The SKU of its disks or storage accounts, such as "Premium_LRS". */
  readonly skuName?: string;
  /** What happens to the disk or the share of a claim that is deleted. */
  readonly reclaimPolicy?: DataPolicy;
}

export const DISK_DRIVER = 'disk.csi.azure.com';
export const FILES_DRIVER = 'file.csi.azure.com';
