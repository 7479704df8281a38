import { type TerraformElement, TerraformStack } from 'cdktf';

/** What an object is called in Azure or in Kubernetes, and where no other one of its kind may be called so. */
export interface ObjectName {
  /** What it is, such as "cluster". */
  readonly kind: string;
  /** The name. Azure compares it without regard to case, and Kubernetes knows no upper case. */
  readonly name: string;
  /** Where the name is unique, as a message says it, such as "its resource group". */
  readonly within: string;
  /** That place, by names or references; empty for all of Azure. */
  readonly place: readonly string[];
  /** When it has that name, such as "while its nodes are replaced"; always if left out. */
  readonly when?: string;
}

const namesByStack = new WeakMap<TerraformStack, Map<string, ObjectName>>();

/** Remembers what a resource or a data source is called in Azure, for references to it to be compared. */
export function rememberName(element: TerraformElement, name: ObjectName): void {
  const stack = TerraformStack.of(element);
  const names = namesByStack.get(stack) ?? new Map<string, ObjectName>();
  namesByStack.set(stack, names);
  // not by `friendlyUniqueId`, which could not be overridden once it was read
  names.set(stack.getLogicalId(element), name);
}

/** What the resource or the data source with a Terraform address in a stack is called in Azure, if it was remembered. */
export function nameAt(stack: TerraformStack, logicalId: string): ObjectName | undefined {
  return namesByStack.get(stack)?.get(logicalId);
}

/** Whether what a resource is called was remembered. */
export function hasRememberedName(element: TerraformElement): boolean {
  const stack = TerraformStack.of(element);
  return nameAt(stack, stack.getLogicalId(element)) !== undefined;
}
