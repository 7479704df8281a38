import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { TerraformOutput, type TerraformStack } from 'cdktf';
import {
  AcrRegistry,
  AksCluster,
  ContainerImage,
  Cpu,
  EnvValue,
  Exposure,
  KubernetesNamespace,
  Memory,
  PercentOrAbsolute,
  PodSecurity,
  Probe,
  Problems,
  VoteApp,
  VoteSecurity,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import {
  type Block,
  differences,
  type Json,
  only,
  RESOURCE_GROUP,
  synth,
  testApp,
  testStack,
  token,
  warningsOf,
} from '../../util';

const IMAGE = ContainerImage.fromReference('ghcr.io/contoso/shop:1.4.2');

function workloadIn(stack: TerraformStack, props: Partial<WorkloadProps> = {}, id = 'web'): Workload {
  return new Workload(stack, id, { name: 'web', image: IMAGE, containerPort: 8080, ...props });
}

describe('Workload', () => {
  test('is two pods that are replaced one by one, behind a Service inside the cluster, by default', () => {
    const stack = testStack();
    workloadIn(stack);
    const json = synth(stack);

    expect(only(json, 'kubernetes_deployment_v1')).toMatchInlineSnapshot(`
     {
       "metadata": {
         "labels": {
           "app": "web",
           "app.kubernetes.io/managed-by": "terraform",
           "app.kubernetes.io/name": "web",
         },
         "name": "web",
       },
       "spec": {
         "min_ready_seconds": 0,
         "progress_deadline_seconds": 600,
         "replicas": "2",
         "selector": {
           "match_labels": {
             "app": "web",
           },
         },
         "strategy": {
           "rolling_update": {
             "max_surge": "1",
             "max_unavailable": "0",
           },
           "type": "RollingUpdate",
         },
         "template": {
           "metadata": {
             "labels": {
               "app": "web",
               "app.kubernetes.io/managed-by": "terraform",
               "app.kubernetes.io/name": "web",
             },
           },
           "spec": {
             "automount_service_account_token": false,
             "container": [
               {
                 "image": "ghcr.io/contoso/shop:1.4.2",
                 "lifecycle": {
                   "pre_stop": [
                     {
                       "exec": {
                         "command": [
                           "sleep",
                           "5",
                         ],
                       },
                     },
                   ],
                 },
                 "name": "web",
                 "port": [
                   {
                     "container_port": 8080,
                   },
                 ],
                 "readiness_probe": {
                   "tcp_socket": [
                     {
                       "port": "8080",
                     },
                   ],
                 },
                 "resources": {
                   "limits": {},
                   "requests": {},
                 },
                 "security_context": {
                   "allow_privilege_escalation": false,
                   "capabilities": {
                     "drop": [
                       "ALL",
                     ],
                   },
                   "run_as_non_root": true,
                 },
               },
             ],
             "enable_service_links": false,
             "node_selector": {
               "kubernetes.io/os": "linux",
             },
             "security_context": {
               "seccomp_profile": {
                 "type": "RuntimeDefault",
               },
             },
             "termination_grace_period_seconds": 30,
             "topology_spread_constraint": [
               {
                 "label_selector": [
                   {
                     "match_labels": {
                       "app": "web",
                     },
                   },
                 ],
                 "match_label_keys": [
                   "pod-template-hash",
                 ],
                 "max_skew": 1,
                 "topology_key": "topology.kubernetes.io/zone",
                 "when_unsatisfiable": "ScheduleAnyway",
               },
               {
                 "label_selector": [
                   {
                     "match_labels": {
                       "app": "web",
                     },
                   },
                 ],
                 "match_label_keys": [
                   "pod-template-hash",
                 ],
                 "max_skew": 1,
                 "topology_key": "kubernetes.io/hostname",
                 "when_unsatisfiable": "ScheduleAnyway",
               },
             ],
           },
         },
       },
       "timeouts": {
         "create": "15m",
         "update": "15m",
       },
       "wait_for_rollout": true,
     }
    `);
    expect(only(json, 'kubernetes_service_v1')).toMatchInlineSnapshot(`
     {
       "metadata": {
         "labels": {
           "app": "web",
           "app.kubernetes.io/managed-by": "terraform",
           "app.kubernetes.io/name": "web",
         },
         "name": "web",
       },
       "spec": {
         "port": [
           {
             "port": 8080,
             "target_port": "8080",
           },
         ],
         "selector": {
           "app": "web",
         },
         "type": "ClusterIP",
       },
     }
    `);
    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('takes everything that it can be told', () => {
    const stack = testStack();
    const provider = new KubernetesProvider(stack, 'other', { alias: 'other' });
    workloadIn(stack, {
      namespace: 'shop',
      provider,
      portName: 'http',
      servicePort: 80,
      replicas: 5,
      environment: { MODE: EnvValue.fromValue('production'), LEVEL: EnvValue.fromValue('') },
      resources: { cpuRequest: Cpu.millis(250), cpuLimit: Cpu.cores(1), memoryLimit: Memory.gibibytes(1) },
      rollout: {
        maxSurge: PercentOrAbsolute.percent(50),
        maxUnavailable: PercentOrAbsolute.absolute(1),
        minReadySeconds: 5,
      },
      exposure: Exposure.publicLoadBalancer(),
    });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'kubernetes_deployment_v1')).toMatchObject({
      provider: 'kubernetes.other',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        replicas: '5',
        min_ready_seconds: 5,
        strategy: { type: 'RollingUpdate', rolling_update: { max_surge: '50%', max_unavailable: '1' } },
        template: {
          spec: {
            container: [
              {
                port: [{ container_port: 8080, name: 'http' }],
                env: [
                  { name: 'MODE', value: 'production' },
                  { name: 'LEVEL', value: '' },
                ],
                resources: { requests: { cpu: '250m' }, limits: { cpu: '1', memory: '1Gi' } },
              },
            ],
          },
        },
      },
    });
    expect(only(json, 'kubernetes_service_v1')).toMatchObject({
      provider: 'kubernetes.other',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { type: 'LoadBalancer', port: [{ port: 80, target_port: '8080' }] },
    });
  });

  test('says both resource maps even when they are empty, since the provider does not see that one went away', () => {
    const stack = testStack();
    workloadIn(stack);

    expect(only(synth(stack), 'kubernetes_deployment_v1')).toMatchObject({
      spec: { template: { spec: { container: [{ resources: { requests: {}, limits: {} } }] } } },
    });
  });

  test('gives the address of its load balancer as an expression that is empty until there is one', () => {
    const stack = testStack();
    new TerraformOutput(stack, 'address', { value: workloadIn(stack).loadBalancerAddress });

    expect(synth(stack).output!.address).toEqual({
      value: expect.stringMatching(
        /^\$\{try\(kubernetes_service_v1\.web_service_\w+\.status\[0\].*\.ip, .*\.hostname, ""\)\}$/,
      ),
    });
  });

  test('has its configuration and its secrets in objects of its own, and a change of them replaces the pods', () => {
    const json = (mode: string): Json => {
      const stack = testStack();
      workloadIn(stack, {
        namespace: 'shop',
        environment: {
          MODE: EnvValue.fromConfigValue(mode),
          KEY: EnvValue.fromSecretValue(token(stack).stringValue),
          SHARED: EnvValue.fromSecretKey('shared', 'api-key'),
          POD: EnvValue.fromFieldRef('metadata.name'),
        },
        configFiles: { '/etc/shop/shop.ini': 'debug=off' },
        initContainers: [
          {
            name: 'migrate',
            image: IMAGE,
            command: ['migrate'],
            environment: { MODE: EnvValue.fromConfigValue('once') },
          },
        ],
      });
      expect(Problems.of(stack)).toEqual([]);
      return synth(stack);
    };
    const before = json('fast');

    expect(only(before, 'kubernetes_config_map_v1')).toMatchObject({
      metadata: { name: 'web', namespace: 'shop' },
      data: { MODE: 'fast', 'migrate.MODE': 'once', 'etc__shop__shop.ini': 'debug=off' },
    });
    expect(only(before, 'kubernetes_secret_v1')).toMatchObject({
      metadata: { name: 'web', namespace: 'shop' },
      data: { KEY: '${var.token}' },
    });
    expect(only(before, 'kubernetes_deployment_v1')).toMatchObject({
      depends_on: [
        expect.stringMatching(/^kubernetes_config_map_v1\.web_config_/),
        expect.stringMatching(/^kubernetes_secret_v1\.web_secret_/),
      ],
      spec: {
        template: {
          metadata: {
            annotations: {
              'checksum/config': expect.stringMatching(/^[0-9a-f]{64}$/),
              'checksum/secret': '${sha256(jsonencode({"KEY" = var.token}))}',
            },
          },
          spec: {
            container: [
              {
                env: [
                  { name: 'MODE', value_from: { config_map_key_ref: { name: 'web', key: 'MODE' } } },
                  { name: 'KEY', value_from: { secret_key_ref: { name: 'web', key: 'KEY' } } },
                  { name: 'SHARED', value_from: { secret_key_ref: { name: 'shared', key: 'api-key' } } },
                  { name: 'POD', value_from: { field_ref: { field_path: 'metadata.name' } } },
                ],
                volume_mount: [
                  {
                    name: 'config-files',
                    mount_path: '/etc/shop/shop.ini',
                    sub_path: 'etc__shop__shop.ini',
                    read_only: true,
                  },
                ],
              },
            ],
            init_container: [
              {
                name: 'migrate',
                command: ['migrate'],
                env: [{ name: 'MODE', value_from: { config_map_key_ref: { name: 'web', key: 'migrate.MODE' } } }],
              },
            ],
            volume: [{ name: 'config-files', config_map: { name: 'web' } }],
          },
        },
      },
    });
    expect(brokenInvariants(before)).toEqual([]);
    expect(differences(before, json('slow')).map((path) => path.replace(/web_\w+/, 'web'))).toEqual([
      'resource.kubernetes_config_map_v1.web.data.MODE',
      'resource.kubernetes_deployment_v1.web.spec.template.metadata.annotations.checksum/config',
    ]);
  });

  test('changes its image for a new tag, and nothing else', () => {
    const json = (tag: string): Json => {
      const stack = testStack();
      workloadIn(stack, { image: ContainerImage.fromReference(`ghcr.io/contoso/shop:${tag}`) });
      return synth(stack);
    };

    expect(differences(json('1'), json('2'))).toEqual([
      expect.stringMatching(/^resource\.kubernetes_deployment_v1\.\w+\.spec\.template\.spec\.container\.0\.image$/),
    ]);
  });

  test('is created after the prerequisites of every image of its pods', () => {
    const stack = testStack();
    const registry = new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'contoso1' });
    registry.grantPull(new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' }));
    workloadIn(stack, { initContainers: [{ name: 'migrate', image: registry.image('migrate', 'v1') }] });

    expect(only(synth(stack), 'kubernetes_deployment_v1').depends_on).toEqual([
      expect.stringMatching(/^azurerm_role_assignment\./),
    ]);
  });

  test('can run an image of a registry by its digest', () => {
    const stack = testStack();
    const registry = new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'contoso1' });
    registry.grantPull(new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'shop' }));
    workloadIn(stack, { image: registry.imageByDigest('shop', `sha256:${'0'.repeat(64)}`) });

    expect(JSON.stringify(synth(stack))).toMatch(/\.login_server\}\/shop@sha256:0{64}"/);
    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);

    registry.imageByDigest('shop', 'v1');
    expect(Problems.of(stack)).toEqual([expect.stringMatching(/'digest' must be a digest: .*, got "v1"$/)]);
  });

  test('is created after the namespace that is made for it', () => {
    const stack = testStack();
    const shop = new KubernetesNamespace(stack, 'shop', { namespaceName: 'shop' });
    const workload = workloadIn(stack, { namespace: shop.namespaceName });
    new TerraformOutput(stack, 'dns', { value: workload.serviceDnsName });
    const json = synth(stack);

    expect(only(json, 'kubernetes_namespace_v1')).toEqual({ metadata: { name: 'shop' } });
    expect(only(json, 'kubernetes_deployment_v1')).toMatchObject({
      metadata: { namespace: '${kubernetes_namespace_v1.shop_4FF2D3EB.metadata[0].name}' },
    });
    expect(json.output!.dns).toEqual({
      value: 'web.${kubernetes_namespace_v1.shop_4FF2D3EB.metadata[0].name}.svc.cluster.local',
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('runs as a service account that may use Azure, when it may', () => {
    const stack = testStack();
    const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
    const serviceAccount = cluster.addServiceAccount('shop', {
      resourceGroup: RESOURCE_GROUP,
      serviceAccountName: 'shop',
    });
    workloadIn(stack, { serviceAccount });
    const json = synth(stack);
    const deployment = only(json, 'kubernetes_deployment_v1') as unknown as {
      depends_on: string[];
      spec: { selector: unknown; template: unknown };
    };

    expect(Problems.of(stack)).toEqual([]);
    expect(deployment.spec.template).toMatchObject({
      metadata: { labels: { app: 'web', 'azure.workload.identity/use': 'true' } },
      spec: { service_account_name: 'shop', automount_service_account_token: false },
    });
    expect(deployment.spec.selector).toEqual({ match_labels: { app: 'web' } });
    expect(deployment.depends_on).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^azurerm_federated_identity_credential\.cluster_shop_credential_/),
        expect.stringMatching(/^kubernetes_service_account_v1\.cluster_shop_/),
      ]),
    );
  });

  test('does not run as a service account of another namespace', () => {
    const stack = testStack();
    const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
    const options = { resourceGroup: RESOURCE_GROUP, serviceAccountName: 'shop' };
    const serviceAccount = cluster.addServiceAccount('shop', {
      ...options,
      namespace: token(stack).stringValue,
    });
    workloadIn(stack, { serviceAccount });
    expect(Problems.of(stack)).toEqual([]);

    const other = cluster.addServiceAccount('other', {
      ...options,
      namespace: 'orders',
      serviceAccountName: 'other',
    });
    workloadIn(stack, { name: 'second', serviceAccount: other }, 'second');
    expect(Problems.of(stack)).toEqual([
      `[stack/second] 'serviceAccount' must be of the namespace of the pods, "default", got stack/cluster/other of "orders": create one with this 'namespace'`,
    ]);
  });

  test.each<[string, PodSecurity, object | undefined, object]>([
    [
      'restricted',
      PodSecurity.restricted(),
      { allow_privilege_escalation: false, capabilities: { drop: ['ALL'] }, run_as_non_root: true },
      {},
    ],
    [
      'restricted further',
      PodSecurity.restricted({ userId: 1000, writableFolders: ['/tmp'] }),
      {
        allow_privilege_escalation: false,
        capabilities: { drop: ['ALL'] },
        run_as_non_root: true,
        run_as_user: '1000',
        read_only_root_filesystem: true,
      },
      {},
    ],
    [
      'azureVote',
      VoteSecurity.front(),
      {
        allow_privilege_escalation: false,
        capabilities: { drop: ['ALL'], add: ['CHOWN', 'SETUID', 'SETGID', 'NET_BIND_SERVICE'] },
      },
      {},
    ],
    [
      'redis',
      VoteSecurity.redis(),
      {
        allow_privilege_escalation: false,
        capabilities: { drop: ['ALL'] },
        run_as_non_root: true,
        run_as_user: '999',
        run_as_group: '999',
        read_only_root_filesystem: true,
      },
      { fs_group: '999' },
    ],
    ['asImage', PodSecurity.asImage(), undefined, {}],
  ])('runs with the rights of the preset %s', (_, security, container, pod) => {
    const stack = testStack();
    workloadIn(stack, { security });
    const { spec } = (only(synth(stack), 'kubernetes_deployment_v1').spec as { template: { spec: Block } }).template;

    expect((spec.container as Block[])[0]!.security_context).toEqual(container);
    expect(spec.security_context).toEqual({ seccomp_profile: { type: 'RuntimeDefault' }, ...pod });
  });

  test('may listen on port 80 without being root', () => {
    const stack = testStack();
    workloadIn(stack, { containerPort: 80 });

    expect(only(synth(stack), 'kubernetes_deployment_v1')).toMatchObject({
      spec: {
        template: {
          spec: { security_context: { sysctl: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] } },
        },
      },
    });
  });

  test('gives a container with a read-only file system the folders that it may write to', () => {
    const stack = testStack();
    workloadIn(stack, { security: PodSecurity.restricted({ writableFolders: ['/tmp', '/var/cache/web'] }) });

    expect(only(synth(stack), 'kubernetes_deployment_v1')).toMatchObject({
      spec: {
        template: {
          spec: {
            container: [
              {
                volume_mount: [
                  { name: 'writable', mount_path: '/tmp', sub_path: 'tmp' },
                  { name: 'writable', mount_path: '/var/cache/web', sub_path: 'var__cache__web' },
                ],
              },
            ],
            volume: [{ name: 'writable', empty_dir: {} }],
          },
        },
      },
    });
  });

  test.each([
    ['nginx:1.29', "the image's own user as 'userId', or an image that does not need root"],
    ['docker.io/library/httpd:2.4', "the image's own user as 'userId', or an image that does not need root"],
  ])('warns that %s starts as root, which its security refuses', (reference, remedy) => {
    const stack = testStack();
    workloadIn(stack, { image: ContainerImage.fromReference(reference) });

    expect(warningsOf(stack)).toEqual([
      `[stack/web] 'security' does not allow root, but the image "${reference}" starts as root: it will not run. Use ${remedy}`,
    ]);
  });

  test('warns of a retired image', () => {
    const stack = testStack();
    workloadIn(stack, { image: ContainerImage.fromReference('bitnami/redis:7.2') });

    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/is from a retired source: .* Use an official image, or a copy/),
    ]);
  });

  test.each<[string, Partial<WorkloadProps>, unknown]>([
    ['command', { command: [] }, `'command' must name at least one word, got none: leave it out for the image's own`],
    [
      'partOf',
      { partOf: 'my shop' },
      `'partOf' must be 1 to 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit, such as "shop", got "my shop"`,
    ],
    [
      'literal secret, without showing it',
      { environment: { KEY: EnvValue.fromSecretValue('hunter2') } },
      `'environment.KEY' must not be a literal, which the synthesized JSON would contain, got one of 7 characters: use a sensitive TerraformVariable or an attribute of a resource`,
    ],
    [
      'field',
      { environment: { POD: EnvValue.fromFieldRef('status.phase') } },
      expect.stringMatching(
        /^\[stack\/web\] 'environment\.POD' must be one of metadata\.name, .*, got "status\.phase"$/,
      ),
    ],
    [
      'name of a Secret',
      { environment: { KEY: EnvValue.fromSecretKey('My_Secret', 'a') } },
      expect.stringMatching(/^\[stack\/web\] 'environment\.KEY\.secretName' must be .*, got "My_Secret"$/),
    ],
    [
      'key of a Secret',
      { environment: { KEY: EnvValue.fromSecretKey('s', 'a b') } },
      expect.stringMatching(/^\[stack\/web\] 'environment\.KEY\.key' must be .*, got "a b"$/),
    ],
    [
      'path of a file',
      { configFiles: { 'etc/shop.ini': '' } },
      expect.stringMatching(/^\[stack\/web\] 'configFiles' must be the absolute path .*, got "etc\/shop\.ini"$/),
    ],
    [
      'name of an init container',
      { initContainers: [{ name: 'Wait', image: IMAGE }] },
      expect.stringMatching(/^\[stack\/web\] 'initContainers\[0\]\.name' must be .*, got "Wait"$/),
    ],
    [
      'second container of one name',
      { initContainers: [{ name: 'web', image: IMAGE }] },
      `'initContainers[0].name' must differ from the names of the other containers of the pod, got "web" again`,
    ],
    [
      'image of an init container',
      { initContainers: [{ name: 'wait', image: ContainerImage.fromReference('Busybox') }] },
      expect.stringMatching(/'initContainers\[0\]\.image' must be .*, got "Busybox"$/),
    ],
    [
      'user',
      { security: PodSecurity.restricted({ userId: 0 }) },
      `'security.userId' must be a whole number from 1 to 2147483647, such as 1000, got 0`,
    ],
    [
      'writable folder',
      { security: PodSecurity.restricted({ writableFolders: ['tmp'] }) },
      expect.stringMatching(/'security\.writableFolders\[0\]' must be the absolute path .*, got "tmp"$/),
    ],
    [
      'time before the end',
      { preStopSeconds: 30 },
      `'preStopSeconds' must be less than 'terminationGracePeriodSeconds' (30), got 30: the container would be killed before it receives the stop signal`,
    ],
    [
      'grace period',
      { terminationGracePeriodSeconds: -1 },
      `'terminationGracePeriodSeconds' must be a whole number from 0 to 2147483647, such as 30, got -1`,
    ],
    [
      'additional port',
      { additionalPorts: { metrics: 0 } },
      `'additionalPorts.metrics' must be a whole number from 1 to 65535, such as 80, got 0`,
    ],
    [
      'additional port that is the first again',
      { additionalPorts: { metrics: 8080 } },
      `'additionalPorts.metrics' must not contain a port twice, got 8080 again`,
    ],
    [
      'name of a port twice',
      { portName: 'http', additionalPorts: { http: 9090 } },
      `'additionalPorts' must not have the name of the container's port, got "http"`,
    ],
    [
      'port of a probe',
      { probes: { readiness: Probe.tcp({ port: 9090 }) } },
      `'probes.readiness.port' must be a port that the container listens on (8080), got 9090: name it in 'additionalPorts'`,
    ],
    [
      'path of a probe',
      { probes: { readiness: Probe.http('') } },
      `'probes.readiness.path' must be a non-empty path, such as "/healthz", got ""`,
    ],
    [
      'command of a probe',
      { probes: { liveness: Probe.exec([]) } },
      `'probes.liveness.command' must be a list of at least one word, got none: remove the probe if there is nothing to run`,
    ],
    [
      'period of a probe',
      { probes: { liveness: Probe.grpc({ periodSeconds: 0 }) } },
      `'probes.liveness.periodSeconds' must be a whole number from 1 to 2147483647, such as 3, got 0`,
    ],
    [
      'success threshold of a liveness probe',
      { probes: { liveness: Probe.tcp({ successThreshold: 2 }) } },
      `'probes.liveness.successThreshold' must be 1 for a startup or liveness probe, such as 1, got 2`,
    ],
    [
      'name',
      { name: 'Web_1' },
      `'name' must be 1 to 46 lower-case letters, digits and '-', beginning with a letter and not ending with '-', such as "jm-inn-azure-vote-front", got "Web_1"`,
    ],
    [
      'namespace',
      { namespace: 'Shop' },
      `'namespace' must be 1 to 63 lower-case letters, digits and '-', beginning and ending with a letter or digit, such as "vote", got "Shop"`,
    ],
    [
      'image',
      { image: ContainerImage.fromReference('Nginx:1') },
      `'image' must be an image reference: lower-case path, then a tag or a digest, such as "redis:7.2", got "Nginx:1"`,
    ],
    [
      'containerPort',
      { containerPort: 0, servicePort: 80 },
      `'containerPort' must be a whole number from 1 to 65535, such as 80, got 0`,
    ],
    [
      'servicePort',
      { servicePort: 65536 },
      `'servicePort' must be a whole number from 1 to 65535, such as 80, got 65536`,
    ],
    [
      'portName',
      { portName: '8080' },
      `'portName' must be 1 to 15 lower-case letters, digits and single '-', with at least one letter and no '-' at either end, such as "redis", got "8080"`,
    ],
    ['replicas', { replicas: -1 }, `'replicas' must be a whole number from 0 to 2147483647, such as 2, got -1`],
    [
      'environment',
      { environment: { 'A=B': EnvValue.fromValue('x') } },
      `'environment' must be printable ASCII characters without '=', such as "REDIS", got "A=B"`,
    ],
    [
      'cpu quantity',
      { resources: { cpuRequest: Cpu.of('250mm') } },
      `'resources.cpuRequest' must be a Kubernetes quantity that is not negative, such as "250m", got "250mm"`,
    ],
    [
      'memory quantity',
      { resources: { memoryLimit: Memory.mebibytes(-1) } },
      expect.stringMatching(
        /'resources\.memoryLimit' must be a Kubernetes quantity of memory that is not negative.*, got "-1Mi"$/,
      ),
    ],
    [
      'memory in thousandths of a byte',
      { resources: { memoryLimit: Memory.of('512m') } },
      `'resources.memoryLimit' must be at least 6Mi, such as "128Mi", got "512m": no container starts with less`,
    ],
    [
      'memory without its unit',
      { resources: { memoryLimit: Memory.of('128') } },
      `'resources.memoryLimit' must be at least 6Mi, such as "128Mi", got "128": no container starts with less`,
    ],
    [
      'folder twice',
      { security: PodSecurity.restricted({ writableFolders: ['/tmp', '/tmp'] }) },
      `'security.writableFolders' must not contain a path that is in use, got "/tmp" again`,
    ],
    [
      'amount of configuration',
      { configFiles: { '/a': 'x'.repeat(2 ** 20) }, environment: { B: EnvValue.fromConfigValue('y') } },
      `'configFiles./a' must be at most 1048576 bytes together with all other values of the ConfigMap, such as 1000, got 1048577: the limit of a ConfigMap: put large files in the image or on a volume`,
    ],
    [
      'request above limit',
      { resources: { cpuRequest: Cpu.millis(600), cpuLimit: Cpu.millis(500) } },
      `'resources.cpuRequest' must not be greater than 'resources.cpuLimit' ("500m"), got "600m"`,
    ],
    [
      'memory above limit',
      { resources: { memoryRequest: Memory.of('1Gi'), memoryLimit: Memory.of('1000Mi') } },
      `'resources.memoryRequest' must not be greater than 'resources.memoryLimit' ("1000Mi"), got "1Gi"`,
    ],
    [
      'rollout of nothing',
      { rollout: { maxSurge: PercentOrAbsolute.percent(0), maxUnavailable: PercentOrAbsolute.absolute(0) } },
      `'rollout.maxSurge' and 'rollout.maxUnavailable' must not both be 0, got 0% and 0: no pod could be replaced`,
    ],
    [
      'surge',
      { rollout: { maxSurge: PercentOrAbsolute.absolute(-1) } },
      `'rollout.maxSurge' must be a whole number of pods that is not negative, got -1`,
    ],
    [
      'unavailable',
      { rollout: { maxUnavailable: PercentOrAbsolute.percent(101) } },
      `'rollout.maxUnavailable' must be a whole number of percent from 0 to 100, got 101%`,
    ],
    [
      'minReadySeconds',
      { rollout: { minReadySeconds: -5 } },
      `'rollout.minReadySeconds' must be a whole number from 0 to 2147483647, such as 5, got -5`,
    ],
  ])('reports a bad %s', (_, props, message) => {
    const stack = testStack();
    workloadIn(stack, props);

    expect(Problems.of(stack)).toEqual([typeof message === 'string' ? `[stack/web] ${message}` : message]);
  });

  test('takes a request equal to its limit, written in another unit', () => {
    const stack = testStack();
    workloadIn(stack, { resources: { cpuRequest: Cpu.millis(1000), cpuLimit: Cpu.cores(1) } });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('lets tokens pass', () => {
    const stack = testStack();
    const { stringValue, numberValue } = token(stack);
    workloadIn(stack, {
      name: stringValue,
      namespace: stringValue,
      image: ContainerImage.fromReference(stringValue),
      containerPort: numberValue,
      servicePort: numberValue,
      portName: stringValue,
      replicas: numberValue,
      environment: { VALUE: EnvValue.fromValue(stringValue) },
      resources: {
        cpuRequest: Cpu.of(stringValue),
        cpuLimit: Cpu.millis(50),
        memoryLimit: Memory.mebibytes(numberValue),
      },
      rollout: { maxSurge: PercentOrAbsolute.absolute(numberValue), minReadySeconds: numberValue },
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
    expect(brokenInvariants(synth(stack))).toEqual([]);
    expect(only(synth(stack), 'kubernetes_deployment_v1')).toMatchObject({
      spec: { replicas: '${var.token}', strategy: { rolling_update: { max_surge: '${var.token}' } } },
    });
  });

  test.each(['nginx', 'nginx:latest', 'ghcr.io/a/b:latest'])('warns of the image %s', (reference) => {
    const stack = testStack();
    workloadIn(stack, { image: ContainerImage.fromReference(reference), security: PodSecurity.asImage() });

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([
      `[stack/web] the image "${reference}" has no fixed tag: the image can change, and nodes may run different versions. Use a version tag or a digest`,
    ]);
  });
});

describe('a stack with two Kubernetes providers', () => {
  test('reports each Kubernetes resource that does not choose one, ours or not', () => {
    const stack = testStack();
    const provider = new KubernetesProvider(stack, 'other', { alias: 'other' });
    workloadIn(stack, { provider }, 'chosen');
    workloadIn(stack, { name: 'open' }, 'open');
    new ServiceV1(stack, 'foreign', { metadata: { name: 'foreign' }, spec: { port: [{ port: 80 }] } });

    expect(Problems.of(stack)).toEqual([
      '[stack] the stack has 2 Kubernetes providers (stack/kubernetes, stack/other), and these constructs do not specify one' +
        ": stack/open/Resource, stack/open/disruption-budget, stack/open/service, stack/foreign. Give each construct its 'provider'",
    ]);
  });

  test('reports a provider of another stack, whose name Terraform would look up in this one', () => {
    const app = testApp();
    const one = testStack(app, 'one');
    workloadIn(testStack(app, 'two'), { provider: one.node.findChild('kubernetes') as KubernetesProvider });

    expect(Problems.of(app)).toEqual([
      "[two] 'provider' of two/web/Resource must be one of its own stack, got one/kubernetes",
      "[two] 'provider' of two/web/disruption-budget must be one of its own stack, got one/kubernetes",
      "[two] 'provider' of two/web/service must be one of its own stack, got one/kubernetes",
    ]);
  });

  test('is fine when all choose', () => {
    const stack = testStack();
    const provider = new KubernetesProvider(stack, 'other', { alias: 'other' });
    new VoteApp(stack, 'vote', { namePrefix: 'vote', front: { image: IMAGE }, provider });

    expect(Problems.of(stack)).toEqual([]);
  });
});
