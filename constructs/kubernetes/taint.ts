/** The effect of a taint on pods that do not tolerate it. */
export enum TaintEffect {
  /** New pods are not scheduled on the node. */
  NO_SCHEDULE = 'NoSchedule',
  /** Pods are scheduled on the node only if no other node is available. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',
  /** New pods are not scheduled on the node, and running pods are evicted. */
  NO_EXECUTE = 'NoExecute',
}

/** Keeps pods off the nodes of a pool unless they tolerate it. */
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

/** A taint in the notation of Azure. */
export function taintText({ key, value = '', effect }: Taint): string {
  return `${key}=${value}:${effect}`;
}

/** Parses a taint in the notation of Azure, which may have no value. */
export function readTaint(text: string): Taint {
  const [, key = '', value = '', effect = ''] = /^([^=:]*)=?([^:]*):(.*)$/.exec(text) ?? [];
  return { key, value, effect: effect as TaintEffect };
}

/** Whether the effect keeps off pods that do not tolerate the taint. */
export function keepsOff(effect: string): boolean {
  return effect === TaintEffect.NO_SCHEDULE.valueOf() || effect === TaintEffect.NO_EXECUTE.valueOf();
}
