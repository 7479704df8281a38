import type { IConstruct } from 'constructs';

/** A Log Analytics workspace, which stores logs, created here or elsewhere. */
export interface ILogAnalyticsWorkspace extends IConstruct {
  /** The Azure resource id of the workspace. */
  readonly workspaceId: string;
  /** The region of the workspace, and so of rules that send logs to it. */
  readonly workspaceLocation: string;
}
