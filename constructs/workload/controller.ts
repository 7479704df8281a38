import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { renderAutoscaling } from './scaling/autoscaling';
import { DisruptionBudget } from './scaling/disruption-budget';
import { fewestReplicas } from './scaling/replica-problems';
import type { Rollout } from './scaling/rollout';
import { checkRollout } from './scaling/rollout-check';
import { workloadNames } from './workload-names';
import { autoscalers, statefulSets } from './late-bindings';
import { createAfter } from '../core/order/order';
import { numberText } from '../core/values/number-text';
import { scaleByEvents } from './event-scaler';
import { scaleVertically } from './vertical-scaler';
import type { ObjectContext } from './pod/object-context';
import type { PodConfig } from './pod/pod-config';
import { createHeadlessService, isStateful, type StatefulParts, statefulSettings } from './stateful-set';
import { podTemplate } from './pod/pod-template';

/** Creates the controller of the pods, and the check of its rollout if requested. */
export function createController(
  scope: Construct,
  props: StatefulParts,
  context: ObjectContext,
  config: PodConfig,
  rollout: Rollout,
): TerraformResource {
  const controller = deploymentOrStatefulSet(scope, props, context, config, rollout);
  if (rollout.isChecked) {
    checkRollout(controller);
  }
  return controller;
}

/** Creates a StatefulSet if the pods have data to keep, and otherwise a Deployment. */
function deploymentOrStatefulSet(
  scope: Construct,
  props: StatefulParts,
  context: ObjectContext,
  config: PodConfig,
  rollout: Rollout,
): TerraformResource {
  const pods = {
    // a number would conflict with the autoscaler
    replicas:
      props.autoscaling === undefined && props.eventScaling === undefined
        ? numberText(fewestReplicas(props))
        : undefined,
    selector: { matchLabels: context.selector },
    minReadySeconds: rollout.minReadySeconds,
    template: podTemplate(props, context, config),
  };
  const { provider } = context;
  const names = workloadNames(props);
  const metadata = { ...context.metadata, name: names.deploymentName };
  const settings = { provider, metadata, waitForRollout: rollout.wait, timeouts: rollout.timeouts };
  if (isStateful(props)) {
    const spec = { ...pods, ...statefulSettings(props) };
    const set = new (statefulSets().StatefulSetV1)(scope, 'Resource', { ...settings, spec });
    const headless = createHeadlessService(scope, props, context);
    createAfter(set, () => (headless === undefined ? [] : [headless]));
    return set;
  }
  const { strategy, progressDeadlineSeconds } = rollout;
  return new DeploymentV1(scope, 'Resource', { ...settings, spec: { ...pods, strategy, progressDeadlineSeconds } });
}

/** Creates the autoscalers and the disruption budget, if there are any. */
export function scale(scope: Construct, props: StatefulParts, context: ObjectContext): void {
  const { provider, metadata, selector } = context;
  const kind = isStateful(props) ? 'StatefulSet' : 'Deployment';
  if (props.autoscaling !== undefined) {
    const { HorizontalPodAutoscalerV2 } = autoscalers();
    new HorizontalPodAutoscalerV2(scope, 'autoscaler', {
      provider,
      metadata,
      spec: renderAutoscaling(props.autoscaling, kind, workloadNames(props).deploymentName),
    });
  }
  if (props.eventScaling !== undefined) {
    scaleByEvents(scope, props, props.eventScaling, context);
  }
  if (props.verticalScaling !== undefined) {
    scaleVertically(scope, props.verticalScaling, context, { kind, name: workloadNames(props).deploymentName });
  }
  const budget = (props.disruptionBudget ?? DisruptionBudget._for(fewestReplicas(props)))._spec(selector);
  if (budget !== undefined) {
    new PodDisruptionBudgetV1(scope, 'disruption-budget', { provider, metadata, spec: budget });
  }
}
