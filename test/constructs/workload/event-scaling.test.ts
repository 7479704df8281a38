import type { TerraformStack } from 'cdktf';
import {
  AksCluster,
  ContainerImage,
  KedaIdentity,
  Problems,
  ScalingTrigger,
  UserAssignedIdentity,
  Worker,
  type WorkerProps,
  Workload,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { at, type Block, only, RESOURCE_GROUP, synth, testStack, warningsOf } from '../../util';

const IMAGE = ContainerImage.fromReference('ghcr.io/contoso/orders:1');
const OFFICE_HOURS = ScalingTrigger.schedule({ start: '0 8 * * 1-5', end: '0 18 * * 1-5', replicas: 3 });

function identityIn(stack: TerraformStack): ReturnType<typeof UserAssignedIdentity.fromUserAssignedIdentityName> {
  return UserAssignedIdentity.fromUserAssignedIdentityName(stack, 'keda', {
    identityName: 'keda',
    resourceGroupName: 'rg',
  });
}

function workerIn(stack: TerraformStack, props: Partial<WorkerProps>): Worker {
  return new Worker(stack, 'orders', { name: 'orders', image: IMAGE, ...props });
}

function problemsWith(props: (stack: TerraformStack) => Partial<WorkerProps>): string[] {
  const stack = testStack();
  workerIn(stack, props(stack));
  return Problems.of(stack);
}

describe('a worker that is scaled by events', () => {
  test('has no number of pods of its own, and an object that tells KEDA', () => {
    const stack = testStack();
    workerIn(stack, { eventScaling: { maxReplicas: 5, triggers: [OFFICE_HOURS] } });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect((only(json, 'kubernetes_deployment_v1')['spec'] as Block)['replicas']).toBeUndefined();
    expect(only(json, 'kubernetes_manifest')).toMatchObject({
      manifest: {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata: { name: 'orders', namespace: 'default' },
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' },
          minReplicaCount: 0,
          maxReplicaCount: 5,
          pollingInterval: 30,
          cooldownPeriod: 300,
          triggers: [
            {
              type: 'cron',
              metadata: { timezone: 'Etc/UTC', start: '0 8 * * 1-5', end: '0 18 * * 1-5', desiredReplicas: '3' },
            },
          ],
        },
      },
      depends_on: [expect.stringMatching(/^kubernetes_deployment_v1\.orders_/)],
    });
    expect(json.resource).not.toHaveProperty('kubernetes_pod_disruption_budget_v1');
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('logs in to its queues by one object for each identity', () => {
    const stack = testStack();
    const identity = identityIn(stack);
    workerIn(stack, {
      eventScaling: {
        maxReplicas: 5,
        triggers: [
          ScalingTrigger.serviceBusQueue({ namespaceName: 'contoso', queueName: 'orders', identity }),
          ScalingTrigger.serviceBusSubscription({
            namespaceName: 'contoso',
            topicName: 'events',
            subscriptionName: 'mailer',
            messagesPerPod: 20,
            identity,
          }),
          ScalingTrigger.storageQueue({ accountName: 'contoso', queueName: 'orders', identity }),
          ScalingTrigger.prometheus({ serverAddress: 'http://prometheus:9090', query: 'up', valuePerPod: 0.5 }),
        ],
      },
    });
    const json = synth(stack);
    const { manifest } = at(json, 'kubernetes_manifest', 'orders_event-scaler') as { manifest: { spec: Block } };
    const authenticationRef = { name: 'orders-1' };

    expect(Problems.of(stack)).toEqual([]);
    expect(manifest.spec['triggers']).toEqual([
      {
        type: 'azure-servicebus',
        metadata: { namespace: 'contoso', queueName: 'orders', messageCount: '5' },
        authenticationRef,
      },
      {
        type: 'azure-servicebus',
        metadata: { namespace: 'contoso', topicName: 'events', subscriptionName: 'mailer', messageCount: '20' },
        authenticationRef,
      },
      {
        type: 'azure-queue',
        metadata: { accountName: 'contoso', queueName: 'orders', queueLength: '5' },
        authenticationRef,
      },
      { type: 'prometheus', metadata: { serverAddress: 'http://prometheus:9090', query: 'up', threshold: '0.5' } },
    ]);
    expect(at(json, 'kubernetes_manifest', 'orders_event-login-1')).toMatchObject({
      manifest: {
        kind: 'TriggerAuthentication',
        metadata: { name: 'orders-1' },
        spec: {
          podIdentity: {
            provider: 'azure-workload',
            identityId: expect.stringMatching(/^\$\{data\.azurerm_user_assigned_identity\.keda_\w+\.client_id\}$/),
          },
        },
      },
    });
  });

  test.each<[(stack: TerraformStack) => Partial<WorkerProps>, string]>([
    [
      () => ({ replicas: 2, eventScaling: { maxReplicas: 5, triggers: [OFFICE_HOURS] } }),
      "'replicas' must not be given with 'eventScaling', got 2",
    ],
    [
      () => ({
        resources: {},
        autoscaling: { minReplicas: 1, maxReplicas: 2, metrics: [] },
        eventScaling: { maxReplicas: 5, triggers: [] },
      }),
      "'autoscaling' must not be given with 'eventScaling'",
    ],
    [
      () => ({ eventScaling: { minReplicas: 6, maxReplicas: 5, triggers: [OFFICE_HOURS] } }),
      "'eventScaling.maxReplicas' must not be less than 'eventScaling.minReplicas' (6), got 5",
    ],
    [
      () => ({ eventScaling: { maxReplicas: 2, triggers: [OFFICE_HOURS] } }),
      "'eventScaling.triggers[0].replicas' must not be greater than 'eventScaling.maxReplicas' (2), got 3",
    ],
    [
      () => ({
        eventScaling: {
          maxReplicas: 5,
          triggers: [ScalingTrigger.schedule({ start: '0 8 * * *', end: '0 8 * * *', replicas: 1 })],
        },
      }),
      "'eventScaling.triggers[0].end' must differ from 'start'",
    ],
    [
      () => ({
        eventScaling: {
          maxReplicas: 5,
          triggers: [ScalingTrigger.schedule({ start: '0 8 31 6 *', end: '0 18 31 7 *', replicas: 1 })],
        },
      }),
      "'eventScaling.triggers[0].start' must match an existing date",
    ],
    [
      (stack) => ({
        eventScaling: {
          maxReplicas: 5,
          triggers: [
            ScalingTrigger.storageQueue({ accountName: 'Contoso', queueName: 'orders', identity: identityIn(stack) }),
          ],
        },
      }),
      "'eventScaling.triggers[0].accountName' must be",
    ],
  ])('is refused where it would not work: %#', (props, text) => {
    expect(problemsWith(props)).toContainEqual(expect.stringContaining(text));
  });

  test('is a Service without pods for a workload that is scaled to none, which is warned of', () => {
    const warningsWith = (minReplicas: number): string[] => {
      const stack = testStack();
      const eventScaling = { minReplicas, maxReplicas: 5, triggers: [OFFICE_HOURS] };
      new Workload(stack, 'web', { name: 'web', image: IMAGE, containerPort: 80, eventScaling });
      return warningsOf(stack).filter((one) => one.includes('eventScaling'));
    };

    expect(warningsWith(0)).toEqual([expect.stringContaining('the Service has no pod')]);
    expect(warningsWith(1)).toEqual([]);
  });
});

describe('the identity of KEDA', () => {
  test('is one that the add-on uses without a password, with the roles that it needs to count', () => {
    const stack = testStack();
    const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', keda: true });
    const identity = new KedaIdentity(stack, 'keda', { cluster, resourceGroup: RESOURCE_GROUP, identityName: 'keda' });
    const ids = '/subscriptions/s/resourceGroups/rg/providers';
    identity.grantServiceBus(`${ids}/Microsoft.ServiceBus/namespaces/contoso`);
    identity.grantStorageQueues(`${ids}/Microsoft.Storage/storageAccounts/contoso`);
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_federated_identity_credential')).toMatchObject({
      subject: 'system:serviceaccount:kube-system:keda-operator',
      issuer: expect.stringMatching(/\.oidc_issuer_url\}$/),
    });
    expect(
      Object.values(json.resource?.['azurerm_role_assignment'] ?? {}).map((one) => one['role_definition_name']),
    ).toEqual(['Azure Service Bus Data Owner', 'Storage Queue Data Reader']);
  });

  test('needs the add-on, and ids that are some', () => {
    const stack = testStack();
    const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
    const identity = new KedaIdentity(stack, 'keda', { cluster, resourceGroup: RESOURCE_GROUP, identityName: 'keda' });
    identity.grantServiceBus('contoso');
    identity.grantStorageQueues('contoso');

    expect(Problems.of(stack).map((problem) => problem.split(' must ')[0])).toEqual([
      "[stack/keda] 'cluster'",
      "[stack/keda] 'namespaceId'",
      "[stack/keda] 'accountId'",
    ]);
  });
});
