import type { Construct } from 'constructs';
import { createAfter } from '../core/order/order';
import { customResource } from '../kubernetes/custom-resource';
import type { ObjectContext } from './pod/object-context';
import { renderVerticalScaling, type VerticalScalingProps } from './scaling/vertical-scaling';

/** Makes the VerticalPodAutoscaler of the cluster adjust the requests of a controller's pods to their usage. */
export function scaleVertically(
  scope: Construct,
  props: VerticalScalingProps,
  { provider, metadata }: ObjectContext,
  controller: { readonly kind: string; readonly name: string },
): void {
  const scaler = customResource(scope, 'vertical-scaler', provider, {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    spec: renderVerticalScaling(props, controller.kind, controller.name),
  });
  createAfter(scaler, () => scope.node.children.filter(({ node }) => node.id === 'Resource'));
}
