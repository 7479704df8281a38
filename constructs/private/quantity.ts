const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

/**
 * The value of a well-formed Kubernetes quantity, for comparisons.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity
 */
export function quantityValue(quantity: string): number {
  const [, digits, suffix] = /^\+?([0-9.]+)(.*)$/.exec(quantity) ?? [];
  return Number(digits) * scale(suffix ?? '');
}

function scale(suffix: string): number {
  if (/^[eE][+-]?[0-9]+$/.test(suffix)) {
    return Number(`1${suffix}`);
  }
  const binary = BINARY.indexOf(suffix);
  return binary >= 0 ? 1024 ** (binary + 1) : 1000 ** (DECIMAL.indexOf(suffix) - DECIMAL.indexOf(''));
}
