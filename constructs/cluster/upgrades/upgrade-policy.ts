import type { KubernetesClusterConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { isKnown } from '../../core/values/known';
import { type Violation, violation, when } from '../../core/problems/violation';
import type { MaintenanceSchedule } from './maintenance-schedule';
import { type MaintenanceWindow, maintenanceWindowProblems, renderMaintenanceWindow } from './maintenance-window';

/**
 * The versions to which Azure upgrades a cluster automatically: the control plane first, then its pools one by one.
 *
 * @literal
 * @see https://learn.microsoft.com/azure/aks/auto-upgrade-cluster#cluster-auto-upgrade-channels
 */
export enum UpgradeChannel {
  /** No automatic upgrades: the program specifies the version. */
  NONE = 'none',
  /** The newest patch of the minor version that the cluster has. */
  PATCH = 'patch',
  /** The newest patch of the minor version before the newest. */
  STABLE = 'stable',
  /** The newest patch of the newest minor version. */
  RAPID = 'rapid',
  /**
   * The newest images of the nodes, but not the version of Kubernetes. Azure recommends
   * `NodeOsUpgradeChannel.NODE_IMAGE` instead, which can be combined with any of the others.
   */
  NODE_IMAGE = 'node-image',
}

/**
 * The updates that the operating system of the nodes gets.
 *
 * @see https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image#channels-for-node-os-image-upgrades
 */
export enum NodeOsUpgradeChannel {
  /** No updates: nodes keep the image that they were created with until they are upgraded manually. */
  NONE = 'None',
  /** The daily unattended updates of the operating system; nodes that require a restart are not restarted. */
  UNMANAGED = 'Unmanaged',
  /** Security fixes that Azure has tested, where possible without new nodes. */
  SECURITY_PATCH = 'SecurityPatch',
  /** A new image about once a week. */
  NODE_IMAGE = 'NodeImage',
}

/**
 * The automatic upgrades of a cluster, and their maintenance windows.
 *
 * A channel upgrades the cluster outside of Terraform, which ignores the properties that the channel manages: with
 * `UpgradeChannel.PATCH`, `STABLE` and `RAPID`, deployments no longer change the version of the cluster and of its
 * pools, which follow the cluster.
 */
export interface UpgradePolicy {
  /**
   * The versions of Kubernetes that Azure upgrades to.
   *
   * With `PATCH` the minor version stays that of `kubernetesVersion`. To go to the next one, deploy the new version with
   * `NONE` once, and then turn the channel on again: Azure rejects it while the channel is on
   * (https://github.com/hashicorp/terraform-provider-azurerm/issues/17839). Until then each plan warns that the cluster has
   * another version than the program. With `STABLE` and `RAPID`, `kubernetesVersion` is that of a new cluster only.
   *
   * @default UpgradeChannel.NONE
   * @alias automaticUpgradeChannel, autoUpgradeChannel, automaticChannelUpgrade, autoUpgradeProfile
   */
  readonly channel?: UpgradeChannel;
  /**
   * The updates that the operating system of the nodes gets. Another channel reimages all nodes, one after the other.
   *
   * @default NodeOsUpgradeChannel.NODE_IMAGE
   * @alias nodeOsUpgradeChannel, nodeOsChannelUpgrade
   */
  readonly nodeOsChannel?: NodeOsUpgradeChannel;
  /**
   * The hours of the week in which Azure may update the components that it manages, with or without channels.
   *
   * @default - any time
   */
  readonly maintenanceWindow?: MaintenanceWindow;
  /**
   * The windows of `channel`, such as `MaintenanceSchedule.weekly({ dayOfWeek: DayOfWeek.SUNDAY })`. Needs a channel.
   *
   * @default - any time
   * @alias maintenanceWindowAutoUpgrade
   */
  readonly upgradeWindow?: MaintenanceSchedule;
  /**
   * The windows of `nodeOsChannel`, such as `MaintenanceSchedule.daily()`. Needs `SECURITY_PATCH` or `NODE_IMAGE`: the others
   * follow no window.
   *
   * @default - any time
   * @alias maintenanceWindowNodeOs
   */
  readonly nodeOsWindow?: MaintenanceSchedule;
}

/** Whether Azure changes the version of Kubernetes. */
export function ownsVersion({ channel }: UpgradePolicy = {}): boolean {
  return channel === UpgradeChannel.PATCH || ownsMinorVersion(channel);
}

/** Whether Azure changes the minor version of Kubernetes, too. */
export function ownsMinorVersion(channel: UpgradeChannel | undefined): boolean {
  return channel === UpgradeChannel.STABLE || channel === UpgradeChannel.RAPID;
}

/**
 * The attributes of a cluster that its channel changes: Azure stores the patch version that it chose, and a later plan
 * would restore the minor version. Pools have no version with such a channel, and so nothing to ignore.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/26946
 */
export function channelOwnedChanges(policy: UpgradePolicy | undefined, version: string | undefined): string[] {
  return ownsVersion(policy) && version !== undefined ? ['kubernetes_version'] : [];
}

export function renderUpgradePolicy(policy: UpgradePolicy): Partial<KubernetesClusterConfig> {
  const { channel = UpgradeChannel.NONE, maintenanceWindow } = policy;
  return {
    // the provider has no value for "no channel"
    automaticUpgradeChannel: channel === UpgradeChannel.NONE ? undefined : channel,
    nodeOsUpgradeChannel: policy.nodeOsChannel,
    maintenanceWindow: maintenanceWindow && renderMaintenanceWindow(maintenanceWindow),
    maintenanceWindowAutoUpgrade: policy.upgradeWindow?._config,
    maintenanceWindowNodeOs: policy.nodeOsWindow?._config,
  };
}

export function upgradePolicyProblems(policy: UpgradePolicy): Violation[] {
  const { channel = UpgradeChannel.NONE, nodeOsChannel, maintenanceWindow, upgradeWindow, nodeOsWindow } = policy;
  return [
    ...(maintenanceWindow === undefined
      ? []
      : maintenanceWindowProblems('upgradePolicy.maintenanceWindow', maintenanceWindow)),
    ...(upgradeWindow?._problems('upgradePolicy.upgradeWindow') ?? []),
    ...(nodeOsWindow?._problems('upgradePolicy.nodeOsWindow') ?? []),
    ...when(
      channel === UpgradeChannel.NONE && upgradeWindow !== undefined,
      'upgrade-window-needs-channel',
      () =>
        "'upgradePolicy.upgradeWindow' must not be given without a channel, since it has no effect: set 'upgradePolicy.channel'",
    ),
    ...nodeOsProblems(channel, nodeOsChannel, nodeOsWindow !== undefined),
  ];
}

function nodeOsProblems(
  channel: UpgradeChannel,
  nodeOsChannel: NodeOsUpgradeChannel | undefined,
  hasWindow: boolean,
): Violation[] {
  if (!isKnown(nodeOsChannel) || nodeOsChannel === NodeOsUpgradeChannel.NODE_IMAGE) {
    return [];
  }
  if (channel === UpgradeChannel.NODE_IMAGE) {
    return [
      violation(
        'node-image-channels',
        `'upgradePolicy.nodeOsChannel' must be NodeImage with the channel "node-image", which has the same effect, got ` +
          `${nodeOsChannel}: remove one of them`,
      ),
    ];
  }
  return when(
    hasWindow && nodeOsChannel !== NodeOsUpgradeChannel.SECURITY_PATCH,
    'node-os-window-needs-channel',
    () =>
      `'upgradePolicy.nodeOsWindow' must not be given with the channel ${nodeOsChannel}, which ignores the window: leave it out, or use NodeOsUpgradeChannel` +
      '.SECURITY_PATCH or NODE_IMAGE',
  );
}
