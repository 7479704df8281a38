/**
 * Roles in an Azure Managed Grafana.
 *
 * @literal
 * @see https://learn.microsoft.com/azure/managed-grafana/how-to-manage-access-permissions-users-identities
 */
export enum GrafanaRole {
  /** Everything: data sources, users, dashboards. */
  ADMIN = 'Grafana Admin',
  /** Changing dashboards and alerts. */
  EDITOR = 'Grafana Editor',
  /** Viewing dashboards. */
  VIEWER = 'Grafana Viewer',
}
