import { Token } from 'cdktf';

/** A number where Terraform expects a string. A token must not be formatted, since its number encodes a reference. */
export function numberText(value: number): string {
  return Token.isUnresolved(value) ? Token.asString(value) : String(value);
}
