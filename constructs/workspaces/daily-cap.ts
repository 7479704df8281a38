import { checkArguments } from '../core/declared';
import type { Violation } from '../core/problems/violation';
import { check } from '../core/rules/rule';
import { dailyCapGigabytes } from './workspace-rules';

/**
 * The volume of logs that a workspace ingests per day. Further logs are lost until the next day: a cap limits costs,
 * but is not a way to reduce logs.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/daily-cap
 *
 * @example
 * new LogAnalyticsWorkspace(stack, 'logs', {
 *   resourceGroup,
 *   workspaceName: 'shop-logs',
 *   dailyCap: DailyCap.gigabytes(5),
 * });
 */
export class DailyCap {
  /**
   * A cap on the billed logs of a day.
   *
   * @param gigabytes The volume, at least 0.023
   */
  public static gigabytes(gigabytes: number): DailyCap {
    return new DailyCap(gigabytes);
  }

  /** No cap: all logs that are sent are kept, and billed. */
  public static none(): DailyCap {
    return new DailyCap(-1);
  }

  private constructor(
    /** The volume as Azure stores it, where -1 stands for no cap. @internal */
    public readonly _quota: number,
  ) {}

  /** Whether logs can be lost. @internal */
  public get _isLimited(): boolean {
    return this._quota !== -1;
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    return this._isLimited ? check(dailyCapGigabytes, property, this._quota) : [];
  }
}

checkArguments(DailyCap);
