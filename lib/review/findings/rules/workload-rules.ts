import { isExpression } from '../../../terraform-json/expression';
import { listAt, own, type Json } from '../../../terraform-json/json';
import type { Resource } from '../../read/program';
import { all, any, not, type Answer } from '../../objects/answer';
import { some } from '../../objects/block';
import type { KubernetesObject } from '../../objects/kubernetes-object';
import type { Pod } from '../../objects/pod';
import { onObjects, onPods, type RuleProps, type Subject } from '../rule';

const DISRUPTIONS = 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/';
const SPREAD = 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/';

/** The kinds of workloads with several interchangeable or ordered pods. */
const REPLICATED = ['Deployment', 'StatefulSet'];

/** Rules about the availability of workloads. */
export const WORKLOAD_RULES = {
  'workload-single-replica': {
    title: 'has only one pod',
    reason: 'It is unavailable whenever its node is: during each upgrade, and whenever the autoscaler moves it.',
    fix: { typescript: 'replicas: 2', terraform: 'replicas = 2' },
    severity: 'low',
    profile: 'strict',
    equivalents: { kubeScore: ['deployment-replicas'], kubeLinter: ['minimum-three-replicas'] },
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/',
    over: onPods((pod, subject) => all([not(isScaled(pod, subject)), not(isSeveral(pod, 1))]), ['Deployment']),
  },
  'workload-without-budget': {
    title: 'has several pods and no disruption budget',
    reason: 'An upgrade of the nodes may evict all of them at once.',
    fix: {
      typescript: 'disruptionBudget: DisruptionBudget.maxUnavailable(...)',
      terraform: 'a kubernetes_pod_disruption_budget_v1',
    },
    severity: 'low',
    profile: 'baseline',
    equivalents: {
      kubeScore: ['deployment-has-poddisruptionbudget', 'statefulset-has-poddisruptionbudget'],
    },
    source: DISRUPTIONS,
    over: onPods(
      (pod, subject) =>
        all([
          any([isSeveral(pod, 1), isScaled(pod, subject)]),
          not(subject.surroundings.selects('PodDisruptionBudget', pod, budgetSelector)),
        ]),
      REPLICATED,
    ),
  },
  'workload-scaled-and-fixed': {
    title: 'has a number of pods that an autoscaler changes',
    reason: 'Each apply sets it back, and the autoscaler changes it again.',
    fix: {
      typescript: 'autoscaling: { ... } of a Workload, which leaves the number alone',
      terraform: 'no replicas, or lifecycle.ignore_changes = [spec[0].replicas]',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { kubeScore: ['deployment-targeted-by-hpa-does-not-have-replicas-configured'] },
    source: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
    over: onPods(
      (pod, subject) =>
        all([pod.object.spec.has('replicas'), isScaled(pod, subject), not(ignoresReplicas(subject.resource))]),
      REPLICATED,
    ),
  },
  'workload-on-one-node': {
    title: 'may have all its pods on one node',
    reason: 'When the node fails, all of them do.',
    fix: {
      typescript: 'spread: Spread.preferred()',
      terraform: 'topology_spread_constraint, or affinity.pod_anti_affinity',
    },
    severity: 'low',
    profile: 'strict',
    equivalents: {
      kubeLinter: ['no-anti-affinity'],
      kubeScore: [
        'deployment-has-host-podantiaffinity',
        'statefulset-has-host-podantiaffinity',
        'pod-topology-spread-constraints',
      ],
    },
    source: SPREAD,
    over: onPods(
      (pod) =>
        all([
          isSeveral(pod, 1),
          not(some(pod.spec.blocks('topologySpreadConstraints'), () => true)),
          not(pod.spec.block('affinity').block('podAntiAffinity').exists),
        ]),
      REPLICATED,
    ),
  },
  'workload-recreated': {
    title: 'stops all its pods before it starts new ones',
    reason: 'Each rollout takes it down for as long as the new pods take to start.',
    fix: {
      typescript: 'rollout: { strategy: RolloutStrategy.ROLLING_UPDATE }',
      terraform: 'strategy.type = "RollingUpdate"',
    },
    severity: 'low',
    profile: 'strict',
    equivalents: { kubeLinter: ['no-rolling-update-strategy'], kubeScore: ['deployment-strategy'] },
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
    over: onObjects(['Deployment'], ({ spec }) => spec.block('strategy').is('type', (type) => type === 'Recreate')),
  },
  'workload-selector': {
    title: 'does not select its own pods',
    reason: 'Kubernetes rejects it when it is applied.',
    fix: { terraform: 'the same labels in selector.match_labels and template.metadata.labels' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: {
      kubeLinter: ['mismatching-selector'],
      kubeScore: [
        'deployment-pod-selector-labels-match-template-metadata-labels',
        'statefulset-pod-selector-labels-match-template-metadata-labels',
      ],
    },
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
    over: onPods(
      ({ object, labels }) => {
        const wanted = object.spec.block('selector').map('matchLabels');
        return (
          wanted && labels && any(Object.entries(wanted).map(([name, value]) => differs(own(labels, name), value)))
        );
      },
      ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
    ),
  },
  'budget-without-number': {
    title: 'sets neither minAvailable nor maxUnavailable',
    reason: 'It protects nothing.',
    fix: {
      typescript: 'disruptionBudget: DisruptionBudget.minAvailable(...)',
      terraform: 'min_available or max_unavailable',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { kubeScore: ['poddisruptionbudget-has-policy'] },
    source: DISRUPTIONS,
    over: onObjects(['PodDisruptionBudget'], ({ spec }) =>
      all([not(spec.has('minAvailable')), not(spec.has('maxUnavailable'))]),
    ),
  },
  'budget-blocks-drains': {
    title: 'does not allow any disruption',
    reason: 'Nodes cannot be drained, so an upgrade of the cluster waits and fails.',
    fix: {
      typescript: 'disruptionBudget: DisruptionBudget.maxUnavailable(...)',
      terraform: 'max_unavailable of 1 or more',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { kubeLinter: ['pdb-max-unavailable', 'pdb-min-available'] },
    source: DISRUPTIONS,
    over: onObjects(['PodDisruptionBudget'], ({ spec }) =>
      any([
        spec.is('maxUnavailable', (most) => most === '0' || most === '0%'),
        spec.is('minAvailable', (fewest) => fewest === '100%'),
      ]),
    ),
  },
  'cron-job-without-deadline': {
    title: 'has no deadline for its start',
    reason: 'After a hundred missed starts, Kubernetes stops starting it, and reports this only in an event.',
    fix: { typescript: 'startingDeadlineSeconds: 300', terraform: 'starting_deadline_seconds = 300' },
    severity: 'low',
    profile: 'strict',
    equivalents: { kubeScore: ['cronjob-has-deadline'] },
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline',
    over: onObjects(['CronJob'], ({ spec }) => not(spec.has('startingDeadlineSeconds'))),
  },
  'stateful-set-without-service': {
    title: 'names no Service for its pods',
    reason: 'Its pods then have no names of their own in the network.',
    fix: { terraform: 'service_name of a headless kubernetes_service_v1' },
    severity: 'low',
    profile: 'strict',
    equivalents: { kubeScore: ['statefulset-has-servicename'] },
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id',
    over: onObjects(['StatefulSet'], (object, { surroundings }) =>
      object.spec.is('serviceName', (name) => not(surroundings.hasHeadlessService(object, name)), true),
    ),
  },
  'autoscaler-single-replica': {
    title: 'may scale down to one pod',
    reason: 'The workload is then unavailable whenever that pod is.',
    fix: { typescript: 'autoscaling: { minReplicas: 2, ... }', terraform: 'min_replicas = 2' },
    severity: 'low',
    profile: 'strict',
    equivalents: { kubeScore: ['horizontalpodautoscaler-replicas'], kubeLinter: ['hpa-minimum-three-replicas'] },
    source: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
    over: onObjects(['HorizontalPodAutoscaler'], ({ spec }) =>
      spec.is('minReplicas', (fewest) => Number(fewest) < 2, true),
    ),
  },
} satisfies Readonly<Record<string, RuleProps>>;

function budgetSelector({ spec }: KubernetesObject) {
  const block = spec.block('selector');
  return { block, labels: block.map('matchLabels') };
}

/** Whether a workload has more than a number of pods; the default is one pod. */
function isSeveral({ object }: Pod, count: number): Answer {
  return object.spec.is('replicas', (replicas) => Number(replicas) > count);
}

/** Whether Terraform ignores changes of the number of pods. */
function ignoresReplicas({ meta }: Resource): boolean {
  return listAt(meta['lifecycle'], 'ignore_changes').some((path) => path === 'all' || path.includes('replicas'));
}

/** Whether an autoscaler sets the number of pods. */
function isScaled({ object, namespace }: Pod, { surroundings }: Subject): Answer {
  return surroundings.isScaled(object, namespace);
}

/** Whether a label has a different value than expected. */
function differs(found: Json | undefined, wanted: Json): Answer {
  if (String(found) === String(wanted)) {
    return false;
  }
  return isExpression(found) || isExpression(wanted) ? undefined : true;
}
