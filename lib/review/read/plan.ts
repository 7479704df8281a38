import { escapeTemplates } from '../../terraform-json/expression';
import { isObject, listAt, mapStrings, ordered, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import { withoutKeys } from './program';
import { messageOf, readJson } from '../../terraform-json/read';

/** The planned change of one instance of a resource. */
export interface PlannedChange {
  readonly address: string;
  /** The address in the code, without the keys of modules and instances. */
  readonly declared: string;
  readonly type: string;
  readonly actions: readonly string[];
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** The shape of `after`, with true in place of values that are known only after the apply. */
  readonly unknown: Json;
  readonly beforeMarks: Json;
  readonly afterMarks: Json;
  /** The attributes that force a replacement, dotted and without positions. */
  readonly replacePaths: readonly string[];
  readonly previousAddress?: string;
  readonly reason?: string;
  readonly importing: boolean;
}

/** Terraform's plan for one stack. */
export interface Plan {
  readonly changes: readonly PlannedChange[];
  /** Whether planning ended with an error, so that the plan is incomplete. */
  readonly isPartial: boolean;
  /** Values outside of resources that the plan marks as sensitive. */
  readonly secrets: readonly Json[];
}

/**
 * Reads the output of `terraform show -json`.
 *
 * @throws an Error whose message is one line that names the file and what is wrong with it
 */
export function readPlan(file: string): Plan {
  const hint = 'give the output of: terraform show -json FILE';
  let plan: Json;
  try {
    plan = readJson(file);
  } catch (error) {
    throw new Error(`${messageOf(error)}; ${hint}`);
  }
  const changes = isObject(plan) ? plan['resource_changes'] : undefined;
  if (
    !isObject(plan) ||
    textAt(plan, 'format_version') === undefined ||
    (changes !== undefined && !Array.isArray(changes))
  ) {
    throw new Error(`${file}: not a plan in JSON; ${hint}`);
  }
  const version = textAt(plan, 'format_version') ?? '';
  if (!/^[01](\.|$)/.test(version)) {
    throw new Error(`${file}: a plan in format ${version}, which is not known; the formats 0.x and 1.x are`);
  }
  return {
    isPartial: textAt(plan, 'errored') === 'true',
    changes: (changes ?? []).filter(isObject).map(plannedChange),
    secrets: secretsOf(plan),
  };
}

function plannedChange(entry: JsonObject): PlannedChange {
  const change = isObject(entry['change']) ? entry['change'] : {};
  const address = textAt(entry, 'address') ?? '';
  return {
    address,
    declared: withoutKeys(address),
    type: textAt(entry, 'type') ?? '',
    actions: listAt(change, 'actions'),
    before: asCode(objectAt(change, 'before')),
    after: asCode(objectAt(change, 'after')),
    unknown: change['after_unknown'] ?? {},
    beforeMarks: change['before_sensitive'] ?? {},
    afterMarks: change['after_sensitive'] ?? {},
    replacePaths: (Array.isArray(change['replace_paths']) ? change['replace_paths'] : []).map(dotted),
    previousAddress: textAt(entry, 'previous_address'),
    reason: textAt(entry, 'action_reason'),
    importing: isObject(change['importing']),
  };
}

/** The values of a plan as they are written in code, where literal text that looks like a template is escaped. */
function asCode(values: JsonObject): JsonObject {
  return ordered(mapStrings(values, escapeTemplates) as JsonObject);
}

function dotted(path: Json): string {
  return (Array.isArray(path) ? path : [path]).filter((step) => typeof step === 'string').join('.');
}

function objectAt(change: JsonObject, key: string): JsonObject {
  const value = change[key];
  return isObject(value) ? value : {};
}

/** The values of sensitive variables and outputs, including those of the prior state. */
function secretsOf(plan: JsonObject): Json[] {
  const declared = objectAt(objectAt(objectAt(plan, 'configuration'), 'root_module'), 'variables');
  const given = objectAt(plan, 'variables');
  const variables = Object.keys(given).filter((name) => textAt(declared[name], 'sensitive') === 'true');
  const outputs = [objectAt(plan, 'planned_values'), objectAt(objectAt(plan, 'prior_state'), 'values')]
    .flatMap((values) => Object.values(objectAt(values, 'outputs')))
    .filter((output) => textAt(output, 'sensitive') === 'true');
  const changes = Object.values(objectAt(plan, 'output_changes')).filter(isObject);
  return [
    ...variables.map((name) => objectAt(given, name)['value'] ?? null),
    ...outputs.map((output) => (isObject(output) ? (output['value'] ?? null) : null)),
    ...changes.flatMap((change) => [
      change['before_sensitive'] === true ? (change['before'] ?? null) : null,
      change['after_sensitive'] === true ? (change['after'] ?? null) : null,
    ]),
  ];
}
