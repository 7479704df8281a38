import type { Change, SettingRow } from '../model';

const WORKLOADS = /^kubernetes_(deployment|stateful_set|stateful_set_v1|daemonset|daemon_set_v1|deployment_v1)$/;

/** Whether an update recreates the pods of a workload. */
export function restartsPods({ action, type, attributes }: Change): boolean {
  const template = type === 'kubernetes_manifest' ? 'manifest.spec.template.' : 'spec.template.';
  const hasPods = type === 'kubernetes_manifest' || WORKLOADS.test(type);
  return action === 'update' && hasPods && attributes.some(({ path }) => path.startsWith(template));
}

/** Whether an update takes an identity away, together with its access. */
export function losesIdentity({ action, mayReplace, consequences }: Change): boolean {
  return action === 'update' && !mayReplace && consequences.includes('access');
}

/** Whether a change cycles the nodes of a pool. */
export function cyclesNodes({ attributes }: Change): boolean {
  return attributes.some(({ effect }) => effect?.kind === 'rotates');
}

/** Whether the state moves to another backend. */
export function movesBackend({ kind, what }: SettingRow): boolean {
  return kind === 'backend' && what === 'state';
}

/** Whether a setting no longer protects something. */
export function dropsGuard({ concern }: SettingRow): boolean {
  return concern === 'guard';
}

/** Whether a program runs where Terraform runs. */
export function runsProgram({ concern }: SettingRow): boolean {
  return concern === 'program';
}

/** Whether credentials are handed out. */
export function handsOutCredentials({ concern }: SettingRow): boolean {
  return concern === 'credentials';
}

/** Whether a change destroys instances of a resource, or may. */
export function losesInstances({ mayReplace, causes }: Change): boolean {
  return mayReplace && causes.some(({ attribute }) => attribute === 'count' || attribute === 'for_each');
}

/** What may happen to an updated resource beyond the update, as words after its name; undefined if nothing. */
export function mayOf(change: Change): string | undefined {
  if (!change.mayReplace) {
    return undefined;
  }
  const isOnly = losesInstances(change) && change.causes.length === 1;
  const loses = change.certainty === 'possible' ? 'may lose instances' : 'loses instances';
  return isOnly ? loses : 'may be replaced';
}
