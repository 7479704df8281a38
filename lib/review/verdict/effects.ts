import { UNGUARDED } from '../compare/setting-rows';
import type { Change, SettingRow } from '../model';

const WORKLOADS = /^kubernetes_(deployment|stateful_set|stateful_set_v1|daemonset|daemon_set_v1|deployment_v1)$/;

/** Whether an update gives a workload new pods. */
export function restartsPods({ action, type, attributes }: Change): boolean {
  return (
    action === 'update' && WORKLOADS.test(type) && attributes.some(({ path }) => path.startsWith('spec.template.'))
  );
}

/** Whether a change cycles the nodes of a pool. */
export function cyclesNodes({ attributes }: Change): boolean {
  return attributes.some(({ effect }) => effect?.kind === 'rotates');
}

/** Whether the state moves to another backend. */
export function movesBackend({ kind }: SettingRow): boolean {
  return kind === 'backend';
}

/** Whether a setting no longer protects a resource. */
export function dropsGuard({ kind, note }: SettingRow): boolean {
  return kind === 'lifecycle' && note === UNGUARDED;
}
