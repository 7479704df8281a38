import type { Construct, IConstruct } from 'constructs';
import { namespacesFirst } from '../kubernetes/namespaces';
import { requireChosenProvider } from '../stack-checks/kubernetes-provider';
import { requireSideBySide } from '../stack-checks/side-by-side';
import type { MigrationOptions } from './jobs/migration-options';
import { placePods, schedulingPrerequisites } from './placement/place-pods';
import type { PodConfig } from './pod/pod-config';
import type { PodOptions } from './pod/pod-options';

/** Lets the rules about several objects, and those about the nodes of clusters, know the pods of a construct. */
export function requirePods(scope: Construct, props: PodOptions, migration?: MigrationOptions): void {
  requireChosenProvider(scope);
  namespacesFirst(scope);
  requireSideBySide(scope);
  placePods(scope, props, migration?.image === undefined ? [] : [migration.image]);
}

/** What must be there before pods run: complete only when the program is, so ask at synth. */
export function podPrerequisites(consumer: IConstruct, props: PodOptions, config: PodConfig): IConstruct[] {
  return [
    ...props.image.prerequisitesFor(consumer),
    ...(props.initContainers ?? []).flatMap(({ image }) => image.prerequisitesFor(consumer)),
    ...(props.serviceAccount?.prerequisites ?? []),
    ...schedulingPrerequisites(props),
    ...(props.prerequisites ?? []),
    ...config.objects,
  ];
}
