import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { RoleV1 } from '@cdktf/provider-kubernetes/lib/role-v1';
import { StatefulSetV1 } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import {
  ContainerImage,
  Cpu,
  Exposure,
  Job,
  KubernetesNamespace,
  Problems,
  VoteApp,
  VoteBackend,
  VoteFront,
  Workload,
  type WorkloadNames,
  type WorkloadProps,
} from '../../../constructs';
import { type Block, type Json, synth, testStack, token } from '../../util';

const IMAGE = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
const NAMES: Required<WorkloadNames> = {
  deploymentName: 'shop-deployment',
  containerName: 'shop-container',
  serviceName: 'shop-service',
};
const PROPS: WorkloadProps = { name: 'shop', image: IMAGE, containerPort: 8080, servicePort: 80 };

interface Controller {
  readonly metadata: { readonly name: string; readonly labels: { readonly [label: string]: string } };
  readonly spec: {
    readonly selector: { readonly match_labels: Block };
    readonly service_name?: string;
    readonly template: { readonly spec: { readonly container: [{ readonly name: string }] } };
  };
}

/** The only resource of a type, or of those whose address begins with a text. */
function find<T>(json: Json, type: string, prefix = ''): T {
  const found = Object.entries(json.resource?.[type] ?? {}).filter(([address]) => address.startsWith(prefix));
  expect(found).toHaveLength(1);
  return found[0]![1] as T;
}

/** The names of a part, as it is deployed. */
function namesOf(json: Json, prefix: string, controllerType = 'kubernetes_deployment_v1'): Required<WorkloadNames> {
  const { metadata, spec } = find<Controller>(json, controllerType, prefix);
  return {
    deploymentName: metadata.name,
    containerName: spec.template.spec.container[0].name,
    serviceName: find<Controller>(json, 'kubernetes_service_v1', prefix).metadata.name,
  };
}

describe('the names of a workload', () => {
  test.each<[string, WorkloadNames]>([
    ['all', NAMES],
    ['the Deployment', { deploymentName: 'a' }],
    ['the container', { containerName: 'a' }],
    ['the Service', { serviceName: 'a' }],
    ['nothing', {}],
  ])('are as told for %s, and else its own name', (_, names) => {
    const stack = testStack();
    new Workload(stack, 'shop', { ...PROPS, ...names });

    expect(Problems.of(stack)).toEqual([]);
    expect(namesOf(synth(stack), 'shop')).toEqual({
      deploymentName: 'shop',
      containerName: 'shop',
      serviceName: 'shop',
      ...names,
    });
  });

  test('change nothing else: the pods are selected, and other objects called, by its own name', () => {
    const [plain, named] = [{}, NAMES].map((names) => {
      const stack = testStack();
      new Workload(stack, 'shop', { ...PROPS, isolated: true, autoscaling: undefined, ...names });
      return JSON.stringify(synth(stack).resource);
    });

    // the label and the selectors stay; three names, and nothing but names, are others
    expect(named!.replace(/shop-(deployment|container|service)/g, 'shop')).toBe(plain);
    expect(named!.match(/shop-(deployment|container|service)/g)!.sort()).toEqual(Object.values(NAMES).sort());
  });

  test('reach the autoscaler, the host name, the URL and the pods that connect', () => {
    const stack = testStack();
    const shop = new Workload(stack, 'shop', {
      ...PROPS,
      ...NAMES,
      namespace: 'web',
      isolated: true,
      resources: { cpuRequest: Cpu.millis(100) },
      autoscaling: { minReplicas: 2, maxReplicas: 4 },
      exposure: Exposure.clusterOnly(),
    });
    const caller = new Workload(stack, 'caller', { ...PROPS, name: 'caller', namespace: 'web', isolated: true });
    caller.connectTo(shop);
    const json = synth(stack);

    expect([shop.serviceName, shop.serviceDnsName, shop.url]).toEqual([
      'shop-service',
      'shop-service.web.svc.cluster.local',
      'http://shop-service.web.svc.cluster.local',
    ]);
    expect(find(json, 'kubernetes_horizontal_pod_autoscaler_v2')).toMatchObject({
      metadata: { name: 'shop' },
      spec: { scale_target_ref: { kind: 'Deployment', name: 'shop-deployment' } },
    });
    expect(find(json, 'kubernetes_network_policy_v1', 'caller')).toMatchObject({
      spec: {
        egress: expect.arrayContaining([
          expect.objectContaining({ to: [{ pod_selector: { match_labels: { app: 'shop' } } }] }),
        ]),
      },
    });
    expect(Problems.of(stack)).toEqual([]);
  });

  test.each<[string, WorkloadNames, string]>([
    ['deploymentName', { deploymentName: 'a'.repeat(64) }, 'must be 1 to 63 lower-case letters'],
    ['deploymentName', { deploymentName: 'Shop' }, 'must be 1 to 63 lower-case letters'],
    ['containerName', { containerName: 'shop.web' }, 'must be 1 to 63 lower-case letters'],
    ['serviceName', { serviceName: '1shop' }, 'must be 1 to 63 lower-case letters'],
    ['serviceName', { serviceName: 'kubernetes' }, 'must not be that of a Service that every cluster has'],
  ])('report %s of %p, once', (property, names, rule) => {
    const stack = testStack();
    new Workload(stack, 'shop', { ...PROPS, ...names });

    expect(Problems.of(stack)).toEqual([expect.stringContaining(`[stack/shop] '${property}' ${rule}`)]);
  });

  test('pass when only Terraform knows them', () => {
    const stack = testStack();
    const { stringValue } = token(stack);
    new Workload(stack, 'shop', {
      ...PROPS,
      deploymentName: stringValue,
      containerName: stringValue,
      serviceName: stringValue,
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(namesOf(synth(stack), 'shop').serviceName).toBe('${var.token}');
  });

  test('report an init container that has the name of the container', () => {
    const stack = testStack();
    new Workload(stack, 'shop', {
      ...PROPS,
      ...NAMES,
      initContainers: [
        { name: 'shop-container', image: IMAGE },
        { name: 'shop', image: IMAGE },
      ],
    });

    expect(Problems.of(stack)).toEqual([expect.stringContaining("'initContainers[0].name' must differ")]);
  });
});

describe('names in one namespace', () => {
  const byHand = (name: string) => ({
    metadata: { name },
    spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: {} } },
  });

  function problemsOf(one: Partial<WorkloadProps>, two: Partial<WorkloadProps>): string[] {
    const stack = testStack();
    new Workload(stack, 'one', { ...PROPS, name: 'one', ...one });
    new Workload(stack, 'two', { ...PROPS, name: 'two', ...two });
    return Problems.of(stack);
  }

  test.each<[string, string, Partial<WorkloadProps>, Partial<WorkloadProps>]>([
    ['deploymentName', 'a', { deploymentName: 'a' }, { deploymentName: 'a' }],
    ['deploymentName', 'one', {}, { deploymentName: 'one' }],
    ['serviceName', 'a', { serviceName: 'a' }, { serviceName: 'a' }],
    ['serviceName', 'two', { serviceName: 'two' }, {}],
    ['name', 'a', { name: 'a', ...NAMES }, { name: 'a' }],
    ['name', 'a', { name: 'a', replicas: 1, ...NAMES }, { name: 'a', replicas: 1 }],
  ])("are reported by the property '%s' for %s, once", (property, name, one, two) => {
    expect(problemsOf(one, two)).toEqual([
      `[stack] '${property}' must be unique in a namespace, got "${name}" for stack/one and stack/two: give them different ` +
        'names or namespaces',
    ]);
  });

  test.each<[string, Partial<WorkloadProps>, Partial<WorkloadProps>]>([
    ['containers', { containerName: 'a' }, { containerName: 'a' }],
    ['objects of different kinds', { deploymentName: 'a' }, { serviceName: 'a' }],
    ['objects of different namespaces', { ...NAMES, namespace: 'a' }, NAMES],
  ])('may be the same for %s', (_, one, two) => {
    expect(problemsOf(one, two)).toEqual([]);
  });

  test('of objects of several kinds are reported by their own properties, once', () => {
    const stack = testStack();
    const metadata = { name: 'same', namespace: 'shop' };
    for (const id of ['one', 'two']) {
      new KubernetesNamespace(stack, `${id}-namespace`, { namespaceName: 'shop' });
      new Job(stack, `${id}-job`, { name: 'import', image: IMAGE });
      new RoleV1(stack, `${id}-role`, { metadata, rule: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] });
      new ConfigMapV1(stack, `${id}-config`, { metadata });
    }

    expect(Problems.list(stack).map(({ rule, message }) => [rule, message.split(' ', 1)[0]])).toEqual([
      ['object-name-unique', "'name'"],
      ['object-name-unique', "'role'"],
      ['object-name-unique', "'name'"],
      ['unique-name', "'namespaceName'"],
    ]);
  });

  test.each<{ [label: string]: string }>([{}, { app: 'shop' }])(
    'of deployments by hand that share a label of tools, and %j, are fine when their selectors differ',
    (shared) => {
      const stack = testStack();
      for (const component of ['web', 'jobs']) {
        const labels = { ...shared, 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/component': component };
        new DeploymentV1(stack, component, {
          metadata: { name: component, labels },
          spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: {} } },
        });
      }
      new Workload(stack, 'other', { ...PROPS, name: 'other' });

      expect(Problems.of(stack)).toEqual([]);
    },
  );

  test.each<[string, string, string, string[]]>([
    ['of two names', 'one', 'two', ['selector-apart', 'selector-apart']],
    ['of one name', 'one', 'one', ['object-name-unique']],
  ])('of deployments by hand %s with one selector are reported', (_, one, two, rules) => {
    const stack = testStack();
    new Workload(stack, 'shop', PROPS);
    [one, two].forEach((name, index) => new DeploymentV1(stack, `by-hand-${index}`, byHand(name)));

    expect(Problems.list(stack).map(({ rule }) => rule)).toEqual(rules);
  });

  test('of a Deployment and a StatefulSet by hand may be the same, and their selectors not', () => {
    const stack = testStack();
    new Workload(stack, 'shop', PROPS);
    new DeploymentV1(stack, 'deployment', byHand('web'));
    const { metadata, spec } = byHand('web');
    new StatefulSetV1(stack, 'stateful-set', { metadata, spec: { ...spec, serviceName: 'web' } });

    expect(Problems.list(stack).map(({ rule }) => rule)).toEqual(['selector-apart', 'selector-apart']);
  });
});

describe('the parts of the vote application', () => {
  const BACK: Required<WorkloadNames> = { deploymentName: 'b-dep', containerName: 'b-con', serviceName: 'b-svc' };
  const FRONT: Required<WorkloadNames> = { deploymentName: 'f-dep', containerName: 'f-con', serviceName: 'f-svc' };

  test.each<[string, 'kubernetes_deployment_v1' | 'kubernetes_stateful_set_v1', object]>([
    ['in memory', 'kubernetes_deployment_v1', {}],
    ['on a disk', 'kubernetes_stateful_set_v1', { persistence: {} }],
  ])('take names of their own, with the votes %s, and fronts find the back end by its Service', (_, type, options) => {
    const stack = testStack();
    const app = new VoteApp(stack, 'vote', {
      namePrefix: 'vote',
      backend: { ...options, ...BACK },
      front: { image: IMAGE, ...FRONT },
    });
    app.addFront('pets', { vote1Value: 'a', vote2Value: 'b', serviceName: 'pets-svc' });
    const json = synth(stack);
    const environment = JSON.stringify(json.resource!.kubernetes_deployment_v1).match(
      /"name":"REDIS","value":"[^"]*"/g,
    )!;

    expect(Problems.of(stack)).toEqual([]);
    expect(namesOf(json, 'vote_back', type)).toEqual(BACK);
    expect(namesOf(json, 'vote_front')).toEqual(FRONT);
    expect(namesOf(json, 'vote_pets')).toEqual({
      deploymentName: 'vote-pets',
      containerName: 'vote-pets',
      serviceName: 'pets-svc',
    });
    // of both fronts, and of the containers that wait for it
    expect(environment).toEqual(Array(4).fill('"name":"REDIS","value":"b-svc"'));
    expect(find<Controller>(json, type, 'vote_back').spec.service_name).toBe(
      type === 'kubernetes_stateful_set_v1' ? 'b-svc' : undefined,
    );
  });

  test('report a name that is too long for a StatefulSet only where there is one', () => {
    const deploymentName = 'a'.repeat(53);
    const [memory, disk] = [{}, { persistence: {} }].map((options) => {
      const stack = testStack();
      const backend = new VoteBackend(stack, 'back', { name: 'back', deploymentName, ...options });
      new VoteFront(stack, 'front', { name: 'front', image: IMAGE, backend });
      return Problems.of(stack);
    });

    expect(memory).toEqual([]);
    expect(disk).toEqual([expect.stringContaining("'deploymentName' must be 1 to 52 lower-case letters")]);
  });
});
