import type { Construct, IConstruct } from 'constructs';
import { namespacesFirst } from '../kubernetes/namespaces';
import { requireChosenProvider } from '../stack-checks/kubernetes-provider';
import { requireSideBySide } from '../stack-checks/side-by-side';
import { migrationParts } from './jobs/migration-parts';
import { migrationVolumes, type PodsToMigrate } from './jobs/migration-problems';
import { placePods, schedulingPrerequisites } from './placement/place-pods';
import type { PodConfig } from './pod/pod-config';
import { otherContainers } from './pod/other-containers';
import type { PodParts } from './pod/pod-parts';
import { requireKeyVaults } from './pod/key-vault-problems';
import type { ReplicaOptions } from './scaling/replica-options';
import { requireScalingAddOns } from './scaling/scaling-add-ons';
import { podVolumes } from './pod/pod-volumes';
import { useClaims } from './storage/claim-users';

/** Traits that only some pods have. */
interface Peculiarities {
  /** Whether one runs on every suitable node. */
  readonly onEveryNode?: boolean;
}

/** Makes the rules on combinations of objects, and on the nodes of clusters, apply to the pods of a construct. */
export function requirePods(
  scope: Construct,
  props: PodsToMigrate & Pick<ReplicaOptions, 'eventScaling'>,
  { onEveryNode = false }: Peculiarities = {},
): void {
  requireObjects(scope);
  const { migration } = props;
  // it runs on the same nodes, before them
  const before = migration === undefined ? [] : [migrationParts(props, migration)];
  const images = [props, ...otherContainers(props).map(({ options }) => options), ...before].map(({ image }) => image);
  placePods(scope, props, images, onEveryNode);
  useClaims(scope, [...podVolumes(props), ...migrationVolumes(props)], props);
  requireKeyVaults(scope, props, before);
  requireScalingAddOns(scope, props);
}

/** Makes the rules on combinations of objects apply to those of a construct. */
export function requireObjects(scope: Construct): void {
  requireChosenProvider(scope);
  namespacesFirst(scope);
  requireSideBySide(scope);
}

/** The constructs that must exist before pods run, which are complete only when the program is, at synthesis. */
export function podPrerequisites(consumer: IConstruct, props: PodParts, config: PodConfig): IConstruct[] {
  return [
    ...props.image.prerequisitesFor(consumer),
    ...otherContainers(props).flatMap(({ options }) => options.image.prerequisitesFor(consumer)),
    ...(props.serviceAccount?.prerequisites ?? []),
    ...schedulingPrerequisites(props),
    ...(props.prerequisites ?? []),
    ...config.objects,
    ...config.roles,
  ];
}
