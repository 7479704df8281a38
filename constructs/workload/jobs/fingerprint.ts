import { Fn, Token } from 'cdktf';
import { createHash } from 'node:crypto';
import { argumentText, isComputed } from '../../core/values/literal-text';

/** The number of characters that distinguish the runs of a job. */
const LENGTH = 8;

/** Characters that change whenever any part of the values does; computed by Terraform if a part is a token. */
export function fingerprint(...values: readonly unknown[]): string {
  const computed: unknown[] = [];
  const literal = JSON.stringify(values, function (this: { readonly [key: string]: unknown }, key, written: unknown) {
    // tokens are encoded as a different text
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
