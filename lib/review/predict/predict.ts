import { bothAt, type Comparison, type Finding } from '../compare/compare';
import { rulePath, showPath } from '../compare/diff';
import { propertyOf, setBack } from '../compare/undo';
import { at, blocks, canonical, type Json } from '../../terraform-json/json';
import { unlessBoth } from '../knowledge/conditions';
import type { ResourceRules } from '../knowledge/rule';
import { sourceOf, type Knowledge } from '../knowledge/tables';
import type { AttributeChange, Cause, Effect, Trap } from '../model';
import { certainlyDiffer } from './known-difference';
import { isOther, itemsAround } from './set-items';
import { trapAt } from './trap-at';

/** The prediction for one resource that exists on both sides. */
export interface Prediction {
  readonly attributes: readonly AttributeChange[];
  /** Why it is replaced; empty if no replacement is predicted. */
  readonly causes: readonly Cause[];
  /** Why it may be replaced: the code alone does not decide it. */
  readonly possibleCauses: readonly Cause[];
  readonly traps: readonly Trap[];
}

const NOTHING: Prediction = { attributes: [], causes: [], possibleCauses: [], traps: [] };

/** Predicts the effects of the differences of a resource, from the knowledge about its type. */
export function predict(comparison: Comparison, knowledge: Knowledge | undefined): Prediction {
  if (comparison.findings.length === 0) {
    return NOTHING;
  }
  const attributes = comparison.findings.map((finding) => attributeChange(finding, comparison, knowledge));
  const causesOf = (kind: Effect['kind']): Cause[] =>
    attributes.flatMap(({ path, effect }) => (effect?.kind === kind ? [causeOf(path, effect)] : []));
  const causes = causesOf('replaces');
  return {
    attributes,
    causes,
    possibleCauses: causesOf('may-replace'),
    // a replaced resource is created from scratch: no update of it can fail.
    traps: causes.length > 0 ? [] : attributes.flatMap((attribute) => rotationTrap(attribute, comparison, knowledge)),
  };
}

/** The reason for a replacement in words. */
function causeOf(attribute: string, { kind, condition, source }: Effect): Cause {
  const text = kind === 'replaces' ? 'forces replacement' : 'may force replacement';
  return { attribute, text: condition ? `${text}: ${condition}` : text, source };
}

function attributeChange(finding: Finding, comparison: Comparison, knowledge?: Knowledge): AttributeChange {
  const { path, before, after, orderOnly, note } = finding;
  const effect = knowledge && effectOf(finding, comparison, knowledge);
  return { path: showPath(path), before, after, orderOnly, effect, note };
}

function effectOf(finding: Finding, comparison: Comparison, knowledge: Knowledge): Effect | undefined {
  const { table, rules } = knowledge;
  if (rules === undefined) {
    const usual = table.usual.some(touching(finding, undefined));
    const condition = `as in nearly every resource of ${table.provider}; this type has no entry in the tables`;
    return usual ? { kind: 'may-replace', condition } : undefined;
  }
  const type = comparison.head?.type ?? '';
  const items = itemsAround(finding, comparison);
  const touches = touching(finding, rules);
  const context = { touches, comparison, rules, source: sourceOf(knowledge, type) };
  if (items.some(({ isKept }) => isKept)) {
    return undefined;
  }
  const doubt = finding.note ?? doubtOf(finding, rules) ?? knowledge.doubt;
  const isReplaced =
    rules.replaces.some(touches) ||
    items.some((item) => isOther(item, comparison, rules)) ||
    rules.counted.some((rule) => touches(rule) && isRecounted(rule, comparison));
  return isReplaced
    ? { kind: doubt ? 'may-replace' : 'replaces', condition: doubt, source: context.source }
    : (conditionalEffect(context, doubt) ?? rotationEffect(context, doubt));
}

/** A difference, and what is known about it. */
interface Context {
  /** Whether a rule for a path applies to it. */
  readonly touches: (rule: string) => boolean;
  readonly comparison: Comparison;
  readonly rules: ResourceRules;
  readonly source: string;
}

function conditionalEffect(
  { touches, comparison, rules, source }: Context,
  doubt: string | undefined,
): Effect | undefined {
  for (const { path, when } of rules.sometimes) {
    const [before, after] = bothAt(comparison, path).map((side) => side ?? rules.defaults[path]);
    const holds = touches(path) && when.holds(before, after, comparison.base?.attributes ?? {});
    if (holds !== false) {
      const certain = holds === true && doubt === undefined;
      return { kind: certain ? 'replaces' : 'may-replace', condition: doubt ?? when.text, source };
    }
  }
  return undefined;
}

function rotationEffect(
  { touches, comparison, rules, source }: Context,
  doubt: string | undefined,
): Effect | undefined {
  const { rotation } = rules;
  const rule = rotation?.paths.find(touches);
  if (rotation === undefined || rule === undefined) {
    return undefined;
  }
  const family = rotation.families?.[rule];
  if (family !== undefined && unlessBoth(rule, family, '').when.holds(...bothAt(comparison, rule), {}) === false) {
    return undefined;
  }
  const kind = at(comparison.head?.attributes, rotation.needs) === undefined ? 'fails' : 'rotates';
  return { kind, condition: doubt, source };
}

function rotationTrap(attribute: AttributeChange, { head }: Comparison, knowledge?: Knowledge): Trap[] {
  const needs = knowledge?.rules?.rotation?.needs;
  if (attribute.effect?.kind !== 'fails' || needs === undefined || head === undefined) {
    return [];
  }
  const { condition, source = '' } = attribute.effect;
  return [
    trapAt(head, {
      attribute: attribute.path,
      text: `this cycles the nodes, which the provider refuses to do without a name for the temporary pool: the plan succeeds, and the apply fails${condition ? `, ${condition}` : ''}`,
      remedies: [
        { text: 'to apply it, set', code: propertyOf(head, needs) },
        setBack('or to keep the nodes', head, attribute.path, attribute.before),
      ],
      source,
    }),
  ];
}

/** Tells whether a rule for a path applies to a difference at, above or below the path; a default is as good as unset. */
function touching(finding: Finding, rules: ResourceRules | undefined): (rule: string) => boolean {
  const { path, before, after, note } = finding;
  const name = rulePath(path);
  return (rule) => {
    if (name.startsWith(`${rule}.`)) {
      return true;
    }
    if (name !== rule && !rule.startsWith(`${name}.`)) {
      return false;
    }
    const value = (side: Json | undefined) => text(side ?? rules?.defaults[rule]);
    if (name === rule) {
      // the same words may stand for another value.
      const isOther = note !== undefined && text(before) === text(after);
      return isOther || value(before) !== value(after);
    }
    const rest = rule.slice(name.length + 1);
    // a block that is not there has no defaults
    const inside = (side: Json | undefined) => (side === undefined ? text(side) : value(at(side, rest)));
    return isReordered(finding) || inside(before) !== inside(after);
  };
}

/** Whether the same blocks stand in another order, so that each place has the attributes of another one. */
function isReordered({ orderOnly, isOrdered }: Finding): boolean {
  return orderOnly === true && isOrdered === true;
}

/** Whether there is another number of the blocks. */
function isRecounted(rule: string, comparison: Comparison): boolean {
  const [before, after] = bothAt(comparison, rule).map((side) => blocks(side).length);
  return before !== after;
}

/** Why a difference in the code may not be one in the cloud: the service may have chosen the value that the code sets. */
function doubtOf(
  { path, before, after, orderOnly, isOrdered }: Finding,
  { computed }: ResourceRules,
): string | undefined {
  const name = rulePath(path);
  // one of several was certainly not chosen by the service.
  if (before === undefined && typeof path.at(-1) === 'string' && computed.includes(name)) {
    return 'unless it is the value that was chosen at creation';
  }
  if (orderOnly && !isOrdered) {
    return 'only if the order of the list matters';
  }
  const isCertain = before === undefined || after === undefined || certainlyDiffer(before, after);
  return isCertain ? undefined : 'unless both expressions give the same value';
}

function text(value: Json | undefined): string {
  return canonical(value ?? null);
}
