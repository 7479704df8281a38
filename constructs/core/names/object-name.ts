import { type TerraformElement, TerraformStack } from 'cdktf';

/** The name of an object outside Terraform, and the place in which no other object of its kind may have it. */
export interface ObjectName {
  /** The kind of the object, such as "cluster". */
  readonly kind: string;
  /** The name, which is compared case-insensitively. */
  readonly name: string;
  /** The name of the place in messages, such as "its resource group". */
  readonly within: string;
  /** The place by names or references; empty for a name that is unique everywhere. */
  readonly place: readonly string[];
  /** When the object has the name, such as "while its nodes are replaced"; always if omitted. */
  readonly when?: string;
}

const namesByStack = new WeakMap<TerraformStack, Map<string, ObjectName>>();

/** Remembers the name of the object of a resource or a data source, so that references to it can be compared. */
export function rememberName(element: TerraformElement, name: ObjectName): void {
  const stack = TerraformStack.of(element);
  const names = namesByStack.get(stack) ?? new Map<string, ObjectName>();
  namesByStack.set(stack, names);
  // not by `friendlyUniqueId`, which cannot be overridden after it was read
  names.set(stack.getLogicalId(element), name);
}

/**
 * The remembered name of the object behind a resource or a data source of a stack; undefined if none was remembered.
 */
export function nameAt(stack: TerraformStack, logicalId: string): ObjectName | undefined {
  return namesByStack.get(stack)?.get(logicalId);
}

/** Whether the name of the object of a resource was remembered. */
export function hasRememberedName(element: TerraformElement): boolean {
  const stack = TerraformStack.of(element);
  return nameAt(stack, stack.getLogicalId(element)) !== undefined;
}
