import { type Violation, when } from '../core/problems/violation';
import { show } from '../core/values/shown';
import { type Fields, fieldsOf, isFields, isNothing, missingField } from './object-reader';
import { objectsOf, templateOf } from './pod-templates';
import { POD_STRUCTURE, STRUCTURE, STRUCTURE_OF_KINDS, type StructureRule } from './structure-rules';

/**
 * The problems of missing fields and duplicate items, which the provider would report only during a deployment.
 *
 * @see https://github.com/kubernetes/kubernetes/tree/v1.34.0/pkg/apis
 */
export function structureProblems(kind: string, object: Fields): Violation[] {
  const template = templateOf(kind, object);
  return [
    ...walk(object, '', '', [...STRUCTURE, ...(STRUCTURE_OF_KINDS[kind] ?? [])]),
    ...(template === undefined ? [] : walk(template.spec, template.property, '', POD_STRUCTURE)),
    ...metricProblems(kind, object),
    ...ruleProblems(kind, object),
    ...indexProblems(kind, object),
  ];
}

/**
 * @param property The path of the value in messages
 * @param path The path below the first value, without the positions in lists
 */
function walk(value: unknown, property: string, path: string, rules: readonly StructureRule[]): Violation[] {
  if (Array.isArray(value)) {
    const items = value as unknown[];
    return [
      ...rules.filter(({ at }) => at.test(path)).flatMap(({ unique }) => repeatProblems(items, property, unique)),
      ...items.flatMap((item, index) => walk(item, `${property}[${index}]`, path, rules)),
    ];
  }
  if (!isFields(value)) {
    return [];
  }
  return [
    ...rules.filter(({ at }) => at.test(path)).flatMap((rule) => fieldProblems(value, property, rule)),
    ...expressionProblems(value, property, path),
    ...Object.entries(value).flatMap(([name, one]) =>
      walk(one, property === '' ? name : `${property}.${name}`, path === '' ? name : `${path}.${name}`, rules),
    ),
  ];
}

function fieldProblems(
  value: Fields,
  property: string,
  { given = [], one = [], any = [] }: StructureRule,
): Violation[] {
  const found = one.filter((name) => !isMissing(value[name]));
  return [
    ...given.filter((name) => isMissing(value[name])).map((name) => missingField(property, name)),
    ...when(
      one.length > 0 && found.length !== 1,
      'manifest-one-of',
      () =>
        `'${property}' must have one of ${one.join(', ')}, got ${found.length === 0 ? 'none' : found.join(' and ')}`,
    ),
    ...when(
      any.length > 0 && any.every((name) => isNothing(value[name])),
      'manifest-one-of',
      () => `'${property}' must have at least one of ${any.join(', ')}, got none`,
    ),
  ];
}

/** Whether Kubernetes treats a required value as missing. */
function isMissing(value: unknown): boolean {
  return isNothing(value) || value === '' || (Array.isArray(value) && value.length === 0);
}

function repeatProblems(items: readonly unknown[], property: string, unique: readonly string[] = []): Violation[] {
  const keys = items.map((item) => (isFields(item) ? unique.map((name) => item[name]) : []));
  const texts = keys.map((key) => JSON.stringify(key));
  return unique.length === 0
    ? []
    : keys.flatMap((key, index) =>
        when(
          !key.some(isMissing) && texts.indexOf(texts[index] ?? '') < index,
          'manifest-item-unique',
          () =>
            `'${property}[${index}].${unique[0]}' must be unique in its list, got ${key.map((one) => show(one)).join(' with ')} ` +
            'again: use another one, or leave it out',
        ),
      );
}

/** The problems of operators of selectors that need values, or accept none. */
function expressionProblems({ operator, values }: Fields, property: string, path: string): Violation[] {
  const isExpression = /(^|\.)match(Expressions|Fields)$/.test(path);
  const needsValues = ['In', 'NotIn', 'Gt', 'Lt'].includes(String(operator));
  const takesNone = ['Exists', 'DoesNotExist'].includes(String(operator));
  return !isExpression
    ? []
    : [
        ...(needsValues && isMissing(values) ? [missingField(property, 'values')] : []),
        ...when(
          takesNone && !isMissing(values),
          'selector-values',
          () => `'${property}.values' must be left out with the operator ${show(operator)}, got ${show(values)}`,
        ),
      ];
}

/** The problems of metrics without the field that their type names. */
function metricProblems(kind: string, { spec }: Fields): Violation[] {
  const metrics = kind === 'HorizontalPodAutoscaler' && isFields(spec) ? objectsOf(spec.metrics) : [];
  return metrics.flatMap((metric, index) => {
    const { type } = metric;
    const field = typeof type === 'string' ? type.charAt(0).toLowerCase() + type.slice(1) : '';
    return field !== '' && isMissing(metric[field]) ? [missingField(`spec.metrics[${index}]`, field)] : [];
  });
}

/** The problems of rules of a role, each of which applies either to resources of API groups, or to paths. */
function ruleProblems(kind: string, { rules }: Fields): Violation[] {
  return ['Role', 'ClusterRole'].includes(kind)
    ? objectsOf(rules).flatMap((rule, index) =>
        isMissing(rule.nonResourceURLs)
          ? ['apiGroups', 'resources']
              .filter((name) => isMissing(rule[name]))
              .map((name) => missingField(`rules[${index}]`, name))
          : when(
              !isMissing(rule.resources),
              'manifest-one-of',
              () =>
                `'rules[${index}]' must have either resources or nonResourceURLs, got both: put the paths into a separate rule`,
            ),
      )
    : [];
}

/** The problem of an indexed job without a number of completions. */
function indexProblems(kind: string, { spec }: Fields): Violation[] {
  const { completionMode, completions } = kind === 'Job' && isFields(spec) ? spec : {};
  return completionMode === 'Indexed' && isMissing(completions) ? [missingField('spec', 'completions')] : [];
}

/** The problem of a selector that selects no pods, which is rejected. */
export function emptySelectorProblems(kind: string, { spec }: Fields): Violation[] {
  const { selector } = fieldsOf(spec);
  if (!['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind) || !isFields(selector)) {
    return [];
  }
  return when(
    Object.values(selector).every((one) => isMissing(one) || (isFields(one) && Object.keys(one).length === 0)),
    'selector-not-empty',
    () => `'spec.selector' must name at least one label of the pods, got ${show(selector)}`,
  );
}
