import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformOutput, TerraformResource, type TerraformStack } from 'cdktf';
import {
  ContainerImage,
  Cpu,
  Exposure,
  NetworkPeer,
  NetworkProfile,
  PodSecurity,
  Problems,
  VoteApp,
  type VoteAppProps,
  VoteBackend,
  type VoteBackendHostAttributes,
  type VoteBackendProps,
  VoteFront,
  type VoteFrontProps,
  type WorkloadOptions,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { at, type Block, only, synth, testStack, token, warningsOf } from '../../util';

const IMAGE = ContainerImage.fromReference('mcr.microsoft.com/azuredocs/azure-vote-front:v1');

function voteIn(stack: TerraformStack, props: Partial<VoteAppProps> = {}): VoteApp {
  return new VoteApp(stack, 'vote', { namePrefix: 'vote', front: { image: IMAGE }, ...props });
}

function backendIn(stack: TerraformStack, props: Partial<VoteBackendProps> = {}): VoteBackend {
  return new VoteBackend(stack, 'back', { name: 'back', ...props });
}

function frontIn(stack: TerraformStack, props: Partial<VoteFrontProps> = {}, id = 'front'): VoteFront {
  return new VoteFront(stack, id, { name: id, image: IMAGE, backend: props.backend ?? backendIn(stack), ...props });
}

function containerOf(stack: TerraformStack, prefix: string, type = 'kubernetes_deployment_v1'): Block {
  const { spec } = at(synth(stack), type, prefix) as { spec: { template: { spec: { container: [Block] } } } };
  return spec.template.spec.container[0];
}

/** For each option of workloads: a value of it, where it shows in a Deployment or beside it, and what shows there. */
const OPTIONS: {
  readonly [option in keyof WorkloadOptions]-?: readonly [
    (stack: TerraformStack) => Required<WorkloadOptions>[option],
    (stack: TerraformStack, prefix: string) => unknown,
    unknown,
  ];
} = {
  namespace: [
    () => 'shop',
    deploymentOf,
    expect.objectContaining({ metadata: expect.objectContaining({ namespace: 'shop' }) }),
  ],
  provider: [
    (stack) => new KubernetesProvider(stack, 'other', { alias: 'other' }),
    deploymentOf,
    expect.objectContaining({ provider: 'kubernetes.other' }),
  ],
  partOf: [
    () => 'shop',
    (stack, prefix) => (deploymentOf(stack, prefix) as { metadata: { labels: Block } }).metadata.labels,
    expect.objectContaining({ 'app.kubernetes.io/part-of': 'shop' }),
  ],
  isolated: [() => false, (stack) => synth(stack).resource?.kubernetes_network_policy_v1, undefined],
  clusterNetwork: [
    () => NetworkProfile.kubenet(),
    (stack, prefix) => warningsOf(stack).filter((one) => one.startsWith(`[stack/${prefix.replaceAll('_', '/')}`)),
    expect.arrayContaining([expect.stringContaining("'isolated' has no effect")]),
  ],
  prerequisites: [
    (stack) => [new TerraformResource(stack, 'first', { terraformResourceType: 'terraform_data' })],
    (stack, prefix) => deploymentOf(stack, prefix).depends_on,
    expect.arrayContaining(['terraform_data.first']),
  ],
};

function deploymentOf(stack: TerraformStack, prefix: string): Block {
  return at(synth(stack), 'kubernetes_deployment_v1', prefix);
}

describe.each(Object.entries(OPTIONS))('the option %s', (name, [valueIn, shownAt, shown]) => {
  test.each<[string, string[], (stack: TerraformStack, option: WorkloadOptions) => void]>([
    [
      'VoteApp',
      ['vote_front', 'vote_back', 'vote_second'],
      (stack, option) => void voteIn(stack, option).addFront('second', { sharesVotes: true }),
    ],
    ['VoteFront', ['front'], (stack, option) => void frontIn(stack, { ...option, backend: backendIn(stack, option) })],
    ['VoteBackend', ['back'], (stack, option) => void backendIn(stack, option)],
  ])('given to %s reaches the workloads %j', (_, prefixes, create) => {
    const stack = testStack();
    create(stack, { [name]: valueIn(stack) });

    expect(prefixes.map((prefix) => shownAt(stack, prefix))).toEqual(prefixes.map(() => shown));
  });
});

describe('VoteApp', () => {
  test('is a public front and a Redis inside the cluster, created before it, that only the front may call', () => {
    const stack = testStack();
    voteIn(stack, { namePrefix: 'my-vote', namespace: 'vote' });
    const json = synth(stack);

    expect(at(json, 'kubernetes_service_v1', 'vote_front')).toMatchObject({
      metadata: { name: 'my-vote-front', namespace: 'vote' },
      spec: { type: 'LoadBalancer', selector: { app: 'my-vote-front' } },
    });
    expect(at(json, 'kubernetes_service_v1', 'vote_back')).toMatchObject({
      metadata: { name: 'my-vote-back', namespace: 'vote' },
      spec: { type: 'ClusterIP', port: [{ port: 6379, target_port: '6379' }] },
    });
    expect(at(json, 'kubernetes_deployment_v1', 'vote_front')).toMatchObject({
      metadata: { labels: { 'app.kubernetes.io/part-of': 'my-vote' } },
      depends_on: [
        expect.stringMatching(/^kubernetes_deployment_v1\.vote_back_redis_\w+$/),
        expect.stringMatching(/^kubernetes_service_v1\.vote_back_redis_service_\w+$/),
        expect.stringMatching(/^kubernetes_network_policy_v1\.vote_back_redis_policy_\w+$/),
      ],
      spec: {
        replicas: '2',
        template: {
          spec: {
            container: [
              {
                env: [
                  { name: 'REDIS', value: 'my-vote-back' },
                  { name: 'UWSGI_PROCESSES', value: '4' },
                ],
              },
            ],
          },
        },
      },
    });
    expect(at(json, 'kubernetes_deployment_v1', 'vote_back')).toMatchObject({ spec: { replicas: '1' } });
    expect(at(json, 'kubernetes_network_policy_v1', 'vote_back').spec).toEqual({
      pod_selector: { match_labels: { app: 'my-vote-back' } },
      policy_types: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [{ pod_selector: { match_labels: { app: 'my-vote-front' } } }],
          ports: [{ protocol: 'TCP', port: '6379' }],
        },
      ],
      egress: [
        {
          ports: [
            { protocol: 'UDP', port: '53' },
            { protocol: 'TCP', port: '53' },
          ],
        },
      ],
    });
    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('has further fronts with votes, exposure and replicas of their own', () => {
    const stack = testStack();
    const vote = voteIn(stack);
    const pets = vote.addFront('pets', {
      title: 'Which pet?',
      vote1Value: 'Hamster',
      vote2Value: 'Parrot',
      replicas: 3,
      exposure: Exposure.internalLoadBalancer(),
    });
    new TerraformOutput(stack, 'pets', { value: pets.url });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(at(json, 'kubernetes_deployment_v1', 'vote_pets')).toMatchObject({
      metadata: { name: 'vote-pets' },
      spec: {
        replicas: '3',
        template: {
          spec: {
            container: [
              {
                image: IMAGE.reference,
                env: [
                  { name: 'REDIS', value: 'vote-back' },
                  { name: 'TITLE', value: 'Which pet?' },
                  { name: 'VOTE1VALUE', value: 'Hamster' },
                  { name: 'VOTE2VALUE', value: 'Parrot' },
                  { name: 'UWSGI_PROCESSES', value: '4' },
                ],
              },
            ],
          },
        },
      },
    });
    expect((at(json, 'kubernetes_network_policy_v1', 'vote_back').spec as { ingress: Block[] }).ingress).toHaveLength(
      2,
    );
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('takes the settings of its Redis, or another back end', () => {
    const stack = testStack();
    const first = voteIn(stack, { backend: { image: ContainerImage.fromReference('redis:8.2') } });
    new VoteApp(stack, 'second', {
      namePrefix: 'second',
      front: { image: IMAGE, vote1Value: 'Tea', vote2Value: 'Coffee', exposure: Exposure.clusterOnly() },
      existingBackend: first.backend,
    });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(at(json, 'kubernetes_deployment_v1', 'vote_back')).toMatchObject({
      spec: { template: { spec: { container: [{ image: 'redis:8.2' }] } } },
    });
    expect(JSON.stringify(at(json, 'kubernetes_deployment_v1', 'second_front'))).toContain('"value":"vote-back"');
    expect(at(json, 'kubernetes_service_v1', 'second_front')).toMatchObject({ spec: { type: 'ClusterIP' } });
  });

  test('reports two back ends', () => {
    const stack = testStack();
    voteIn(stack, { backend: {}, existingBackend: backendIn(stack) });

    expect(Problems.of(stack)).toEqual([
      "[stack/vote] 'backend' and 'existingBackend' must not both be given, got the existing one at stack/back too: keep the intended one",
    ]);
  });

  test('reports a bad prefix once', () => {
    const stack = testStack();
    voteIn(stack, { namePrefix: 'My_Vote' });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/vote\] 'namePrefix' must be 1 to 40 .*, got "My_Vote"$/),
    ]);
  });

  test('takes the longest prefix that it allows', () => {
    const stack = testStack();
    voteIn(stack, { namePrefix: 'a'.repeat(40) });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('warns for each part when the network of the cluster ignores its policies', () => {
    const stack = testStack();
    voteIn(stack, { clusterNetwork: NetworkProfile.kubenet() });

    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^\[stack\/vote\/back\/redis\] 'isolated' has no effect: .* leave it out$/),
      expect.stringMatching(/^\[stack\/vote\/front\/web\] 'isolated' has no effect/),
    ]);
  });

  test.each([
    { clusterNetwork: NetworkProfile.overlay() },
    { clusterNetwork: NetworkProfile.kubenet(), isolated: false },
  ])('does not warn otherwise', (props) => {
    const stack = testStack();
    voteIn(stack, props);

    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('VoteBackend', () => {
  test('keeps the votes in memory, as its own user, and is asked by a ping that means something', () => {
    const stack = testStack();
    backendIn(stack);

    expect(containerOf(stack, 'back')).toMatchObject({
      image: 'redis:7.2',
      command: ['redis-server', '--save', '', '--appendonly', 'no'],
      readiness_probe: { exec: { command: ['sh', '-c', 'redis-cli ping | grep -q PONG'] } },
      security_context: { run_as_user: '999', read_only_root_filesystem: true },
    });
  });

  test('keeps the votes on a disk that outlives it, written at each vote', () => {
    const stack = testStack();
    backendIn(stack, { persistence: {} });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(json.resource).not.toHaveProperty('kubernetes_deployment_v1');
    expect(only(json, 'kubernetes_stateful_set_v1')).toMatchObject({
      metadata: { name: 'back' },
      spec: {
        replicas: '1',
        service_name: 'back',
        persistent_volume_claim_retention_policy: [{ when_deleted: 'Retain', when_scaled: 'Retain' }],
        template: {
          spec: {
            container: [
              {
                command: ['redis-server', '--dir', '/data', '--appendonly', 'yes'],
                volume_mount: [{ name: 'data', mount_path: '/data' }],
              },
            ],
            security_context: { fs_group: '999' },
          },
        },
        volume_claim_template: [
          {
            metadata: { name: 'data' },
            spec: {
              access_modes: ['ReadWriteOnce'],
              storage_class_name: 'managed-csi',
              resources: { requests: { storage: '8Gi' } },
            },
          },
        ],
      },
      wait_for_rollout: true,
    });
    expect(only(json, 'kubernetes_service_v1')).toMatchObject({ spec: { selector: { app: 'back' } } });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('lets monitoring call its Redis, and nobody else', () => {
    const stack = testStack();
    backendIn(stack).workload.allowFrom(NetworkPeer.namespace('monitoring'));

    expect(only(synth(stack), 'kubernetes_network_policy_v1')).toMatchObject({
      spec: { ingress: [{ from: [{ namespace_selector: {} }], ports: [{ port: '6379' }] }] },
    });
    expect(Problems.of(stack)).toEqual([]);
  });

  test('takes size and class of the disk, and resources', () => {
    const stack = testStack();
    backendIn(stack, {
      persistence: { sizeGibibytes: 32, storageClass: 'managed-csi-premium' },
      resources: { cpuRequest: Cpu.cores(1) },
    });

    expect(only(synth(stack), 'kubernetes_stateful_set_v1')).toMatchObject({
      spec: {
        template: { spec: { container: [{ resources: { requests: { cpu: '1' }, limits: {} } }] } },
        volume_claim_template: [
          { spec: { storage_class_name: 'managed-csi-premium', resources: { requests: { storage: '32Gi' } } } },
        ],
      },
    });
  });

  test('has a password that no manifest shows, and that its fronts know', () => {
    const stack = testStack();
    const backend = backendIn(stack, { password: token(stack).stringValue });
    frontIn(stack, { backend });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(containerOf(stack, 'back')).toMatchObject({
      command: ['redis-server', '--save', '', '--appendonly', 'no', '--requirepass', '$(REDISCLI_AUTH)'],
      env: [{ name: 'REDISCLI_AUTH', value_from: { secret_key_ref: { name: 'back', key: 'REDISCLI_AUTH' } } }],
    });
    expect(at(json, 'kubernetes_secret_v1', 'back').data).toEqual({ REDISCLI_AUTH: '${var.token}' });
    expect(at(json, 'kubernetes_secret_v1', 'front').data).toEqual({
      REDIS_PWD: '${var.token}',
      'wait-for-backend.REDISCLI_AUTH': '${var.token}',
    });
    expect(containerOf(stack, 'front').env).toContainEqual({
      name: 'REDIS_PWD',
      value_from: { secret_key_ref: { name: 'front', key: 'REDIS_PWD' } },
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test.each<[string, Partial<VoteBackendProps>, unknown]>([
    [
      'literal password, once and without showing it',
      { password: 'hunter2' },
      "[stack/back] 'password' must not be a literal, which the synthesized JSON would contain, got one of 7 characters: " +
        'use a sensitive TerraformVariable or an attribute of a resource',
    ],
    [
      'size',
      { persistence: { sizeGibibytes: 0 } },
      "[stack/back] 'persistence.sizeGibibytes' must be a whole number from 1 to 32767, such as 8, got 0",
    ],
    [
      'storage class',
      { persistence: { storageClass: 'Premium' } },
      expect.stringMatching(/^\[stack\/back\] 'persistence\.storageClass' must be .*, got "Premium"$/),
    ],
  ])('reports a bad %s', (_, props, message) => {
    const stack = testStack();
    frontIn(stack, { backend: backendIn(stack, props) });

    expect(Problems.of(stack)).toEqual([message]);
    expect(JSON.stringify(synth(stack))).not.toContain('hunter2');
  });
});

describe('VoteBackend.fromHost', () => {
  function outside(stack: TerraformStack, attributes: Partial<VoteBackendHostAttributes> = {}): void {
    const known = { host: 'redis.contoso.com', addressRange: '10.1.0.4/32' };
    frontIn(stack, { backend: VoteBackend.fromHost(stack, 'back', { ...known, ...attributes }) });
  }

  test('is a Redis that exists: fronts wait for it, and may call its addresses', () => {
    const stack = testStack();
    outside(stack, { password: token(stack).stringValue, clientImage: ContainerImage.fromReference('redis:8.2') });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'kubernetes_deployment_v1')).toMatchObject({
      spec: {
        template: {
          spec: {
            container: [{ env: expect.arrayContaining([{ name: 'REDIS', value: 'redis.contoso.com' }]) }],
            init_container: [{ image: 'redis:8.2' }],
          },
        },
      },
    });
    expect(only(json, 'kubernetes_network_policy_v1')).toMatchObject({
      spec: {
        ingress: [{ ports: [{ protocol: 'TCP', port: '80' }] }],
        egress: [{}, { to: [{ ip_block: { cidr: '10.1.0.4/32' } }], ports: [{ protocol: 'TCP', port: '6379' }] }],
      },
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test.each<[string, Partial<VoteBackendHostAttributes>, RegExp]>([
    [
      'host with a port',
      { host: 'redis.contoso.com:6380' },
      /'host' must be .*, got "redis\.contoso\.com:6380": the vote/,
    ],
    ['host that speaks only TLS', { host: 'a.westeurope.redis.azure.net' }, /which Azure Managed Redis needs$/],
    ['range', { addressRange: '10.1.0.4' }, /'addressRange' must be .*, got "10\.1\.0\.4"$/],
    [
      'range that is elsewhere',
      { host: '10.2.0.4' },
      /'addressRange' must hold the 'host' \("10\.2\.0\.4"\), got "10\.1\.0\.4\/32": fronts could not call it$/,
    ],
    ['literal password', { password: 'hunter2' }, /'password' must not be a literal.*got one of 7 characters/],
  ])('reports a bad %s', (_, attributes, message) => {
    const stack = testStack();
    outside(stack, attributes);

    expect(Problems.of(stack)).toEqual([expect.stringMatching(message)]);
  });

  test('lets tokens pass', () => {
    const stack = testStack();
    const { stringValue } = token(stack);
    outside(stack, { host: stringValue, addressRange: stringValue });

    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(synth(stack))).toEqual([]);
  });

  test('warns of an Azure Cache for Redis, whose plain port is off until somebody enables it', () => {
    const stack = testStack();
    outside(stack, { host: 'contoso.redis.cache.windows.net' });

    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(
        /'host' "contoso\.redis\.cache\.windows\.net" is an Azure Cache for Redis, which accepts unencrypted connections/,
      ),
    ]);
  });
});

describe('VoteFront', () => {
  test('is asked for the page, and for nothing that answers when the application is dead', () => {
    const stack = testStack();
    frontIn(stack);
    const page = { http_get: { path: '/', port: '80' }, timeout_seconds: 5 };

    expect(containerOf(stack, 'front')).toMatchObject({
      startup_probe: { ...page, period_seconds: 5, failure_threshold: 24 },
      readiness_probe: { ...page, period_seconds: 5 },
      liveness_probe: { ...page, period_seconds: 10, failure_threshold: 6 },
    });
  });

  test('reads whether to show its host from the file that the image reads it from', () => {
    const stack = testStack();
    frontIn(stack, { showHost: true });

    expect(only(synth(stack), 'kubernetes_config_map_v1').data).toEqual({
      'app__config_file.cfg':
        "TITLE = 'Azure Voting App'\nVOTE1VALUE = 'Cats'\nVOTE2VALUE = 'Dogs'\nSHOWHOST = 'true'\n",
    });
    expect(containerOf(stack, 'front').volume_mount).toEqual([
      {
        name: 'config-files',
        mount_path: '/app/config_file.cfg',
        sub_path: 'app__config_file.cfg',
        read_only: true,
      },
    ]);
  });

  test('can run an image of your own, with the rights and the processes that it needs', () => {
    const stack = testStack();
    frontIn(stack, { security: PodSecurity.restricted({ userId: 1000 }), processes: 8 });

    expect(containerOf(stack, 'front')).toMatchObject({
      env: [{ name: 'REDIS' }, { name: 'UWSGI_PROCESSES', value: '8' }],
      security_context: { run_as_user: '1000' },
    });
  });

  test.each<[string, Partial<VoteFrontProps>, string]>([
    [
      'title',
      { title: ' ' },
      `'title' must be a non-blank text, such as "Cats or dogs?", got " ": the page replaces a blank title with its own`,
    ],
    [
      'first value',
      { vote1Value: 'reset' },
      `'vote1Value' must be a text that is neither blank nor "reset", such as "Cats", got "reset": the page replaces a blank value with its own, and a vote for "reset" sets all counts to 0`,
    ],
    [
      'second value',
      { vote2Value: '' },
      `'vote2Value' must be a text that is neither blank nor "reset", such as "Cats", got "": the page replaces a blank value with its own, and a vote for "reset" sets all counts to 0`,
    ],
    [
      'pair of values',
      { vote1Value: 'Tea', vote2Value: 'Tea' },
      `'vote1Value' and 'vote2Value' must differ, got "Tea" for both: each vote would count for both`,
    ],
    [
      'value that is the default of the other',
      { vote1Value: 'Dogs' },
      `'vote1Value' and 'vote2Value' must differ, got "Dogs" for both: each vote would count for both`,
    ],
    ['number of processes', { processes: 2 }, `'processes' must be a whole number from 3 to 128, such as 4, got 2`],
  ])('reports a bad %s', (_, props, message) => {
    const stack = testStack();
    frontIn(stack, props);

    expect(Problems.of(stack)).toEqual([`[stack/front] ${message}`]);
  });

  test('lets tokens pass', () => {
    const stack = testStack();
    const { stringValue, numberValue } = token(stack);
    frontIn(stack, { title: stringValue, vote1Value: stringValue, vote2Value: stringValue, processes: numberValue });

    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(synth(stack))).toEqual([]);
  });

  test.each([0, 1])('warns of %d replicas', (replicas) => {
    const stack = testStack();
    frontIn(stack, { replicas });

    expect(warningsOf(stack.node.findChild('front')).slice(0, 1)).toEqual([
      `[stack/front] 'replicas' is ${replicas}: with fewer than 2, voting is unavailable while a node is upgraded or replaced`,
    ]);
  });

  test('warns of a title that nobody sees', () => {
    const stack = testStack();
    frontIn(stack, { title: 'Pets', showHost: true });

    expect(warningsOf(stack)).toEqual([
      "[stack/front] 'title' has no effect with 'showHost': the page shows the name of its pod instead",
    ]);
  });

  test('reports it when two fronts count the same votes, unless that is meant', () => {
    const stack = testStack();
    const backend = backendIn(stack);
    frontIn(stack, { backend });
    frontIn(stack, { backend, vote1Value: 'Cats', vote2Value: 'Parrots' }, 'birds');
    frontIn(stack, { backend, sharesVotes: true }, 'twin');

    expect(Problems.of(stack)).toEqual([
      '[stack/back] the vote values of stack/birds must differ from those of stack/front, which counts in the same back ' +
        `end, got "Cats": give it a 'vote1Value' and a 'vote2Value' of its own, or 'sharesVotes' if they are meant to share one count`,
    ]);
  });
});
