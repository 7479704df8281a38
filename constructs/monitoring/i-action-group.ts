import type { IConstruct } from 'constructs';

/** Those who are told when an alert fires, created here or elsewhere. */
export interface IActionGroup extends IConstruct {
  /** The Azure resource id of the action group. */
  readonly actionGroupId: string;
}
