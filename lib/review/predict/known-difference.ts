import { hasExpression, parseReference } from '../../terraform-json/expression';
import type { Json } from '../../terraform-json/json';

/** Whether two values certainly differ: both are literals, or they refer to different resources. */
export function certainlyDiffer(before: Json, after: Json): boolean {
  if (!hasExpression(before) && !hasExpression(after)) {
    return true;
  }
  const [old, now] = [managedAddress(before), managedAddress(after)];
  return old !== undefined && now !== undefined && old !== now;
}

/** The address of the managed resource that a value refers to; undefined for any other value. */
function managedAddress(value: Json): string | undefined {
  const address = typeof value === 'string' ? parseReference(value)?.address : undefined;
  return address === undefined || /^(data|var|local|module|each|count|path|self)\./.test(address) ? undefined : address;
}
