import { Token } from 'cdktf';

/** A number where Terraform wants a string. A token must not be formatted: its number is a code for what it stands for. */
export function numberText(value: number): string {
  return Token.isUnresolved(value) ? Token.asString(value) : String(value);
}
