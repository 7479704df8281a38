/**
 * Whether data is kept or deleted with the object that contains it.
 *
 * @literal
 */
export enum DataPolicy {
  /** The data is kept. */
  RETAIN = 'Retain',
  /** The data is deleted, too. */
  DELETE = 'Delete',
}

/** A storage class, which determines the kind of storage of a claim. Properties that are not known are not checked. */
export interface IStorageClass {
  /** The name of the storage class. */
  readonly storageClassName: string;
  /** The driver that creates its volumes: "disk.csi.azure.com" for disks, "file.csi.azure.com" for file shares. */
  readonly provisioner?: string;
  /** The SKU of its disks or storage accounts, such as "Premium_LRS". */
  readonly skuName?: string;
  /** Whether the disk or the share is kept or deleted with its claim. */
  readonly reclaimPolicy?: DataPolicy;
}

export const DISK_DRIVER = 'disk.csi.azure.com';
export const FILES_DRIVER = 'file.csi.azure.com';
