import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import type { StatefulSetV1Spec } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { renderAutoscaling } from './scaling/autoscaling';
import { DisruptionBudget } from './scaling/disruption-budget';
import type { Rollout } from './scaling/rollout';
import type { DataVolume, WorkloadProps } from './workload-props';
import { autoscalers, statefulSets } from './late-bindings';
import { numberText } from '../core/values/number-text';
import type { ObjectContext } from './object-context';
import { DATA_VOLUME, podTemplate } from './pod-template';
import type { WorkloadConfig } from './workload-config';

/** The default number of pods. */
const REPLICAS = 2;

/** The smallest number of pods. */
export function fewestReplicas({ autoscaling, replicas }: WorkloadProps): number {
  return autoscaling?.minReplicas ?? replicas ?? REPLICAS;
}

/** What keeps the pods running: a Deployment, or a StatefulSet where there is data to keep. */
export function createController(
  scope: Construct,
  props: WorkloadProps,
  context: ObjectContext,
  config: WorkloadConfig,
  rollout: Rollout,
): TerraformResource {
  const pods = {
    // with an autoscaler the number is its business: stating one would fight with it
    replicas: props.autoscaling === undefined ? numberText(fewestReplicas(props)) : undefined,
    selector: { matchLabels: context.selector },
    minReadySeconds: rollout.minReadySeconds,
    template: podTemplate(props, context, config),
  };
  const { provider, names } = context;
  const metadata = { ...context.metadata, name: names.deploymentName };
  const settings = { provider, metadata, waitForRollout: rollout.wait, timeouts: rollout.timeouts };
  if (props._dataVolume !== undefined) {
    const spec = { ...pods, ...statefulSettings(names.serviceName, props._dataVolume) };
    const { StatefulSetV1 } = statefulSets();
    return new StatefulSetV1(scope, 'Resource', { ...settings, spec });
  }
  const { strategy, progressDeadlineSeconds } = rollout;
  return new DeploymentV1(scope, 'Resource', { ...settings, spec: { ...pods, strategy, progressDeadlineSeconds } });
}

/** What changes the number of pods: the load, and nodes that are drained. */
export function scale(scope: Construct, props: WorkloadProps, context: ObjectContext): void {
  const { provider, metadata, selector, names } = context;
  if (props.autoscaling !== undefined) {
    const { HorizontalPodAutoscalerV2 } = autoscalers();
    new HorizontalPodAutoscalerV2(scope, 'autoscaler', {
      provider,
      metadata,
      spec: renderAutoscaling(props.autoscaling, 'Deployment', names.deploymentName),
    });
  }
  const budget = (props.disruptionBudget ?? DisruptionBudget._for(fewestReplicas(props)))._spec(selector);
  if (budget !== undefined) {
    new PodDisruptionBudgetV1(scope, 'disruption-budget', { provider, metadata, spec: budget });
  }
}

/** What a StatefulSet has and a Deployment has not. The disk stays whatever happens to the pods. */
function statefulSettings(
  serviceName: string,
  { sizeGibibytes, storageClass }: DataVolume,
): Omit<StatefulSetV1Spec, 'selector' | 'template'> {
  return {
    serviceName,
    updateStrategy: [{ type: 'RollingUpdate', rollingUpdate: [{ partition: 0 }] }],
    persistentVolumeClaimRetentionPolicy: [{ whenDeleted: 'Retain', whenScaled: 'Retain' }],
    volumeClaimTemplate: [
      {
        metadata: { name: DATA_VOLUME },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: storageClass,
          resources: { requests: { storage: `${numberText(sizeGibibytes)}Gi` } },
        },
      },
    ],
  };
}
