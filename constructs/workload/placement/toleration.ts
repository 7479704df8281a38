import type { DeploymentV1SpecTemplateSpecToleration } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { Fn, type IResolvable, TerraformIterator, Token } from 'cdktf';
import { type Violation, when } from '../../core/problems/violation';
import { check } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import { numberText } from '../../core/values/number-text';
import { show } from '../../core/values/shown';
import { labelKey, nodeLabelValue, seconds as secondsRule } from '../../kubernetes/kubernetes-rules';
import { readTaint, TaintEffect } from '../../kubernetes/taint';

/** A taint of nodes that pods tolerate. */
export interface TolerationProps {
  /**
   * The key of the taint.
   *
   * @default - every key
   */
  readonly key?: string;
  /**
   * The value of the taint. Needs a `key`.
   *
   * @default - every value
   */
  readonly value?: string;
  /**
   * The effect of the taint.
   *
   * @default - every effect
   */
  readonly effect?: TaintEffect;
  /**
   * The seconds that a pod remains on a node that gets the taint. Only with `TaintEffect.NO_EXECUTE`.
   *
   * @default - it remains
   */
  readonly seconds?: number;
}

/** A toleration in a pod template. */
export function renderToleration(toleration: TolerationProps): DeploymentV1SpecTemplateSpecToleration {
  const { key, value, effect, seconds } = toleration;
  return {
    key,
    operator: value === undefined ? 'Exists' : 'Equal',
    value,
    effect,
    tolerationSeconds: seconds === undefined ? undefined : numberText(seconds),
  };
}

/** The toleration of one taint. */
export function tolerationOf(taint: string): DeploymentV1SpecTemplateSpecToleration {
  const { key, value, effect } = readTaint(taint);
  return { key, operator: 'Equal', value, effect };
}

/** One toleration for each taint of a list that is a token. */
export function tolerationsOf(taints: string[]): IResolvable {
  const iterator = TerraformIterator.fromList(taints);
  const parts = Fn.regex('^([^=:]*)=?([^:]*):(.*)$', iterator.value as string) as string[];
  const part = (index: number): string => Token.asString(Fn.element(parts, index));
  return iterator.dynamic({ key: part(0), operator: 'Equal', value: part(1), effect: part(2) });
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go */
export function tolerationProblems(property: string, toleration: TolerationProps): Violation[] {
  const { key, value, effect, seconds } = toleration;
  return [
    ...check(labelKey, `${property}.key`, key),
    ...check(nodeLabelValue, `${property}.value`, value),
    ...check(secondsRule, `${property}.seconds`, seconds),
    ...when(
      key === undefined && value !== undefined,
      'toleration-value-of-key',
      () =>
        `'${property}.key' must be given with a 'value', got ${isKnown(value) ? show(value) : 'a value'} without a key: specify the key, or leave the value out`,
    ),
    ...when(
      seconds !== undefined && effect !== TaintEffect.NO_EXECUTE && !Token.isUnresolved(effect),
      'toleration-seconds-of-no-execute',
      () =>
        `'${property}.effect' must be TaintEffect.NO_EXECUTE with 'seconds', got ${effect ?? 'none'}: other taints do not evict pods`,
    ),
  ];
}
