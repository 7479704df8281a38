import type { IConstruct } from 'constructs';
import { canonicalText } from '../core/names/canonical-text';

/** The name of a namespace, also of one that the program creates; undefined if only Terraform knows it. */
export function namespaceText(scope: IConstruct, namespace: string): string | undefined {
  const text = canonicalText(scope, namespace);
  return text.includes('${') ? undefined : text;
}

/** Whether two namespaces are known to be different. */
export function areDifferent(scope: IConstruct, one: string, other: string): boolean {
  const names = [one, other].map((name) => namespaceText(scope, name));
  return names[0] !== names[1] && !names.includes(undefined);
}
