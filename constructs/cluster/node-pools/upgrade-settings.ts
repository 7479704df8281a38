import { type Violation, violation } from '../../core/problems/violation';
import { check, integerRule } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import { PercentOrAbsolute } from '../../kubernetes/percent-or-absolute';

/** The treatment of nodes that cannot be drained during an upgrade. */
export enum UndrainableNodeBehavior {
  /** They are cordoned, labelled and skipped; the upgrade continues with the other nodes. */
  CORDON = 'Cordon',
  /** The upgrade fails. */
  SCHEDULE = 'Schedule',
}

/** How an upgrade replaces the nodes of a pool. */
export interface UpgradeSettings {
  /**
   * The nodes that an upgrade adds at a time: 1 or more, or 1 to 100 percent of the pool, rounded up. More are faster and
   * need quota and addresses.
   *
   * @default - PercentOrAbsolute.percent(10)
   */
  readonly maxSurge?: PercentOrAbsolute;
  /**
   * The time for pods to terminate when a node is drained, in minutes, 5 to 1440; after it, the upgrade fails.
   *
   * @default 30
   */
  readonly drainTimeoutMinutes?: number;
  /**
   * The pause after each node, in minutes, 0 to 30.
   *
   * @default 0
   */
  readonly nodeSoakMinutes?: number;
  /**
   * The treatment of nodes that cannot be drained in time.
   *
   * @default - Azure's own default: the upgrade fails
   */
  readonly undrainableNodeBehavior?: UndrainableNodeBehavior;
}

const UPGRADES = 'https://learn.microsoft.com/azure/aks/upgrade-aks-node-pools-rolling';
const PROVIDER =
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers/kubernetes_nodepool.go';

export const drainTimeoutMinutes = integerRule('drain-timeout-minutes', 5, 1440, UPGRADES, 30);

export const nodeSoakMinutes = integerRule('node-soak-minutes', 0, 30, PROVIDER);

/** The settings that Azure itself would choose. */
const DEFAULT_SURGE = PercentOrAbsolute.percent(10);

/**
 * All settings are given: those that are not, Azure would choose and a later plan would remove, and removing the drain
 * time replaces the pool.
 */
export function renderUpgradeSettings(settings: UpgradeSettings = {}): RenderedUpgradeSettings {
  return {
    maxSurge: (settings.maxSurge ?? DEFAULT_SURGE)._text,
    drainTimeoutInMinutes: settings.drainTimeoutMinutes ?? 30,
    nodeSoakDurationInMinutes: settings.nodeSoakMinutes ?? 0,
    undrainableNodeBehavior: settings.undrainableNodeBehavior,
  };
}

/** The settings as azurerm expects them. */
export interface RenderedUpgradeSettings {
  readonly maxSurge: string;
  readonly drainTimeoutInMinutes: number;
  readonly nodeSoakDurationInMinutes: number;
  readonly undrainableNodeBehavior?: string;
}

/** The number of nodes that an upgrade adds to a pool; 1 if it is not known. */
export function surgeNodes({ maxSurge = DEFAULT_SURGE }: UpgradeSettings, nodes: number): number {
  const surge = maxSurge._of(nodes);
  return surge === undefined || !Number.isFinite(surge) ? 1 : Math.min(Math.ceil(surge), nodes);
}

/** @param property The name of the property that contains the settings */
export function upgradeSettingsProblems(property: string, settings: UpgradeSettings): Violation[] {
  return [
    ...maxSurgeProblems(`${property}.maxSurge`, settings.maxSurge),
    ...check(drainTimeoutMinutes, `${property}.drainTimeoutMinutes`, settings.drainTimeoutMinutes),
    ...check(nodeSoakMinutes, `${property}.nodeSoakMinutes`, settings.nodeSoakMinutes),
  ];
}

/** @see https://learn.microsoft.com/azure/aks/upgrade-aks-node-pools-rolling#customize-node-surge-upgrade */
function maxSurgeProblems(property: string, maxSurge: PercentOrAbsolute | undefined): Violation[] {
  const problems = maxSurge?._problems(property, 'nodes') ?? [];
  return problems.length > 0 || !isKnown(maxSurge?.amount) || maxSurge.amount > 0
    ? problems
    : [
        violation(
          'max-surge',
          `'${property}' must be greater than 0, got ${maxSurge._text}: no node could be replaced`,
        ),
      ];
}
