/**
 * The logs of the control plane of a cluster, by category. Each is billed by the ingested gigabyte.
 *
 * @see https://learn.microsoft.com/azure/aks/monitor-aks-reference#resource-logs
 */
export enum ControlPlaneLog {
  /**
   * Requests to the Kubernetes API that change something: small volumes in most clusters, and sufficient for most
   * audits.
   */
  KUBE_AUDIT_ADMIN = 'kube-audit-admin',
  /**
   * All requests to the Kubernetes API, including read requests: the most expensive category, often several times the
   * rest.
   */
  KUBE_AUDIT = 'kube-audit',
  /** Log-ins with Microsoft Entra ID: small volumes. */
  GUARD = 'guard',
  /** The logs of the API server: large volumes in a large cluster. */
  KUBE_APISERVER = 'kube-apiserver',
  /** The logs of the controller manager of Kubernetes. */
  KUBE_CONTROLLER_MANAGER = 'kube-controller-manager',
  /** The logs of the scheduler: where pods were placed, and why others were not. */
  KUBE_SCHEDULER = 'kube-scheduler',
  /** Why nodes were added and removed, or not: a line every few seconds, even if nothing happens. */
  CLUSTER_AUTOSCALER = 'cluster-autoscaler',
  /** Load balancers, routes and nodes in Azure. */
  CLOUD_CONTROLLER_MANAGER = 'cloud-controller-manager',
  /** The driver for disks. */
  CSI_AZUREDISK_CONTROLLER = 'csi-azuredisk-controller',
  /** The driver for file shares. */
  CSI_AZUREFILE_CONTROLLER = 'csi-azurefile-controller',
  /** The driver for snapshots of disks. */
  CSI_SNAPSHOT_CONTROLLER = 'csi-snapshot-controller',
  /** Events of node auto-provisioning. */
  KARPENTER_EVENTS = 'karpenter-events',
  /** The agent of a member of a fleet. */
  FLEET_MEMBER_AGENT = 'fleet-member-agent',
  /** The network of a member of a fleet. */
  FLEET_MEMBER_NET_CONTROLLER_MANAGER = 'fleet-member-net-controller-manager',
  /** Services of several clusters of a fleet. */
  FLEET_MCS_CONTROLLER_MANAGER = 'fleet-mcs-controller-manager',
}
