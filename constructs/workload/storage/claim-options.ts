import { questionable, type Violation, violation, when } from '../../core/problems/violation';
import { check, checkGiven, integerRule } from '../../core/rules/rule';
import { isKnown, isText } from '../../core/values/known';
import { numberText } from '../../core/values/number-text';
import { objectName } from '../../kubernetes/kubernetes-rules';
import { AksStorageClass } from './aks-storage-class';
import { DISK_DRIVER, FILES_DRIVER, type IStorageClass } from './i-storage-class';

/** The pods that can use a volume at the same time. */
export enum AccessMode {
  /** The pods of one node. */
  READ_WRITE_ONCE = 'ReadWriteOnce',
  /** One pod. */
  READ_WRITE_ONCE_POD = 'ReadWriteOncePod',
  /** The pods of any number of nodes. */
  READ_WRITE_MANY = 'ReadWriteMany',
  /** The pods of any number of nodes, for reading only. */
  READ_ONLY_MANY = 'ReadOnlyMany',
}

/** Options for a volume claim. */
export interface ClaimOptions {
  /**
   * The size in GiB, 1 to 262144, which can only grow. The storage class may allow less.
   *
   * @alias size, capacity, storageSize
   */
  readonly sizeGibibytes: number;
  /**
   * The kind of storage.
   *
   * @default AksStorageClass.MANAGED_CSI
   */
  readonly storageClass?: IStorageClass;
  /**
   * The pods that can use the volume at the same time.
   *
   * @default - AccessMode.READ_WRITE_MANY for file shares, AccessMode.READ_WRITE_ONCE for others
   */
  readonly accessMode?: AccessMode;
}

/** A size in GiB, up to that of the largest file share of Azure. */
export const claimGibibytes = integerRule(
  'claim-gibibytes',
  1,
  262_144,
  'https://learn.microsoft.com/azure/storage/files/understanding-billing#provisioned-v2-provisioning-detail',
  8,
);

/** The access mode of a claim, with the default of its storage class. */
export function accessModeOf({ accessMode, storageClass }: Partial<ClaimOptions>): AccessMode {
  const isShared = storageClass?.provisioner === FILES_DRIVER;
  return accessMode ?? (isShared ? AccessMode.READ_WRITE_MANY : AccessMode.READ_WRITE_ONCE);
}

/** The specification of a claim. */
export function renderClaim(options: ClaimOptions): {
  accessModes: string[];
  storageClassName: string;
  resources: { requests: { storage: string } };
} {
  const { storageClass = AksStorageClass.MANAGED_CSI, sizeGibibytes } = options;
  return {
    accessModes: [accessModeOf(options)],
    storageClassName: storageClass.storageClassName,
    resources: { requests: { storage: `${numberText(sizeGibibytes)}Gi` } },
  };
}

/** @param prefix The beginning of the names of the properties, such as "volumes[0].volume." */
export function claimProblems(prefix: string, options: ClaimOptions): Violation[] {
  const { storageClass = AksStorageClass.MANAGED_CSI, sizeGibibytes } = options;
  const sizeProblems = checkGiven(claimGibibytes, `${prefix}sizeGibibytes`, sizeGibibytes);
  return [
    ...sizeProblems,
    ...(sizeProblems.length > 0 ? [] : rangeProblems(prefix, sizeGibibytes, storageClass)),
    ...check(objectName, `${prefix}storageClass`, storageClass.storageClassName),
    ...accessProblems(prefix, options),
  ];
}

/** The range of sizes in GiB of a SKU. */
interface SizeRange {
  readonly sku: RegExp;
  readonly min: number;
  readonly max: number;
}

/** @see https://learn.microsoft.com/azure/virtual-machines/disks-types#disk-type-comparison */
const DISK_SIZES: readonly SizeRange[] = [
  { sku: /^(PremiumV2|UltraSSD)_/, min: 1, max: 65_536 },
  { sku: /^/, min: 1, max: 32_767 },
];

/** @see https://github.com/kubernetes-sigs/azurefile-csi-driver/blob/master/pkg/azurefile/azurefile.go */
const SHARE_SIZES: readonly SizeRange[] = [
  { sku: /V2_/, min: 32, max: 262_144 },
  { sku: /^Premium_/, min: 100, max: 102_400 },
  { sku: /^/, min: 1, max: 102_400 },
];

/** The ranges of sizes by driver; those of other drivers are not known. */
const SIZES: { readonly [provisioner: string]: readonly SizeRange[] } = {
  [DISK_DRIVER]: DISK_SIZES,
  [FILES_DRIVER]: SHARE_SIZES,
};

function rangeProblems(prefix: string, size: number, { provisioner, skuName = '' }: IStorageClass): Violation[] {
  const range = SIZES[provisioner ?? '']?.find(({ sku }) => sku.test(skuName));
  if (range === undefined || !isKnown(size) || (size >= range.min && size <= range.max)) {
    return [];
  }
  // the driver enlarges a size that is too small, so it can be intentional
  const [report, result] =
    size < range.min
      ? [questionable, 'Azure would create and bill the smallest']
      : [violation, 'Azure has no larger ones'];
  const kind = provisioner === DISK_DRIVER ? 'disks' : 'file shares';
  return [
    report(
      'claim-size-of-class',
      `'${prefix}sizeGibibytes' must be ${range.min} to ${range.max} for ${kind} of this storage class` +
        `${skuName === '' ? '' : ` (${skuName})`}, got ${size}: ${result}. Use another size or another class`,
    ),
  ];
}

/** @see https://github.com/kubernetes-sigs/azuredisk-csi-driver/blob/master/pkg/azureutils/azure_disk_utils.go */
function accessProblems(
  prefix: string,
  { accessMode, storageClass = AksStorageClass.MANAGED_CSI }: ClaimOptions,
): Violation[] {
  const isMany = accessMode === AccessMode.READ_WRITE_MANY || accessMode === AccessMode.READ_ONLY_MANY;
  const name = storageClass.storageClassName;
  return when(
    isMany && storageClass.provisioner === DISK_DRIVER,
    'disk-access-mode',
    () =>
      `'${prefix}accessMode' must be READ_WRITE_ONCE or READ_WRITE_ONCE_POD for disks${isText(name) ? ` (${name})` : ''}, got ` +
      `${accessMode}: a disk can be attached to only one node at a time. Use Azure Files, such as AksStorageClass.AZUREFILE_CSI`,
  );
}
