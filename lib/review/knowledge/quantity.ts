import { isScalar, own, type Json } from '../../terraform-json/json';

/** The suffixes of Kubernetes quantities: powers of ten, and powers of two. */
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

/** The smallest part in Kubernetes is a billionth. */
const NANO = 9;

/** A Kubernetes quantity, or any other number, in billionths: "1000m" equals "1"; undefined for other values. */
export function quantityOf(value: Json | undefined): bigint | undefined {
  const match = isScalar(value) ? /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,2}))?([A-Za-z]*)$/.exec(String(value)) : null;
  const [, sign, whole = '', part = '', exponent = '0', suffix = ''] = match ?? [];
  const [ten, two] = [own(DECIMAL, suffix), own(BINARY, suffix)];
  if (match === null || whole + part === '' || (ten === undefined && two === undefined)) {
    return undefined;
  }
  const digits = BigInt(whole + part) * 2n ** BigInt(two ?? 0);
  const power = NANO - part.length + Number(exponent) + (ten ?? 0);
  const size = power >= 0 ? digits * 10n ** BigInt(power) : digits / 10n ** BigInt(-power);
  return sign === '-' ? -size : size;
}
