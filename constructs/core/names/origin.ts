import { type IResolvable, TerraformStack } from 'cdktf';

/** The stack that a reference is to, which cdktf keeps with it; undefined for other tokens. */
export function originOf(token: IResolvable): TerraformStack | undefined {
  return 'originStack' in token && TerraformStack.isStack(token.originStack) ? token.originStack : undefined;
}
