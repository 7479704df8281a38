import type { TerraformResourceLifecycle } from 'cdktf';

/** The lifecycle of a resource some of whose attributes others change. */
export function ignoring(ignoreChanges: string[]): TerraformResourceLifecycle | undefined {
  return ignoreChanges.length === 0 ? undefined : { ignoreChanges };
}
