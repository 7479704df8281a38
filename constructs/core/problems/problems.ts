import type { IConstruct, IValidation } from 'constructs';
import { rememberAcknowledged } from './acknowledgements';
import { engineViolations } from './engine-messages';
import { isOwnAnnotation, reportProblems, retractWarnings, RuleValidation, warningsOf } from './report';
import { violation, type Violation } from './violation';

/** The severity of a problem. */
export enum Severity {
  /** Prevents the deployment: a service or Terraform would reject it, or it would not work. */
  ERROR = 'error',
  /** A possible mistake, which does not prevent deployment. */
  WARNING = 'warning',
}

/** A violation of a rule by a construct. */
export interface Problem {
  /** The path of the construct in the tree, such as "platform/cluster"; empty for the app itself. */
  readonly path: string;
  /** The id of the violated rule, such as "registry-name": stable, and listed in the docs. */
  readonly rule: string;
  /** The property, the value found, the rule and the remedy. */
  readonly message: string;
  /** Whether it prevents the deployment. */
  readonly severity: Severity;
}

/**
 * The problems of a construct tree, found when the program runs and before anything is deployed.
 *
 * No construct of this library throws for an invalid value. Each reports its problems as a validation of its node, so
 * that all problems of an app are shown together:
 *
 * - a program that asks `Problems.of(app)` before `app.synth()` can print them and stop, and no file is written;
 * - a program that does not ask gets all problems of a stack as the error that `app.synth()` throws.
 *
 * Call it when the tree is complete: some rules concern constructs that are created later, such as a second provider.
 *
 * @example
 * const problems = Problems.of(app);
 * if (problems.length > 0) {
 *   console.error(problems.join('\n'));
 *   process.exitCode = 1;
 * } else {
 *   app.synth();
 * }
 */
export class Problems {
  /**
   * The text of every problem at and below `scope` that prevents its deployment, as "[construct path] message", in the
   * order of the construct tree.
   *
   * A validation that throws, from any library, is listed too, and does not hide the problems of other constructs.
   *
   * @param scope Where to start: an app, a stack or a single construct
   */
  public static of(scope: IConstruct): string[] {
    return scope.node.findAll().flatMap(errorsOf).map(withMessage).map(textOf);
  }

  /**
   * The text of every warning at and below `scope`, as "[construct path] message", in the order of the construct tree.
   *
   * The CLI of cdktf prints them too; a program that runs without it has to print them itself.
   *
   * @param scope Where to start: an app, a stack or a single construct
   */
  public static warningsOf(scope: IConstruct): string[] {
    return scope.node.findAll().flatMap(warningProblemsOf).map(withMessage).map(textOf);
  }

  /**
   * Every problem and every warning at and below `scope` with the id of its rule, in the order of the construct tree.
   *
   * @param scope Where to start: an app, a stack or a single construct
   */
  public static list(scope: IConstruct): Problem[] {
    const found = scope.node.findAll().flatMap((one) => [...errorsOf(one), ...warningProblemsOf(one)]);
    return found.map(withMessage);
  }

  /**
   * Declares violations of a rule at and below `scope` intentional. Their warnings are no longer listed and printed,
   * and neither are problems that can be intentional, such as "shared-votes"; all others remain.
   *
   * @param scope Where they are intentional: a construct, or a stack or an app with everything in it
   * @param rule The id of the rule
   * @param reason Why they are intentional, for readers of the program
   */
  public static acknowledge(scope: IConstruct, rule: string, reason: string): void {
    if (typeof reason !== 'string' || reason.trim() === '') {
      const message = `'reason' must say why ${rule} is acknowledged, got nothing: readers of the program need to know`;
      reportProblems(scope, () => [violation('acknowledgement', message)]);
      return;
    }
    rememberAcknowledged(scope, rule);
    scope.node.findAll().forEach(retractWarnings);
  }

  private constructor() {}
}

function textOf({ path, message }: Problem): string {
  return path === '' ? message : `[${path}] ${message}`;
}

/** A violation before its message is read: some messages are complete only after all rules were checked. */
interface Found {
  readonly path: string;
  readonly violation: Violation;
  readonly severity: Severity;
}

function withMessage({ path, violation: { rule, message }, severity }: Found): Problem {
  return { path, rule, message, severity };
}

function errorsOf(construct: IConstruct): Found[] {
  const { path } = construct.node;
  return violationsOf(construct).map((one) => ({ path, violation: one, severity: Severity.ERROR }));
}

/** The warnings of a construct: those of this library by their rules, and those of others. */
function warningProblemsOf(construct: IConstruct): Found[] {
  const { node } = construct;
  const others = node.metadata
    .filter(({ type, data }) => type === '@cdktf/warn' && !isOwnAnnotation(construct, String(data)))
    .map(({ data }) => violation('other', String(data)));
  return [...warningsOf(construct), ...others].map((one) => ({
    path: node.path,
    violation: one,
    severity: Severity.WARNING,
  }));
}

/**
 * The violations that the validations of a construct return; for a validation that throws, a violation that says so.
 */
function violationsOf({ node }: IConstruct): Violation[] {
  // `node.validate()` runs all of them, and one that throws would hide the others
  const validations: unknown = Reflect.get(node, '_validations');
  const all = Array.isArray(validations) ? (validations as IValidation[]) : [node];
  return all.flatMap(answerOf);
}

function answerOf(validation: IValidation): readonly Violation[] {
  try {
    return validation instanceof RuleValidation
      ? validation.violations()
      : validation.validate().flatMap(engineViolations);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [
      violation(
        'failed-validation',
        `a validation of this construct failed with an error, so its problems are unknown: ${reason}`,
      ),
    ];
  }
}
