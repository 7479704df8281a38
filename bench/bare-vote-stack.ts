import { Application } from '@cdktf/provider-azuread/lib/application';
import { DataAzureadClientConfig } from '@cdktf/provider-azuread/lib/data-azuread-client-config';
import { AzureadProvider } from '@cdktf/provider-azuread/lib/provider';
import { ServicePrincipal } from '@cdktf/provider-azuread/lib/service-principal';
import { ServicePrincipalPassword } from '@cdktf/provider-azuread/lib/service-principal-password';
import { ContainerRegistry } from '@cdktf/provider-azurerm/lib/container-registry';
import { ContainerRegistryTask } from '@cdktf/provider-azurerm/lib/container-registry-task';
import { ContainerRegistryTaskScheduleRunNow } from '@cdktf/provider-azurerm/lib/container-registry-task-schedule-run-now';
import { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { TimeProvider } from '@cdktf/provider-time/lib/provider';
import { Rotating } from '@cdktf/provider-time/lib/rotating';
import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { Fn, type ITerraformDependable, TerraformIterator, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

const BACK = 'jm-inn-azure-vote-back';
const REDIS_IMAGE = 'redis:7.2';
const PING = 'redis-cli ping | grep -q PONG';

/** The settings of both pods. */
const POD = {
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  terminationGracePeriodSeconds: 30,
};

/** The security context that the Redis image needs. */
const AS_REDIS = {
  runAsNonRoot: true,
  runAsUser: '999',
  runAsGroup: '999',
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
const FRONT = 'jm-inn-azure-vote-front';
const IMAGE = 'jm-inn-azure-vote-front-image:v1';

/** The principal of the cluster, with its password and the wait until it is usable. */
interface Principal {
  readonly entity: ServicePrincipal;
  readonly password: ServicePrincipalPassword;
  readonly wait: Sleep;
}

/**
 * The article's system on the provider bindings, without this library: the baseline for `VoteStack`. `test/bench.test.ts`
 * checks that both are equal.
 */
export class BareVoteStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    new AzureadProvider(this, 'azuread');
    new TimeProvider(this, 'time');

    const group = new ResourceGroup(this, 'group', { name: 'jm-inn-acr-aks-intro-rg', location: 'westeurope' });
    const registry = new ContainerRegistry(this, 'registry', {
      name: 'jminnacr',
      resourceGroupName: group.name,
      location: group.location,
      sku: 'Basic',
      adminEnabled: false,
      lifecycle: { ignoreChanges: ['zone_redundancy_enabled'] },
    });
    const principal = this.addPrincipal();
    const cluster = this.addCluster(group, principal);
    const pull = new RoleAssignment(this, 'pull', {
      scope: registry.id,
      roleDefinitionName: 'AcrPull',
      principalId: principal.entity.objectId,
      principalType: 'ServicePrincipal',
      skipServicePrincipalAadCheck: true,
    });
    const build = this.addBuild(registry);

    const back = this.addBack();
    const front = this.addFront(`${registry.loginServer}/${IMAGE}`, [build, pull, ...back]);
    this.addOutputs(group, registry, cluster, front);
  }

  private addPrincipal(): Principal {
    const creator = new DataAzureadClientConfig(this, 'creator');
    const ownership = { owners: [creator.objectId], lifecycle: { ignoreChanges: ['owners'] } };
    const application = new Application(this, 'application', { displayName: 'jm-inn-aks-acr-pull-sp', ...ownership });
    const entity = new ServicePrincipal(this, 'principal', { clientId: application.clientId, ...ownership });
    const rotation = new Rotating(this, 'rotation', { rotationDays: 182 });
    const password = new ServicePrincipalPassword(this, 'password', {
      servicePrincipalId: entity.id,
      endDate: Fn.timeadd(rotation.rfc3339, '8760h'),
      rotateWhenChanged: { rotation: rotation.id },
      lifecycle: { createBeforeDestroy: true },
    });
    const wait = new Sleep(this, 'wait', { createDuration: '60s', triggers: { password: password.keyId } });
    return { entity, password, wait };
  }

  private addCluster(group: ResourceGroup, { entity, password, wait }: Principal): KubernetesCluster {
    const cluster = new KubernetesCluster(this, 'cluster', {
      name: 'jm-inn-aks',
      resourceGroupName: group.name,
      location: group.location,
      dnsPrefix: 'jm-inn-aks',
      roleBasedAccessControlEnabled: true,
      oidcIssuerEnabled: true,
      workloadIdentityEnabled: true,
      defaultNodePool: {
        name: 'nodepool1',
        nodeCount: 2,
        vmSize: 'Standard_B2s',
        type: 'VirtualMachineScaleSets',
        osSku: 'Ubuntu',
        temporaryNameForRotation: 'nodepool1tmp',
        upgradeSettings: { maxSurge: '10%', drainTimeoutInMinutes: 30, nodeSoakDurationInMinutes: 0 },
      },
      networkProfile: {
        networkPlugin: 'kubenet',
        podCidr: '10.244.0.0/16',
        serviceCidr: '10.0.0.0/16',
        dnsServiceIp: '10.0.0.10',
        loadBalancerSku: 'standard',
        outboundType: 'loadBalancer',
        loadBalancerProfile: { managedOutboundIpCount: 1 },
      },
      servicePrincipal: { clientId: entity.clientId, clientSecret: password.value },
      dependsOn: [wait],
    });
    const access = cluster.kubeConfig.get(0);
    new KubernetesProvider(this, 'kubernetes', {
      host: access.host,
      clientCertificate: Fn.base64decode(access.clientCertificate),
      clientKey: Fn.base64decode(access.clientKey),
      clusterCaCertificate: Fn.base64decode(access.clusterCaCertificate),
    });
    return cluster;
  }

  private addBuild(registry: ContainerRegistry): ContainerRegistryTaskScheduleRunNow {
    const task = new ContainerRegistryTask(this, 'build', {
      name: 'build-jm-inn-azure-vote-front-image',
      containerRegistryId: registry.id,
      platform: { os: 'Linux', architecture: 'amd64' },
      encodedStep: {
        contextPath: 'https://github.com/Azure-Samples/azure-voting-app-redis.git#1705b17:azure-vote',
        taskContent: `version: v1.1.0\nsteps:\n  - build: -t $Registry/${IMAGE} .\n  - push:\n      - $Registry/${IMAGE}\n`,
      },
    });
    return new ContainerRegistryTaskScheduleRunNow(this, 'run', {
      containerRegistryTaskId: task.id,
      forEach: TerraformIterator.fromList([
        Fn.sha1(Fn.join('\n', [task.encodedStep.contextPath, task.encodedStep.taskContent])),
      ]),
      lifecycle: { replaceTriggeredBy: [`${task.terraformResourceType}.${task.friendlyUniqueId}.encoded_step`] },
    });
  }

  private addBack(): [DeploymentV1, ServiceV1] {
    const ping = { exec: { command: ['sh', '-c', PING] }, timeoutSeconds: 5 };
    const deployment = new DeploymentV1(this, 'back', {
      metadata: { name: `${BACK}-deployment`, labels: labelsOf(BACK) },
      spec: {
        replicas: '1',
        selector: { matchLabels: { app: BACK } },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '1', maxUnavailable: '0' } },
        minReadySeconds: 0,
        progressDeadlineSeconds: 600,
        template: {
          metadata: { labels: labelsOf(BACK) },
          spec: {
            ...POD,
            securityContext: { fsGroup: '999', seccompProfile: { type: 'RuntimeDefault' } },
            container: [
              {
                name: `${BACK}-container`,
                image: REDIS_IMAGE,
                command: ['redis-server', '--save', '', '--appendonly', 'no'],
                port: [{ containerPort: 6379, name: 'redis' }],
                resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '250m', memory: '256Mi' } },
                securityContext: AS_REDIS,
                startupProbe: { ...ping, periodSeconds: 5, failureThreshold: 24 },
                readinessProbe: { ...ping, periodSeconds: 5 },
                livenessProbe: { ...ping, periodSeconds: 10, failureThreshold: 6 },
              },
            ],
          },
        },
      },
      waitForRollout: true,
      timeouts: { create: '15m', update: '15m' },
    });
    const service = new ServiceV1(this, 'back-service', {
      metadata: { name: `${BACK}-service`, labels: labelsOf(BACK) },
      spec: { type: 'ClusterIP', selector: { app: BACK }, port: [{ port: 6379, targetPort: '6379' }] },
    });
    return [deployment, service];
  }

  private addFront(image: string, dependsOn: ITerraformDependable[]): ServiceV1 {
    const page = { httpGet: { path: '/', port: '80' }, timeoutSeconds: 5 };
    new DeploymentV1(this, 'front', {
      metadata: { name: `${FRONT}-deployment`, labels: labelsOf(FRONT) },
      spec: {
        replicas: '2',
        selector: { matchLabels: { app: FRONT } },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '1', maxUnavailable: '1' } },
        minReadySeconds: 5,
        progressDeadlineSeconds: 600,
        template: {
          metadata: { labels: labelsOf(FRONT) },
          spec: {
            ...POD,
            securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
            topologySpreadConstraint: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
              topologyKey,
              maxSkew: 1,
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: [{ matchLabels: { app: FRONT } }],
              matchLabelKeys: ['pod-template-hash'],
            })),
            initContainer: [
              {
                name: 'wait-for-backend',
                image: REDIS_IMAGE,
                command: ['sh', '-c', 'until redis-cli -h "$REDIS" ping | grep -q PONG; do sleep 1; done'],
                env: [{ name: 'REDIS', value: `${BACK}-service` }],
                resources: { requests: { cpu: '50m', memory: '32Mi' }, limits: { cpu: '100m', memory: '64Mi' } },
                securityContext: AS_REDIS,
              },
            ],
            container: [
              {
                name: `${FRONT}-container`,
                image,
                port: [{ containerPort: 80 }],
                env: [
                  { name: 'REDIS', value: `${BACK}-service` },
                  { name: 'UWSGI_PROCESSES', value: '4' },
                ],
                resources: { requests: { cpu: '250m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  capabilities: { drop: ['ALL'], add: ['CHOWN', 'SETUID', 'SETGID', 'NET_BIND_SERVICE'] },
                },
                lifecycle: { preStop: [{ exec: { command: ['sleep', '5'] } }] },
                startupProbe: { ...page, periodSeconds: 5, failureThreshold: 24 },
                readinessProbe: { ...page, periodSeconds: 5 },
                livenessProbe: { ...page, periodSeconds: 10, failureThreshold: 6 },
              },
            ],
          },
        },
      },
      waitForRollout: true,
      timeouts: { create: '15m', update: '15m' },
      dependsOn,
    });
    new PodDisruptionBudgetV1(this, 'front-budget', {
      metadata: { name: FRONT, labels: labelsOf(FRONT) },
      spec: { maxUnavailable: '1', selector: { matchLabels: { app: FRONT } } },
    });
    return new ServiceV1(this, 'front-service', {
      metadata: { name: `${FRONT}-service`, labels: labelsOf(FRONT) },
      spec: { type: 'LoadBalancer', selector: { app: FRONT }, port: [{ port: 80, targetPort: '80' }] },
    });
  }

  private addOutputs(
    group: ResourceGroup,
    registry: ContainerRegistry,
    cluster: KubernetesCluster,
    front: ServiceV1,
  ): void {
    const ingress = front.status.get(0).loadBalancer.get(0).ingress.get(0);
    const outputs = {
      'public-address': Fn.try([ingress.ip, ingress.hostname, '']),
      'login-server': registry.loginServer,
      'node-resource-group': cluster.nodeResourceGroup,
      'get-credentials': `az aks get-credentials --resource-group ${group.name} --name jm-inn-aks`,
      'show-nodes': 'kubectl get nodes -o wide',
      'show-pods': 'kubectl get pods -o wide',
      'show-services': 'kubectl get services',
      'show-replica-sets': 'kubectl get replicasets',
      'show-tags': 'az acr repository show-tags --name jminnacr --repository jm-inn-azure-vote-front-image',
    };
    for (const [name, value] of Object.entries(outputs)) {
      new TerraformOutput(this, name, { value });
    }
  }
}

function labelsOf(name: string): { [key: string]: string } {
  return {
    app: name,
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': 'jm-inn-azure-vote',
    'app.kubernetes.io/managed-by': 'terraform',
  };
}
