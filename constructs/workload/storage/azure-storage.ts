import { Token } from 'cdktf';
import { checkArguments } from '../../core/declared';
import { type Violation, when } from '../../core/problems/violation';
import { DISK_DRIVER, FILES_DRIVER } from './i-storage-class';

/** The kind of a disk, and its redundancy. */
export enum DiskSku {
  /** HDD, in one zone. */
  STANDARD_LRS = 'Standard_LRS',
  /** Standard SSD, in one zone. */
  STANDARD_SSD_LRS = 'StandardSSD_LRS',
  /** Standard SSD, in all zones of the region. */
  STANDARD_SSD_ZRS = 'StandardSSD_ZRS',
  /** Premium SSD, in one zone. */
  PREMIUM_LRS = 'Premium_LRS',
  /** Premium SSD, in all zones of the region. */
  PREMIUM_ZRS = 'Premium_ZRS',
  /** Premium SSD v2, in one zone. */
  PREMIUM_V2_LRS = 'PremiumV2_LRS',
  /** Ultra disk, in one zone, for nodes of a pool with `ultraDisks`. */
  ULTRA_SSD_LRS = 'UltraSSD_LRS',
}

/** The cache of a disk on its node. */
export enum DiskCaching {
  /** None. */
  NONE = 'None',
  /** For reads. */
  READ_ONLY = 'ReadOnly',
}

/** Options for `AzureStorage.disk`. */
export interface DiskStorageOptions {
  /**
   * The kind of the disks, and their redundancy.
   *
   * @default DiskSku.STANDARD_SSD_LRS
   */
  readonly skuName?: DiskSku;
  /**
   * The cache on the node. Premium SSD v2 and Ultra disks cannot be cached.
   *
   * @default - DiskCaching.READ_ONLY, or DiskCaching.NONE for disks that cannot be cached
   */
  readonly caching?: DiskCaching;
}

/** The kind of the storage accounts of file shares, and their redundancy. */
export enum FilesSku {
  /** HDD, in one zone. */
  STANDARD_LRS = 'Standard_LRS',
  /** HDD, in all zones of the region. */
  STANDARD_ZRS = 'Standard_ZRS',
  /** HDD, and in a second region. */
  STANDARD_GRS = 'Standard_GRS',
  /** SSD, in one zone. */
  PREMIUM_LRS = 'Premium_LRS',
  /** SSD, in all zones of the region. */
  PREMIUM_ZRS = 'Premium_ZRS',
  /** HDD with provisioned performance, in one zone. */
  STANDARD_V2_LRS = 'StandardV2_LRS',
  /** HDD with provisioned performance, in all zones of the region. */
  STANDARD_V2_ZRS = 'StandardV2_ZRS',
  /** SSD with provisioned performance, in one zone. */
  PREMIUM_V2_LRS = 'PremiumV2_LRS',
  /** SSD with provisioned performance, in all zones of the region. */
  PREMIUM_V2_ZRS = 'PremiumV2_ZRS',
}

/** The protocol with which nodes use a file share. */
export enum FilesProtocol {
  /** SMB, which authenticates with the key of the storage account. */
  SMB = 'smb',
  /** NFS 4.1, with Linux file permissions: only on SSD, and open to everybody in the network. */
  NFS = 'nfs',
}

/** Options for `AzureStorage.files`. */
export interface FilesStorageOptions {
  /**
   * The kind of the storage accounts, and their redundancy.
   *
   * @default - FilesSku.STANDARD_LRS, or FilesSku.PREMIUM_LRS for NFS
   */
  readonly skuName?: FilesSku;
  /**
   * The protocol with which nodes use the shares.
   *
   * @default FilesProtocol.SMB
   */
  readonly protocol?: FilesProtocol;
}

/** The disks that do not support a cache. */
const UNCACHED: readonly string[] = [DiskSku.PREMIUM_V2_LRS, DiskSku.ULTRA_SSD_LRS];

/**
 * The Azure storage for the volumes of a storage class.
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
export class AzureStorage {
  /**
   * On disks, each of which one node can use at a time.
   *
   * @see https://github.com/kubernetes-sigs/azuredisk-csi-driver/blob/master/docs/driver-parameters.md
   */
  public static disk(options: DiskStorageOptions = {}): AzureStorage {
    const { skuName = DiskSku.STANDARD_SSD_LRS, caching } = options;
    const isUncached = UNCACHED.includes(skuName);
    const cachingMode = caching ?? (isUncached ? DiskCaching.NONE : DiskCaching.READ_ONLY);
    return new AzureStorage(
      DISK_DRIVER,
      { skuName, cachingMode },
      when(
        isUncached && caching !== undefined && caching !== DiskCaching.NONE && !Token.isUnresolved(caching),
        'disk-caching',
        () => `'caching' must be DiskCaching.NONE with the SKU ${skuName}, got ${String(caching)}: leave it out`,
      ),
    );
  }

  /**
   * On file shares of Azure Files, which any number of nodes can use at once.
   *
   * @see https://github.com/kubernetes-sigs/azurefile-csi-driver/blob/master/docs/driver-parameters.md
   */
  public static files(options: FilesStorageOptions = {}): AzureStorage {
    const { protocol = FilesProtocol.SMB } = options;
    const isNfs = protocol === FilesProtocol.NFS;
    const skuName = options.skuName ?? (isNfs ? FilesSku.PREMIUM_LRS : FilesSku.STANDARD_LRS);
    return new AzureStorage(
      FILES_DRIVER,
      { skuName, protocol },
      when(
        isNfs && skuName.startsWith('Standard'),
        'nfs-on-premium',
        () =>
          `'skuName' must be a premium one with FilesProtocol.NFS, got ${skuName}: Azure supports NFS shares only on SSDs. Leave it out, or use` +
          ' FilesProtocol.SMB',
      ),
    );
  }

  private constructor(
    private readonly driver: string,
    private readonly parameters: { readonly [name: string]: string; readonly skuName: string },
    private readonly problems: readonly Violation[],
  ) {}

  /** @internal */
  public get _driver(): string {
    return this.driver;
  }

  /** @internal */
  public get _parameters(): { [name: string]: string; skuName: string } {
    return { ...this.parameters };
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    return this.problems.map((one) => ({ ...one, message: one.message.replace("'", `'${property}.`) }));
  }
}

checkArguments(AzureStorage);
