import type { IConstruct } from 'constructs';
import type { Grant } from '../identity/grant';
import type { IGrantable } from '../identity/grants';

/** An Azure Monitor workspace, which stores Prometheus metrics, created here or elsewhere. */
export interface IMonitorWorkspace extends IConstruct {
  /** The Azure resource id of the workspace. */
  readonly monitorWorkspaceId: string;
  /** The region of the workspace, and so of rules that read or write it. */
  readonly monitorWorkspaceLocation: string;

  /**
   * Lets a principal read the metrics of the workspace (Monitoring Data Reader), such as the identity of a Grafana.
   *
   * @param grantee The principal that gets the role
   */
  grantReadMetrics(grantee: IGrantable): Grant;
}
