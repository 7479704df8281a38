import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';

/** A text as Terraform's JSON has it: of two references to one thing, it is the same. */
export function resolvedText(scope: IConstruct, text: string): string {
  return String(resolved(scope, text));
}

/** The JSON of a value as Terraform gets it. */
export function resolvedJson(scope: IConstruct, value: object): string {
  return JSON.stringify(resolved(scope, value));
}

function resolved(scope: IConstruct, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope, preparing: false, resolver });
}
