import { Address4, Address6 } from 'ip-address';

/** The words of Azure and Kubernetes for every address. */
const ANYWHERE = ['*', 'internet', 'any'];

/** A source that is let in: a range of addresses, or a name such as a service tag. */
export interface Source {
  readonly text: string;
  /** Undefined for a name. */
  readonly range?: { readonly isV6: boolean; readonly first: bigint; readonly last: bigint };
}

/** Whether a source is the whole internet. */
export function isAnywhere(text: string): boolean {
  // with a prefix of zero bits, the address in front of it does not matter.
  return ANYWHERE.includes(text.trim().toLowerCase()) || /\/0+$/.test(text.trim());
}

/** Parses a source once, so that it can be compared with thousands of others. */
export function parseSource(text: string): Source {
  const trimmed = text.trim();
  const isV6 = Address6.isValid(trimmed);
  if (!isV6 && !Address4.isValid(trimmed)) {
    return { text };
  }
  const address = isV6 ? new Address6(trimmed) : new Address4(trimmed);
  return {
    text,
    range: { isV6, first: address.startAddress().bigInt(), last: address.endAddress().bigInt() },
  };
}

/** Whether every address of one source is in another; names cover only themselves. */
export function covers(wide: Source, narrow: Source): boolean {
  if (wide.text === narrow.text || isAnywhere(wide.text)) {
    return true;
  }
  const [outer, inner] = [wide.range, narrow.range];
  return (
    outer !== undefined &&
    inner !== undefined &&
    outer.isV6 === inner.isV6 &&
    outer.first <= inner.first &&
    inner.last <= outer.last
  );
}
