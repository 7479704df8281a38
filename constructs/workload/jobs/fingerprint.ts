import { Fn, Token } from 'cdktf';
import { createHash } from 'node:crypto';
import { argumentText, isComputed } from '../../core/values/literal-text';

/** How many characters tell the runs of a job apart. */
const LENGTH = 8;

/**
 * Characters that are others whenever any part of the values is: computed by Terraform where only it knows a part.
 */
export function fingerprint(...values: readonly unknown[]): string {
  const computed: unknown[] = [];
  const literal = JSON.stringify(values, function (this: { readonly [key: string]: unknown }, key, written: unknown) {
    // tokens are written as another text than they are
    const value = this[key];
    if (typeof value === 'string' ? isComputed(value) : Token.isUnresolved(value)) {
      computed.push(typeof value === 'string' ? argumentText(value) : value);
      return 'computed';
    }
    return written;
  });
  const hash = createHash('sha256').update(literal).digest('hex').slice(0, LENGTH);
  return computed.length === 0 ? hash : Fn.substr(Fn.sha256(Fn.jsonencode([hash, ...computed])), 0, LENGTH);
}
