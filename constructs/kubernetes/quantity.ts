/** The decimal suffixes in ascending order, each a thousand times the one before. */
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** The number of decimal places that are compared: enough for nano-units of every suffix. */
const DIGITS = 30;

/** Whether a text is a Kubernetes quantity that is not negative. */
export function isQuantity(text: string): boolean {
  return /^\+?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$/.test(text);
}

/**
 * Whether one well-formed Kubernetes quantity is greater than another, regardless of their units.
 *
 * It compares whole numbers, since in floating point, 9m would be slightly above 0.009.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity
 */
export function isAbove(one: string, other: string): boolean {
  return quantityValue(one) > quantityValue(other);
}

/**
 * A well-formed quantity as a whole number: multiplied by ten to the power of `DIGITS` and by a thousand to the power
 * of three.
 */
export function quantityValue(quantity: string): bigint {
  const [, whole = '', fraction = '', suffix = ''] = /^\+?([0-9]*)\.?([0-9]*)(.*)$/.exec(quantity) ?? [];
  const digits = BigInt(whole + fraction.slice(0, DIGITS).padEnd(DIGITS, '0'));
  const exponent = /^[eE]([+-]?[0-9]+)$/.exec(suffix);
  if (exponent !== null) {
    return times10(digits, Number(exponent[1]) + 9);
  }
  const binary = BINARY.indexOf(suffix);
  return binary >= 0 ? times10(digits, 9) * 1024n ** BigInt(binary + 1) : times10(digits, 3 * DECIMAL.indexOf(suffix));
}

function times10(digits: bigint, power: number): bigint {
  return power >= 0 ? digits * 10n ** BigInt(power) : digits / 10n ** BigInt(-power);
}
