/** The effect of a taint on pods that do not tolerate it. */
export enum TaintEffect {
  /** They are not put on the node. */
  NO_SCHEDULE = 'NoSchedule',
  /** They are put on the node only if there is no other. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',
  /** They are not put on the node, and those that are there have to go. */
  NO_EXECUTE = 'NoExecute',
}

/** Keeps pods off the nodes of a pool, but for those that tolerate it. */
export interface Taint {
  /** The key of the taint. */
  readonly key: string;
  /**
   * The value of the taint.
   *
   * @default - empty
   */
  readonly value?: string;
  /** The effect on pods that do not tolerate it. */
  readonly effect: TaintEffect;
}

/** A taint as Azure writes it. */
export function taintText({ key, value = '', effect }: Taint): string {
  return `${key}=${value}:${effect}`;
}

/** A taint that Azure wrote, which may have no value. */
export function readTaint(text: string): Taint {
  const [, key = '', value = '', effect = ''] = /^([^=:]*)=?([^:]*):(.*)$/.exec(text) ?? [];
  return { key, value, effect: effect as TaintEffect };
}

/** Whether pods that do not tolerate a taint of the effect are kept off. */
export function keepsOff(effect: string): boolean {
  return effect === TaintEffect.NO_SCHEDULE.valueOf() || effect === TaintEffect.NO_EXECUTE.valueOf();
}
