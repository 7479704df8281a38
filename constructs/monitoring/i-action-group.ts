import type { IConstruct } from 'constructs';

/** An action group, created here or elsewhere. */
export interface IActionGroup extends IConstruct {
  /** The Azure resource id of the action group. */
  readonly actionGroupId: string;
}
