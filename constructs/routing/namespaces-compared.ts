import { Token } from 'cdktf';

/** Whether two namespaces are different for sure: a reference may lead to one of the name that the other is given as. */
export function areDifferent(one: string, other: string): boolean {
  return one !== other && Token.isUnresolved(one) === Token.isUnresolved(other);
}
