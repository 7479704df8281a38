import type { IConstruct, IValidation } from 'constructs';

/**
 * What is wrong with a construct tree, found when the program runs and before anything is deployed.
 *
 * No construct of this library throws for a bad value. Each reports what is wrong with it as a validation of its
 * node, so that all problems of an app are seen together:
 *
 * - a program that asks `Problems.of(app)` before `app.synth()` can print them and stop, and no file is written;
 * - a program that does not ask gets all problems of a stack as the error that `app.synth()` throws.
 */
export class Problems {
  /**
   * Every problem at and below `scope`, each as "[construct path] message", in the order of the construct tree.
   *
   * A validation that fails by itself, of whatever library, is listed too, and hides no problem of another construct.
   *
   * Ask when the tree is complete: some rules are about constructs that come later, such as a second provider.
   *
   * @param scope Where to start: an app, a stack or a single construct
   */
  public static of(scope: IConstruct): string[] {
    return scope.node
      .findAll()
      .flatMap((construct) =>
        messagesOf(construct).map((message) => (construct.node.path ? `[${construct.node.path}] ${message}` : message)),
      );
  }

  private constructor() {}
}

/** What the validations of one construct say; of one that failed, that it did. */
function messagesOf({ node }: IConstruct): string[] {
  // `node.validate()` asks all of them at once, and then one that fails hides the others
  const validations: unknown = Reflect.get(node, '_validations');
  const all = Array.isArray(validations) ? (validations as IValidation[]) : [node];
  return all.flatMap(answerOf);
}

function answerOf(validation: IValidation): string[] {
  try {
    return validation.validate();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`a validation of this construct failed by itself, so its problems are not known: ${reason}`];
  }
}
