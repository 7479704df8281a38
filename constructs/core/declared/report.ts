import type { IConstruct } from 'constructs';
import type { Mistake } from './mistake';

/** Reports mistakes as problems of a construct. */
export function report(scope: IConstruct, mistakes: readonly Mistake[], before = ''): void {
  if (mistakes.length > 0) {
    const messages = mistakes.map(({ path, text }) => `${before}'${path}' ${text}`);
    scope.node.addValidation({ validate: () => messages });
  }
}
