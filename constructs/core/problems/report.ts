import { Annotations, Aspects } from 'cdktf';
import type { IConstruct, IValidation } from 'constructs';
import { isAcknowledged, unacknowledged } from './acknowledgements';
import { canonicalText } from '../names/canonical-text';
import type { Violation } from './violation';

const validations = new WeakMap<IConstruct, readonly RuleValidation[]>();

/** A validation of a node that knows the rules behind its messages. */
export class RuleValidation implements IValidation {
  constructor(
    private readonly scope: IConstruct,
    private readonly find: () => readonly Violation[],
  ) {
    validations.set(scope, [...(validations.get(scope) ?? []), this]);
  }

  public validate(): string[] {
    const own = this.violations();
    if (own.some(({ isLate = false }) => isLate)) {
      // the engine asks one validation after the other, and takes its answer as it is
      validations.get(this.scope)?.forEach((one) => one.violations());
    }
    return own.map(({ message }) => message);
  }

  /** The violations that nobody has acknowledged. */
  public violations(): Violation[] {
    return unacknowledged(this.scope, this.find()).map((one) => readable(this.scope, one));
  }
}

const TOKEN = /\$\{TfToken\[[^\]]+\]\}/g;

/** A violation whose message says what its references refer to, where it would show them as the engine has them. */
function readable(scope: IConstruct, one: Violation): Violation {
  const message = one.message.replace(TOKEN, (token) => canonicalText(scope, token));
  return message === one.message ? one : { ...one, message };
}

/** Reports violations of a construct as problems: nothing is deployed with them. They are found when the tree is complete. */
export function reportProblems(scope: IConstruct, find: () => readonly Violation[]): void {
  scope.node.addValidation(new RuleValidation(scope, find));
}

const warnings = new WeakMap<IConstruct, (() => readonly Violation[])[]>();

/** Reports violations of a construct as warnings, which the CLI prints and `Problems` lists. */
export function reportWarnings(scope: IConstruct, violations: readonly Violation[]): void {
  if (violations.length > 0) {
    remember(scope, () => violations);
    annotate(scope, violations);
  }
}

/** As `reportWarnings`, for what is known when the tree is complete. */
export function reportWarningsLate(scope: IConstruct, find: () => readonly Violation[]): void {
  remember(scope, find);
  let isDone = false;
  Aspects.of(scope).add({
    visit: (node) => {
      if (node === scope && !isDone) {
        isDone = true;
        annotate(scope, find());
      }
    },
  });
}

/** The warnings of a construct that nobody has acknowledged. */
export function warningsOf(scope: IConstruct): Violation[] {
  return (warnings.get(scope) ?? [])
    .flatMap((find) => find())
    .filter(({ rule }) => !isAcknowledged(scope, rule))
    .map((one) => readable(scope, one));
}

/** Takes back the annotations of a construct for warnings that were acknowledged after they were reported. */
export function retractWarnings(scope: IConstruct): void {
  const all = (warnings.get(scope) ?? []).flatMap((find) => find());
  const meant = new Set(all.filter(({ rule }) => isAcknowledged(scope, rule)).map(({ message }) => message));
  // `node.metadata` is a copy: constructs has no way to take an entry back
  const metadata: unknown = Reflect.get(scope.node, '_metadata');
  if (meant.size > 0 && Array.isArray(metadata)) {
    const kept = (metadata as { readonly data: unknown }[]).filter(({ data }) => !meant.has(String(data)));
    metadata.splice(0, metadata.length, ...kept);
  }
}

function remember(scope: IConstruct, find: () => readonly Violation[]): void {
  warnings.set(scope, [...(warnings.get(scope) ?? []), find]);
}

function annotate(scope: IConstruct, violations: readonly Violation[]): void {
  for (const { rule, message } of violations) {
    if (!isAcknowledged(scope, rule)) {
      Annotations.of(scope).addWarning(message);
    }
  }
}
