import type { Grant } from '../identity/grant';
import type { IGrantable } from '../identity/grants';
import type { GrafanaRole } from './grafana-role';

/** An existing Azure Managed Grafana. Roles that are granted to it are assigned to its managed identity. */
export interface IManagedGrafana extends IGrantable {
  /** The Azure resource id of the Grafana. */
  readonly grafanaId: string;

  /**
   * Lets a principal use the Grafana.
   *
   * @param grantee The principal that gets the role
   * @param role The role, such as `GrafanaRole.VIEWER`
   */
  grantAccess(grantee: IGrantable, role: GrafanaRole): Grant;
}
