/** The parts of the name of a VM size. */
interface SizeName {
  readonly family: string;
  readonly vcpus: number;
  readonly features: string;
  readonly version: number;
}

/** Family, vCPUs (in a constrained size, those of the whole machine), features and version. */
const SIZE_NAME = /^Standard_([A-Z]+)(\d+)(?:-\d+)?([a-z]*)(?:_(?!v\d+$)[A-Z0-9]+)*(?:_v(\d+))?$/i;

/** The cache of the DSv2 series in GB, which does not follow from the number of vCPUs. */
const DS_V2_CACHE: { readonly [size: number]: number } = {
  ...{ 1: 43, 2: 86, 3: 172, 4: 344, 5: 688 },
  ...{ 11: 72, 12: 144, 13: 288, 14: 576, 15: 720 },
};

/** The GB of local disk or cache per vCPU, of the series whose names determine it. */
const GB_A_VCPU: readonly { readonly fits: (size: SizeName) => boolean; readonly gb: number }[] = [
  { fits: isDiskless, gb: 0 },
  { fits: ({ family, features, version }) => /^[DE]$/.test(family) && features.includes('d') && version < 6, gb: 37.5 },
  { fits: ({ family, features, version }) => /^[DE]$/.test(family) && /^a?s$/.test(features) && version >= 3, gb: 25 },
  { fits: ({ family, features, version }) => family === 'F' && features === 's' && version === 2, gb: 16 },
];

/**
 * The GB of local disk or cache that a VM size has for an ephemeral OS disk; undefined if its name does not determine it.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks
 * @see https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
 */
export function localDiskGb(vmSize: string): number | undefined {
  const [, family = '', vcpus, features = '', version = '1'] = SIZE_NAME.exec(vmSize) ?? [];
  const size = {
    family: family.toUpperCase(),
    vcpus: Number(vcpus),
    features: features.toLowerCase(),
    version: Number(version),
  };
  if (size.family === 'DS' && size.version === 2) {
    return DS_V2_CACHE[size.vcpus];
  }
  const series = GB_A_VCPU.find(({ fits }) => fits(size));
  return series === undefined ? undefined : Math.floor(series.gb * size.vcpus);
}

/** Since version 4, sizes have a local disk only if their name has a "d"; those with AMD processors since version 5. */
function isDiskless({ family, features, version }: SizeName): boolean {
  const since: { readonly [family: string]: number } = { B: 1, D: 4, E: 4, DC: 3, EC: 5, F: 6 };
  const first = features.startsWith('a') ? Math.max(since[family] ?? Infinity, 5) : (since[family] ?? Infinity);
  return (family === 'B' || version >= first) && !features.includes('d');
}
