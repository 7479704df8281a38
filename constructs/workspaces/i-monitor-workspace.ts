import type { IConstruct } from 'constructs';

/** An Azure Monitor workspace, which keeps the metrics of Prometheus, created here or elsewhere. */
export interface IMonitorWorkspace extends IConstruct {
  /** The Azure resource id of the workspace. */
  readonly monitorWorkspaceId: string;
  /** The region of the workspace, which rules that read or write it must be in. */
  readonly monitorWorkspaceLocation: string;
}
