import type { Construct, IConstruct } from 'constructs';
import { namespacesFirst } from '../kubernetes/namespaces';
import { requireChosenProvider } from '../stack-checks/kubernetes-provider';
import { requireSideBySide } from '../stack-checks/side-by-side';
import type { PodConfig } from './pod/pod-config';
import type { PodOptions } from './pod/pod-options';

/** Has the stack of a construct with pods looked through for what is wrong only with several objects. */
export function requirePods(scope: Construct): void {
  requireChosenProvider(scope);
  namespacesFirst(scope);
  requireSideBySide(scope);
}

/** What must be there before pods run: complete only when the program is, so ask at synth. */
export function podPrerequisites(consumer: IConstruct, props: PodOptions, config: PodConfig): IConstruct[] {
  return [
    ...props.image.prerequisitesFor(consumer),
    ...(props.initContainers ?? []).flatMap(({ image }) => image.prerequisitesFor(consumer)),
    ...(props.serviceAccount?.prerequisites ?? []),
    ...(props.prerequisites ?? []),
    ...config.objects,
  ];
}
