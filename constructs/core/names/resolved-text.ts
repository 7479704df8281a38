import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';

/** A text as in Terraform's JSON, which is equal for two references to one attribute. */
export function resolvedText(scope: IConstruct, text: string): string {
  return String(resolved(scope, text));
}

/** A value as Terraform's JSON. */
export function resolvedJson(scope: IConstruct, value: object): string {
  return JSON.stringify(resolved(scope, value));
}

function resolved(scope: IConstruct, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope, preparing: false, resolver });
}
