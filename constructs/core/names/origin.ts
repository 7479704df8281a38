import { type IResolvable, TerraformStack } from 'cdktf';

/** The stack of the element that a token refers to; undefined for tokens that are not references. */
export function originOf(token: IResolvable): TerraformStack | undefined {
  return 'originStack' in token && TerraformStack.isStack(token.originStack) ? token.originStack : undefined;
}
