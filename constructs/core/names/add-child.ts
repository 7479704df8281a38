import type { IConstruct } from 'constructs';
import { checkLiteral, type Rule } from '../rules/rule';
import { show } from '../values/shown';
import { reportProblems } from '../problems/report';
import { violation } from '../problems/violation';

/** The id of a construct that a method such as `addFront(id, ...)` creates. */
export const constructId: Rule<string> = {
  id: 'construct-id',
  must: 'must be a non-empty text',
  source: 'https://github.com/aws/constructs',
  example: 'second',
  holds: (value) => value !== '',
};

/**
 * Creates a child of a construct for a method that takes its id. An id that another child has is a problem, where
 * `constructs` would throw; the caller gets that child if it is of the type that the method creates.
 *
 * @param what What the method creates, such as "front"
 * @param type The class of what it creates
 */
export function addChild<T extends IConstruct>(
  scope: IConstruct,
  id: string,
  what: string,
  type: new (...args: never[]) => T,
  make: (id: string) => T,
): T {
  const problems = checkLiteral(constructId, 'id', id);
  const existing = problems.length === 0 ? scope.node.tryFindChild(id) : undefined;
  if (existing !== undefined) {
    problems.push(
      violation(
        'construct-id-unique',
        `'id' must be unique, got ${show(id)} for ${article(what)} ${what}, which is the id of ${existing.node.path} already: give each ` +
          `${what} a different id`,
      ),
    );
  }
  if (problems.length === 0) {
    return make(id);
  }
  reportProblems(scope, () => problems);
  // with problems, nothing is deployed: the id only lets the rest of the program continue
  return existing instanceof type ? existing : make(freeId(scope, existing === undefined ? 'unnamed' : id));
}

/** The id or, if another child has it, the id with a number. */
export function freeId(scope: IConstruct, id: string): string {
  let free = id;
  for (let number = 2; scope.node.tryFindChild(free) !== undefined; number++) {
    free = `${id}-${number}`;
  }
  return free;
}

export function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'an' : 'a';
}
