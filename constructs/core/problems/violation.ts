/** A rule that does not hold for what the author of a program wrote. */
export interface Violation {
  /** The id of the rule, such as "registry-name". It is stable: the docs list it, and programs acknowledge it. */
  readonly rule: string;
  /** The property, the value found, the rule and the remedy. */
  readonly message: string;
  /** Whether it can be meant, and so be acknowledged. Warnings always can. */
  readonly canBeMeant?: boolean;
  /** Whether the message is to be read last. */
  readonly isLate?: boolean;
}

/** A violation of the rule with an id. */
export function violation(rule: string, message: string): Violation {
  return { rule, message };
}

/** A violation that is deployed as it is once somebody has acknowledged it. */
export function questionable(rule: string, message: string): Violation {
  return { rule, message, canBeMeant: true };
}

/** A violation whose message is complete once all rules were asked. */
export function lateViolation(rule: string, message: () => string): Violation {
  return {
    rule,
    isLate: true,
    get message() {
      return message();
    },
  };
}

/** The violation of a rule, or none. The message is only made where it is needed. */
export function when(isBroken: boolean, rule: string, message: () => string): Violation[] {
  return isBroken ? [violation(rule, message())] : [];
}
