/** A rule that a program violates. */
export interface Violation {
  /** The id of the rule, such as "registry-name". It is stable: the docs list it, and programs acknowledge it. */
  readonly rule: string;
  /** The property, the value found, the rule and the remedy. */
  readonly message: string;
  /** Whether it can be intentional, and so be acknowledged. Warnings always can. */
  readonly canBeMeant?: boolean;
  /** Whether the message must be read last. */
  readonly isLate?: boolean;
}

/** A violation of the rule with an id. */
export function violation(rule: string, message: string): Violation {
  return { rule, message };
}

/** A violation that can be intentional: it is deployed if it is acknowledged. */
export function questionable(rule: string, message: string): Violation {
  return { rule, message, canBeMeant: true };
}

/** A violation whose message is complete only after all rules were checked. */
export function lateViolation(rule: string, message: () => string): Violation {
  return {
    rule,
    isLate: true,
    get message() {
      return message();
    },
  };
}

/** The violation of a rule, or none. The message is created only if it is needed. */
export function when(isBroken: boolean, rule: string, message: () => string): Violation[] {
  return isBroken ? [violation(rule, message())] : [];
}
