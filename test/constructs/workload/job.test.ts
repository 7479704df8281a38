import { TerraformVariable, type TerraformStack } from 'cdktf';
import {
  AcrRegistry,
  CompletionMode,
  ContainerImage,
  Cpu,
  EnvValue,
  Job,
  type JobProps,
  JobRestartPolicy,
  KubernetesNamespace,
  NetworkPeer,
  Probe,
  Problems,
  Worker,
  Workload,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { brokenInvariants } from '../../terraform-invariants';
import { at, type Block, only, RESOURCE_GROUP, synth, testStack, token, warningsOf } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/import:1');

function jobIn(stack: TerraformStack, props: Partial<JobProps> = {}): Job {
  return new Job(stack, 'import', { name: 'import', image, ...props });
}

function jobOf(props: Partial<JobProps> = {}): Block {
  const stack = testStack();
  jobIn(stack, props);
  return only(synth(stack), 'kubernetes_job_v1');
}

function nameOf(props: (stack: TerraformStack) => Partial<JobProps>): string {
  const stack = testStack();
  jobIn(stack, props(stack));
  return (only(synth(stack), 'kubernetes_job_v1').metadata as { name: string }).name;
}

function problemsOf(props: Partial<JobProps>): string[] {
  const stack = testStack();
  jobIn(stack, props);
  return Problems.of(stack).map((problem) => problem.replace(/^\[stack\/import\] /, ''));
}

describe('a Job', () => {
  test('is one pod that runs to completion, for which Terraform waits, by default', () => {
    expect(jobOf()).toMatchInlineSnapshot(`
     {
       "metadata": {
         "labels": {
           "app": "import",
           "app.kubernetes.io/managed-by": "terraform",
           "app.kubernetes.io/name": "import",
         },
         "name": "import-240fa913",
       },
       "spec": {
         "active_deadline_seconds": 3600,
         "template": {
           "metadata": {
             "labels": {
               "app": "import",
               "app.kubernetes.io/managed-by": "terraform",
               "app.kubernetes.io/name": "import",
             },
           },
           "spec": {
             "automount_service_account_token": false,
             "container": [
               {
                 "image": "ghcr.io/contoso/import:1",
                 "name": "import",
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
             "restart_policy": "Never",
             "security_context": {
               "seccomp_profile": {
                 "type": "RuntimeDefault",
               },
             },
             "termination_grace_period_seconds": 30,
           },
         },
       },
       "timeouts": {
         "create": "65m",
         "delete": "6m",
         "update": "65m",
       },
       "wait_for_completion": true,
     }
    `);
  });

  test('is told how often, how long and in how many pods it runs', () => {
    const stack = testStack();
    jobIn(stack, {
      restartPolicy: JobRestartPolicy.ON_FAILURE,
      backoffLimit: 0,
      activeDeadlineSeconds: 90,
      completions: 10,
      parallelism: 5,
      completionMode: CompletionMode.INDEXED,
      terminationGracePeriodSeconds: 600,
    });
    const json = synth(stack);

    expect(only(json, 'kubernetes_job_v1')).toMatchObject({
      spec: {
        backoff_limit: 0,
        active_deadline_seconds: 90,
        completions: 10,
        parallelism: 5,
        completion_mode: 'Indexed',
        template: { spec: { restart_policy: 'OnFailure', termination_grace_period_seconds: 600 } },
      },
      // longer than Kubernetes lets it run, and lets it end
      timeouts: { create: '7m', update: '7m', delete: '15m' },
    });
    expect(invalidManifests(json)).toEqual([]);
    expect(brokenInvariants(json)).toEqual([]);
    expect([...Problems.of(stack), ...warningsOf(stack)]).toEqual([]);
  });

  test('has no deadline where nobody waits for it', () => {
    const job = jobOf({ wait: false }) as { spec: Block };

    expect(job).toMatchObject({ wait_for_completion: false });
    expect(job.spec).not.toHaveProperty('active_deadline_seconds');
  });

  test('is waited for as long as can be where only Terraform knows the deadline', () => {
    const stack = testStack();
    jobIn(stack, { activeDeadlineSeconds: token(stack).numberValue });

    expect(only(synth(stack), 'kubernetes_job_v1')).toMatchObject({ timeouts: { create: '1440m' } });
  });

  test('comes after what it needs, its network policy among it, and before what needs it', () => {
    const stack = testStack();
    const registry = new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'contoso' });
    new KubernetesNamespace(stack, 'namespace', { namespaceName: 'shop', defaultDeny: true });
    const job = jobIn(stack, {
      image: registry.image('import', 'v1'),
      namespace: 'shop',
      isolated: true,
      environment: { SOURCE: EnvValue.fromConfigValue('orders') },
    });
    new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, prerequisites: [job] });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'kubernetes_job_v1').depends_on).toEqual([
      expect.stringMatching(/^kubernetes_config_map_v1\./),
      expect.stringMatching(/^kubernetes_network_policy_v1\./),
      expect.stringMatching(/^kubernetes_namespace_v1\./),
    ]);
    expect(only(json, 'kubernetes_deployment_v1').depends_on).toEqual(
      expect.arrayContaining([expect.stringMatching(/^kubernetes_job_v1\.import/)]),
    );
  });

  test('calls a workload, which lets it in, and nobody else', () => {
    const stack = testStack();
    const api = new Workload(stack, 'api', { name: 'api', image, containerPort: 8080, isolated: true });
    const job = jobIn(stack, { isolated: true });
    job.connectTo(api);
    job.allowTo(NetworkPeer.ipRange('10.1.0.4/32'), 5432);
    const json = synth(stack);

    expect(at(json, 'kubernetes_network_policy_v1', 'api').spec).toMatchObject({
      ingress: [{ from: [{ pod_selector: { match_labels: job.selector } }] }],
    });
    expect(at(json, 'kubernetes_network_policy_v1', 'import').spec).toMatchObject({
      pod_selector: { match_labels: { app: 'import' } },
      ingress: [],
      egress: [{}, { ports: [{ port: '8080' }] }, { to: [{ ip_block: { cidr: '10.1.0.4/32' } }] }],
    });
  });

  test('is told from a worker of its name, once', () => {
    const stack = testStack();
    new Worker(stack, 'worker', { name: 'import', image });
    jobIn(stack);

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining(`'name' must be unique in a namespace, got "import" for stack/worker and stack/import`),
    ]);
  });
});

describe('the name of a Job', () => {
  const other = ContainerImage.fromReference('ghcr.io/contoso/import:2');
  const config = (value: string): Partial<JobProps> => ({ environment: { A: EnvValue.fromConfigValue(value) } });

  test('is the same in another program, and what `jobName` says', () => {
    const job = jobIn(testStack());

    expect(nameOf(() => ({}))).toBe(job.jobName);
    expect(job.jobName).toMatch(/^import-[0-9a-f]{8}$/);
  });

  test.each<[string, Partial<JobProps>, Partial<JobProps>]>([
    ['image', {}, { image: other }],
    ['command', { command: ['a'] }, { command: ['b'] }],
    ['configuration', config('a'), config('b')],
    ['file', { configFiles: { '/a': 'a' } }, { configFiles: { '/a': 'b' } }],
    // the provider leaves these as they are in a Job that there is
    ['request', {}, { resources: { cpuRequest: Cpu.millis(100) } }],
    ['label', {}, { partOf: 'shop' }],
    ['number of retries', {}, { backoffLimit: 1 }],
    ['deadline', {}, { activeDeadlineSeconds: 60 }],
  ])('is another one for another %s, so that it runs again', (_, before, after) => {
    expect(nameOf(() => before)).not.toBe(nameOf(() => after));
  });

  test.each<[string, (stack: TerraformStack, tag: string) => Partial<JobProps>]>([
    ['image', (_, tag) => ({ image: ContainerImage.fromReference(tag) })],
    ['variable', (_, tag) => ({ environment: { A: EnvValue.fromValue(`say "${tag}"`) } })],
    ['secret', (_, tag) => ({ environment: { A: EnvValue.fromSecretValue(tag) } })],
    ['number', (stack) => ({ backoffLimit: token(stack).numberValue })],
    ['list', (stack) => ({ command: token(stack).listValue })],
  ])('is computed by Terraform where only it knows the %s', (_, props) => {
    expect(nameOf((stack) => props(stack, token(stack).stringValue))).toMatch(
      /^import-\$\{substr\(sha256\(jsonencode\(\["[0-9a-f]{8}", .*var\.token.*\]\)\), 0, 8\)\}$/,
    );
  });

  test('is another one for another part of a text that Terraform knows in part', () => {
    const tagged = (tag: string) => (stack: TerraformStack) => ({
      image: ContainerImage.fromReference(`${new TerraformVariable(stack, 'host', {}).stringValue}/import:${tag}`),
    });

    expect(nameOf(tagged('1'))).not.toBe(nameOf(tagged('2')));
  });
});

describe('what is wrong with a Job', () => {
  test.each<[string, Partial<JobProps>, RegExp]>([
    ['name that is too long', { name: 'a'.repeat(55) }, /^'name' must be 1 to 54 lower-case letters/],
    ['number of retries', { backoffLimit: -1 }, /^'backoffLimit' must be/],
    ['deadline', { activeDeadlineSeconds: 0 }, /^'activeDeadlineSeconds' must be/],
    ['number of completions', { completions: 0 }, /^'completions' must be/],
    ['parallelism', { parallelism: 0 }, /^'parallelism' must be/],
    [
      'parallelism of indexed pods',
      { parallelism: 100_001, completionMode: CompletionMode.INDEXED },
      /^'parallelism' must be at most 100000 with CompletionMode\.INDEXED, got 100001$/,
    ],
    [
      'name of indexed pods',
      { name: 'a'.repeat(51), completions: 101, completionMode: CompletionMode.INDEXED },
      /^'name' must leave space for an index of up to 100 with CompletionMode\.INDEXED, got 51 characters: take at most 50$/,
    ],
    ['image', { image: ContainerImage.fromReference('Import') }, /^'image' must be/],
  ])('is reported of its %s', (_, props, message) => {
    expect(problemsOf(props)).toEqual([expect.stringMatching(message)]);
  });

  test('is nothing at the edges', () => {
    const name = 'a'.repeat(54);

    expect(problemsOf({ name, backoffLimit: 0, parallelism: 100_001 })).toEqual([]);
    expect(
      problemsOf({
        name: name.slice(0, 50),
        completions: 101,
        parallelism: 100_000,
        completionMode: CompletionMode.INDEXED,
      }),
    ).toEqual([]);
  });

  test('are probes, which it does not have', () => {
    const props: object = { probes: { liveness: Probe.exec(['true']) } };

    expect(problemsOf(props)).toEqual([expect.stringContaining("'probes'")]);
  });

  test('is an account that cannot log in to Azure from where it is isolated', () => {
    const stack = testStack();
    const node = { path: 'stack/account' };
    const serviceAccount = {
      serviceAccountName: 'import',
      namespace: 'default',
      podLabels: {},
      usesAzure: true,
      prerequisites: [],
      node,
    };
    jobIn(stack, { isolated: true, serviceAccount: serviceAccount as unknown as JobProps['serviceAccount'] });

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("'isolated' must allow outbound port 443 for pods that use Azure"),
    ]);
  });
});
