import { isExpression } from '../../terraform-json/expression';
import { at, textAt, type JsonObject } from '../../terraform-json/json';
import type { Resource } from '../read/program';

/** A permission: who may do what, and on what. */
export interface Grant {
  /** Identifies the grant on both sides of a change. */
  readonly key: string;
  readonly who: string;
  /** A role's name, or single permissions. */
  readonly may: readonly string[];
  readonly on: string;
  /** What limits it: excluded actions, a condition. */
  readonly limits?: readonly string[];
  /** Whether it says what is forbidden instead, so that there is more access without it. */
  readonly isGuard?: true;
  /** Whether it tells something only where it changes: everything of its type has it, if with other permissions. */
  readonly isUsual?: true;
  /** The arguments that decide about it: the ends of their paths, or steps in them; absent if all of them do. */
  readonly by?: readonly string[];
  /** The argument with which it can be less, and how. */
  readonly narrower?: { readonly text: string; readonly argument: string };
}

/** Reads the permissions that a resource grants. */
export type Reader = (attributes: JsonObject, resource: Resource) => Grant[];

/** A text of a resource, or a word for its absence. */
export function text(value: JsonObject, path: string): string {
  return textAt(value, path) ?? 'not given';
}

/** The resource that grants something, as others refer to it. */
export function itself(address: string): string {
  return `\${${address}.id}`;
}

/** A grant that a switch turns on, which may depend on what only a run of Terraform knows. */
export function when(given: JsonObject, name: string, grant: Omit<Grant, 'key'>, standard = false): Grant[] {
  const value = at(given, name) ?? standard;
  const switched = { ...grant, key: name, by: [name] };
  if (isExpression(value)) {
    return [{ ...switched, may: grant.may.map((right) => `${right}, if ${value}`) }];
  }
  const isOn = String(value) === 'true';
  if (grant.isUsual) {
    return [{ ...switched, may: isOn ? grant.may : [] }];
  }
  return isOn ? [switched] : [];
}
