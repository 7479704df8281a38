import type { Rule } from '../../core/rules/rule';

/**
 * A VM size that Azure may have, for a name with the syntax of one. After the family and the number of vCPUs come an
 * accelerator, a number or a kind, and the version, which all sizes of the families D and E with features have.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
 */
export const knownVmSize: Rule<string> = {
  id: 'vm-size-known',
  must: 'must be a VM size as Azure writes it: the family, the number of vCPUs, features, and the version',
  source: 'https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions',
  example: 'Standard_D4s_v5',
  holds: (value) => faultOf(value) === undefined,
  explain: (value) => faultOf(value) ?? '',
  hint: "'az vm list-sizes --location <region> --output table' lists them",
  canBeMeant: true,
};

const VERSION = /^v([1-9]|1\d)$/i;
/** An accelerator, such as A100 or T4, the number of a memory-optimized size, or the kind of a size. */
const PART = /^([a-z]+\d+[a-z]*\d*[a-z]*|\d{1,2}|cc|flex|xl|ndr|promo)$/i;
/** An accelerator and a version without the "_" between them. */
const JOINED = /\dv\d{1,2}$/i;

/** Why a name is likely not that of a VM size. */
function faultOf(name: string): string | undefined {
  const [, size = '', ...parts] = name.split('_');
  const [, family = '', count = ''] = /^([A-Z]+)(\d+)/i.exec(size) ?? [];
  const hasVersion = parts.some((part) => VERSION.test(part));
  const isGeneral = /^[DE]$/i.test(family);
  const odd = parts.find(
    (part) => !VERSION.test(part) && (!PART.test(part) || JOINED.test(part) || isGeneral || /^v\d{1,2}$/i.test(part)),
  );
  if (odd !== undefined && !/^(promo|cc)$/i.test(odd)) {
    return `"_${odd}" is no version, such as "_v5"`;
  }
  if (isGeneral && !hasVersion && /[a-z]$/.test(size)) {
    return 'it ends with no version, such as "_v5"';
  }
  return isGeneral && isNewer(parts) && Number(count) % 2 === 1
    ? `no size of the family has ${count} vCPUs`
    : undefined;
}

/** Whether a size is of a version in which the number in the name is that of its vCPUs. */
function isNewer(parts: readonly string[]): boolean {
  return parts.some((part) => /^v([3-9]|1\d)$/i.test(part));
}
