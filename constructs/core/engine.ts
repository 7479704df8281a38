import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { reportCircles } from './order/order';

/*
 * A program must load one copy of cdktf. With two, classes and symbols of one mean nothing to the other, and errors
 * appear far from the cause. For two copies of constructs, see one-copy.ts.
 */

const checked = new WeakSet<IConstruct>();

/**
 * Requires that the engine of a program is the copy of cdktf that this library loads. Also makes its stack report
 * cycles, since the engine's own message does not name constructs.
 *
 * @throws an Error that says what to install, if it is another copy, or cdktn beside cdktf
 */
export function requireEngine(scope: IConstruct): void {
  const stack: IConstruct | undefined = scope.node.scopes.find((one) => TerraformStack.isStack(one));
  if (stack === undefined || checked.has(stack)) {
    return;
  }
  if (!(stack instanceof TerraformStack)) {
    throw new Error(
      `the stack ${stack.node.path} is of another copy of cdktf than the one that cdktf-aks loads, or of cdktn: ` +
        '`npm ls cdktf cdktn` shows them. Keep one; install cdktn under the name cdktf, with "cdktf": "npm:cdktn@<version>" in package.json',
    );
  }
  checked.add(stack);
  reportCircles(stack);
}
