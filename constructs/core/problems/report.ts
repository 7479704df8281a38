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
      // the engine reads each message right after its validation, before the others ran
      validations.get(this.scope)?.forEach((one) => one.violations());
    }
    return own.map(({ message }) => message);
  }

  /** The violations that are not acknowledged. */
  public violations(): Violation[] {
    return unacknowledged(this.scope, this.find()).map((one) => readable(this.scope, one));
  }
}

const TOKEN = /\$\{TfToken\[[^\]]+\]\}/g;

/** A violation whose message shows what its references refer to, in place of the engine's tokens. */
function readable(scope: IConstruct, one: Violation): Violation {
  const message = one.message.replace(TOKEN, (token) => canonicalText(scope, token));
  return message === one.message ? one : { ...one, message };
}

/**
 * Reports violations of a construct as problems, which prevent deployment. They are found when the tree is complete.
 */
export function reportProblems(scope: IConstruct, find: () => readonly Violation[]): void {
  scope.node.addValidation(new RuleValidation(scope, find));
}

const warnings = new WeakMap<IConstruct, (() => readonly Violation[])[]>();

/** Reports violations of a construct as warnings, which the CLI prints and `Problems` lists. */
export function reportWarnings(scope: IConstruct, violations: readonly Violation[]): void {
  remember(scope, () => violations);
  annotate(scope, violations);
}

/** As `reportWarnings`, for warnings that are known when the tree is complete. */
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

/** The warnings of a construct that are not acknowledged. */
export function warningsOf(scope: IConstruct): Violation[] {
  return (warnings.get(scope) ?? [])
    .flatMap((find) => find())
    .filter(({ rule }) => !isAcknowledged(scope, rule))
    .map((one) => readable(scope, one));
}

/** The rules behind the warnings that the CLI prints for constructs, by their texts. */
const annotated = new WeakMap<IConstruct, Map<string, string>>();

/** Whether an annotation of a construct is one of the warnings that are reported here. */
export function isOwnAnnotation(scope: IConstruct, text: string): boolean {
  return annotated.get(scope)?.has(text) ?? false;
}

/** Removes the annotations of a construct for warnings that were acknowledged after they were reported. */
export function retractWarnings(scope: IConstruct): void {
  // `node.metadata` is a copy, and constructs has no way to remove an entry
  const metadata: unknown = Reflect.get(scope.node, '_metadata');
  if (Array.isArray(metadata)) {
    const isMeant = (text: string) => {
      const rule = annotated.get(scope)?.get(text);
      return rule !== undefined && isAcknowledged(scope, rule);
    };
    const kept = (metadata as { readonly data: unknown }[]).filter(({ data }) => !isMeant(String(data)));
    metadata.splice(0, metadata.length, ...kept);
  }
}

function remember(scope: IConstruct, find: () => readonly Violation[]): void {
  warnings.set(scope, [...(warnings.get(scope) ?? []), find]);
}

function annotate(scope: IConstruct, violations: readonly Violation[]): void {
  const left = violations.filter(({ rule }) => !isAcknowledged(scope, rule)).map((one) => readable(scope, one));
  for (const { rule, message } of left) {
    annotated.set(scope, (annotated.get(scope) ?? new Map<string, string>()).set(message, rule));
    Annotations.of(scope).addWarning(message);
  }
}
