/** Whether a statement holds according to the code; undefined if only Terraform knows. */
export type Answer = boolean | undefined;

/** Whether a statement does not hold. */
export function not(answer: Answer): Answer {
  return answer === undefined ? undefined : !answer;
}

/** Whether any of several statements holds. */
export function any(answers: readonly Answer[]): Answer {
  return answers.includes(true) || orOpen(answers, false);
}

/** Whether all of several statements hold. */
export function all(answers: readonly Answer[]): Answer {
  return answers.includes(false) ? false : orOpen(answers, true);
}

function orOpen(answers: readonly Answer[], answer: boolean): Answer {
  return answers.includes(undefined) ? undefined : answer;
}
