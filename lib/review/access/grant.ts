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
  /** Limits, such as excluded actions or a condition. */
  readonly limits?: readonly string[];
  /** Whether it forbids something, so that its removal widens access. */
  readonly isGuard?: true;
  /** Whether every resource of the type has such a grant, so that only changes are reported. */
  readonly isUsual?: true;
  /** The arguments that determine it, as ends or steps of their paths; absent if all of them do. */
  readonly by?: readonly string[];
  /** The argument that narrows it, and how. */
  readonly narrower?: { readonly text: string; readonly argument: string };
}

/** Who needs no credentials. */
export const ANYONE = 'anyone, without signing in';

/** Reads the permissions that a resource grants. */
export type Reader = (attributes: JsonObject, resource: Resource) => Grant[];

/** The text of an argument, or "not given". */
export function text(value: JsonObject, path: string): string {
  return textAt(value, path) ?? 'not given';
}

/** A reference to the resource that grants something. */
export function itself(address: string): string {
  return `\${${address}.id}`;
}

/** A grant that a boolean argument enables, which may be an expression. */
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
