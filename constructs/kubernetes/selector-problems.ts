import { Token } from 'cdktf';
import type { Violation } from '../core/problems/violation';
import { emptyProblems } from '../core/rules/restriction';
import { check } from '../core/rules/rule';
import { labelKey, labelValue } from './kubernetes-rules';

/**
 * The problems of labels that select pods.
 *
 * @param remedy The remedy if there are none
 */
export function selectorProblems(
  property: string,
  labels: { readonly [label: string]: string },
  remedy: string,
): Violation[] {
  return [
    ...emptyProblems(property, labels, 'label', remedy),
    ...Object.entries(Token.isUnresolved(labels) ? {} : labels).flatMap(([key, value]) => [
      ...check(labelKey, property, key),
      ...check(labelValue, `${property}.${key}`, value),
    ]),
  ];
}
