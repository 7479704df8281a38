import fc from 'fast-check';
import {
  ContainerImage,
  Cpu,
  DisruptionBudget,
  EnvValue,
  Exposure,
  ExternalTrafficPolicy,
  Memory,
  PercentOrAbsolute,
  PodSecurity,
  Probe,
  Problems,
  Spread,
  VoteApp,
  VoteSecurity,
  Workload,
  type WorkloadProps,
} from '../../constructs';
import * as exposureRules from '../../constructs/workload/exposure/exposure-rules';
import { imageReference } from '../../constructs/workload/pod/image-rules';
import * as podRules from '../../constructs/workload/pod/pod-rules';
import * as rules from '../../constructs/kubernetes/kubernetes-rules';
import * as probeRules from '../../constructs/workload/pod/probe-rules';
import { location } from '../../constructs/azure/location-rules';
import { type Rule } from '../../constructs/core/rules/rule';
import { show } from '../../constructs/core/values/shown';
import { isSpecial } from '../../constructs/azure/special-ranges';
import * as scalingRules from '../../constructs/workload/scaling/scaling-rules';
import { voteProcesses, voteTitle, voteValue } from '../../constructs/vote/vote-rules';
import { RULE_EDGES } from '../data/rule-edges';
import { invalidManifests } from '../manifests';
import { brokenInvariants } from '../terraform-invariants';
import { type Block, differences, only, synth, testStack } from '../util';

const IMAGE = ContainerImage.fromReference('ghcr.io/contoso/shop:1');

/** A value that the rule allows. */
function inside<T>({ id }: Rule<T>): fc.Arbitrary<T> {
  return fc.constantFrom(...(RULE_EDGES[id]!.inside as T[]));
}

const port = fc.integer({ min: 1, max: 10249 });
const path = fc.stringMatching(/^(\/[\w.~:@%-]{0,6}){1,3}$/);

const environment = fc.dictionary(
  fc.stringMatching(/^[A-Z][A-Z0-9_]{0,20}$/),
  fc.oneof(
    fc.string().map((text) => EnvValue.fromValue(text.replaceAll('${', ''))),
    fc.string().map((text) => EnvValue.fromConfigValue(text.replaceAll('${', ''))),
    inside(podRules.fieldPath).map((field) => EnvValue.fromFieldRef(field)),
    fc
      .tuple(inside(rules.objectName), inside(podRules.configKey))
      .map(([name, key]) => EnvValue.fromSecretKey(name, key)),
  ),
  { maxKeys: 5 },
);

/** Requests that are not above their limits. */
const resources = fc
  .tuple(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 1, max: 8192 }))
  .map(([request, more, memory]) => ({
    cpuRequest: Cpu.millis(request),
    cpuLimit: Cpu.millis(request + more),
    memoryRequest: Memory.mebibytes(memory),
    memoryLimit: Memory.gibibytes(memory),
  }));

/** Probes that a pod passes, or fails, well within the default deadline. */
const probe = fc
  .record({
    initialDelaySeconds: fc.integer({ min: 0, max: 60 }),
    periodSeconds: fc.integer({ min: 1, max: 20 }),
    timeoutSeconds: fc.integer({ min: 1, max: 20 }),
    failureThreshold: fc.integer({ min: 1, max: 20 }),
  })
  .chain((options) =>
    fc.oneof(
      path.map((text) => Probe.http(text, options)),
      fc.constant(Probe.tcp(options)),
      fc.constant(Probe.grpc(options)),
      fc.array(fc.constantFrom('check', '-v', ''), { minLength: 1 }).map((command) => Probe.exec(command, options)),
    ),
  );

const externalTrafficPolicy = fc.constantFrom(ExternalTrafficPolicy.CLUSTER, ExternalTrafficPolicy.LOCAL);

const exposure = fc.oneof(
  fc.constant(Exposure.clusterOnly()),
  fc
    .record(
      {
        dnsName: fc.record({ label: inside(exposureRules.dnsLabel), location: inside(location) }),
        sourceRanges: fc.array(inside(exposureRules.sourceRange), { minLength: 1 }),
        idleTimeoutMinutes: fc.integer({ min: 4, max: 100 }),
        floatingIp: fc.boolean(),
        externalTrafficPolicy,
      },
      { requiredKeys: [] },
    )
    .map((options) => Exposure.publicLoadBalancer(options)),
  fc
    .record(
      {
        subnet: fc.record({ name: inside(exposureRules.azureName) }),
        ipAddress: fc.ipV4().filter((text) => !isSpecial(text)),
        serviceTags: fc.array(inside(exposureRules.serviceTag), { minLength: 1 }),
        healthProbe: fc.record({
          path,
          intervalSeconds: fc.integer({ min: 5, max: 10 }),
          numberOfProbes: fc.integer({ min: 2, max: 11 }),
        }),
      },
      { requiredKeys: [] },
    )
    .map((options) => Exposure.internalLoadBalancer(options)),
  fc
    .record({ nodePort: fc.integer({ min: 30000, max: 32767 }), externalTrafficPolicy }, { requiredKeys: [] })
    .map((options) => Exposure.nodePort(options)),
);

const scaling = fc.oneof(
  fc.record({ replicas: fc.integer({ min: 0, max: 100 }) }),
  fc
    .tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 100 }), inside(scalingRules.utilizationPercent))
    .map(([minReplicas, more, cpuUtilizationPercent]) => ({
      autoscaling: { minReplicas, maxReplicas: minReplicas + more, cpuUtilizationPercent },
    })),
);

/** What a workload may be made from, by all rules. */
const props: fc.Arbitrary<WorkloadProps> = fc
  .tuple(
    fc.record({
      name: fc.stringMatching(/^[a-z][a-z0-9-]{0,40}[a-z0-9]$/),
      image: inside(imageReference).map((reference) => ContainerImage.fromReference(reference)),
      containerPort: port,
      resources,
    }),
    fc.record(
      {
        namespace: inside(rules.namespaceName),
        partOf: inside(rules.labelValue),
        servicePort: port,
        portName: inside(rules.portName),
        environment,
        configFiles: fc.dictionary(inside(podRules.filePath), fc.constant('text')),
        probes: fc.record({ startup: probe, readiness: probe, liveness: probe }, { requiredKeys: [] }),
        security: fc.constantFrom(
          PodSecurity.restricted({ userId: 1000, writableFolders: ['/tmp'] }),
          VoteSecurity.front(),
          PodSecurity.asImage(),
        ),
        spread: fc.constantFrom(Spread.preferred(), Spread.required(), Spread.none()),
        preStopSeconds: fc.integer({ min: 0, max: 29 }),
        terminationGracePeriodSeconds: fc.integer({ min: 30, max: 1800 }),
        exposure,
        isolated: fc.boolean(),
        rollout: fc.record({
          maxSurge: fc.integer({ min: 1, max: 100 }).map((share) => PercentOrAbsolute.percent(share)),
          maxUnavailable: fc.integer({ min: 0, max: 3 }).map((pods) => PercentOrAbsolute.absolute(pods)),
          minReadySeconds: fc.integer({ min: 0, max: 100 }),
        }),
      },
      { requiredKeys: [] },
    ),
    scaling,
  )
  .map(([required, optional, pods]) => ({ ...required, ...optional, ...pods }));

/** The containers of a Deployment's pods. */
function containersOf(deployment: Block): Block[] {
  const { spec } = (deployment.spec as { template: { spec: { container: Block[] } } }).template;
  return spec.container;
}

test('a workload inside all rules has no problems, and its objects belong together', () => {
  fc.assert(
    fc.property(props, (given) => {
      const stack = testStack();
      const workload = new Workload(stack, 'web', given);
      const json = synth(stack);

      expect(Problems.of(stack)).toEqual([]);
      expect(brokenInvariants(json)).toEqual([]);
      const deployment = only(json, 'kubernetes_deployment_v1');
      const service = only(json, 'kubernetes_service_v1').spec as { selector: object; port: [{ target_port: string }] };
      const { spec } = deployment as { spec: { selector: Block; template: { metadata: { labels: object } } } };
      expect(service.selector).toEqual(workload.selector);
      expect(spec.selector).toEqual({ match_labels: workload.selector });
      expect(spec.template.metadata.labels).toMatchObject(workload.selector);
      expect(containersOf(deployment)).toEqual([
        expect.objectContaining({
          port: [expect.objectContaining({ container_port: Number(service.port[0].target_port) })],
          resources: { requests: expect.any(Object), limits: expect.any(Object) },
        }),
      ]);
    }),
    { numRuns: 40 },
  );
});

test('workloads inside all rules are YAML that Kubernetes takes', () => {
  const stack = testStack();
  // all in one stack, since the validation of one takes a second
  for (const [index, given] of fc.sample(props, 25).entries()) {
    new Workload(stack, `web-${index}`, { ...given, name: `web-${index}` });
  }

  expect(invalidManifests(synth(stack))).toEqual([]);
});

test('a new tag changes the image of the container and nothing else, whatever else it is made from', () => {
  fc.assert(
    fc.property(props, inside(rules.namespaceName), (given, tag) => {
      const [before, after] = ['old', `new-${tag}`].map((one) => {
        const stack = testStack();
        const image = ContainerImage.fromReference(`ghcr.io/contoso/shop:${one}`);
        new Workload(stack, 'web', { ...given, image });
        return synth(stack);
      });

      expect(differences(before, after)).toEqual([
        expect.stringMatching(/^resource\.kubernetes_deployment_v1\.\w+\.spec\.template\.spec\.container\.0\.image$/),
      ]);
    }),
    { numRuns: 15 },
  );
});

/** A value that a rule refuses, and the props that have it. */
interface Broken {
  readonly value: unknown;
  readonly props: Partial<WorkloadProps>;
}

/** Each way to break one rule: the property, and all values that the rule refuses. */
const broken: readonly [string, readonly Broken[]][] = [
  breaking('name', rules.workloadName, (name) => ({ name })),
  breaking('namespace', rules.namespaceName, (namespace) => ({ namespace })),
  breaking('partOf', rules.labelValue, (partOf) => ({ partOf })),
  breaking('image', imageReference, (text) => ({ image: ContainerImage.fromReference(text) })),
  breaking('containerPort', rules.port, (containerPort) => ({ containerPort, servicePort: 80 })),
  breaking('servicePort', rules.port, (servicePort) => ({ servicePort })),
  breaking('portName', rules.portName, (portName) => ({ portName })),
  breaking('replicas', rules.replicas, (replicas) => ({ replicas, autoscaling: undefined })),
  breaking('environment', podRules.environmentName, (name) => ({ environment: { [name]: EnvValue.fromValue('') } })),
  breaking('environment.A', podRules.fieldPath, (field) => ({ environment: { A: EnvValue.fromFieldRef(field) } })),
  breaking('configFiles', podRules.filePath, (file) => ({ configFiles: { [file]: '' } })),
  breaking('resources.cpuRequest', podRules.quantity, (text) => ({
    resources: { cpuRequest: Cpu.of(text), memoryRequest: Memory.gibibytes(1) },
  })),
  breaking('probes.liveness.periodSeconds', probeRules.probeCount, (periodSeconds) => ({
    probes: { liveness: Probe.tcp({ periodSeconds }) },
  })),
  breaking('probes.readiness.path', probeRules.probePath, (text) => ({ probes: { readiness: Probe.http(text) } })),
  breaking('terminationGracePeriodSeconds', rules.graceSeconds, (terminationGracePeriodSeconds) => ({
    terminationGracePeriodSeconds,
  })),
  breaking('exposure.nodePort', exposureRules.nodePort, (nodePort) => ({ exposure: Exposure.nodePort({ nodePort }) })),
  breaking('exposure.dnsName.label', exposureRules.dnsLabel, (label) => ({
    exposure: Exposure.publicLoadBalancer({ dnsName: { label, location: 'westeurope' } }),
  })),
  breaking('exposure.sourceRanges[0]', exposureRules.sourceRange, (range) => ({
    exposure: Exposure.internalLoadBalancer({ sourceRanges: [range] }),
  })),
  breaking('exposure.idleTimeoutMinutes', exposureRules.idleTimeoutMinutes, (idleTimeoutMinutes) => ({
    exposure: Exposure.publicLoadBalancer({ idleTimeoutMinutes }),
  })),
  breaking('exposure.ipAddress', exposureRules.loadBalancerAddress, (ipAddress) => ({
    exposure: Exposure.internalLoadBalancer({ ipAddress }),
  })),
];

function breaking<T>(
  property: string,
  { id }: Rule<T>,
  place: (value: T) => Partial<WorkloadProps>,
): [string, readonly Broken[]] {
  const values = RULE_EDGES[id]!.outside as readonly T[];
  return [property, values.map((value) => ({ value, props: place(value) }))];
}

test.each(broken)('a workload that breaks the rule of %s alone is told so: property, rule and value', (name, wrong) => {
  for (const { value, props: changes } of wrong) {
    fc.assert(
      fc.property(props, (given) => {
        const stack = testStack();
        new Workload(stack, 'web', { ...given, ...changes });

        const text = show(value);
        const problems = Problems.of(stack);
        expect(problems).toContainEqual(
          expect.stringMatching(new RegExp(`^\\[stack/web\\] '${escape(name)}' must .*`)),
        );
        expect(problems.some((problem) => problem.includes(`got ${text}`))).toBe(true);
      }),
      { numRuns: 1 },
    );
  }
});

test('a budget that is refused blocks a drain, and one that is taken does not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 25 }), (replicas, pods) => {
      const stack = testStack();
      const disruptionBudget = DisruptionBudget.minAvailable(PercentOrAbsolute.absolute(pods));
      new Workload(stack, 'web', { name: 'web', image: IMAGE, containerPort: 80, replicas, disruptionBudget });

      expect(Problems.of(stack)).toHaveLength(replicas - pods > 0 ? 0 : 1);
    }),
    { numRuns: 30 },
  );
});

test('fronts inside all rules have no problems, and fronts that share a value unasked have one', () => {
  const front = fc.record(
    { title: inside(voteTitle), processes: inside(voteProcesses), showHost: fc.boolean(), sharesVotes: fc.boolean() },
    { requiredKeys: [] },
  );
  const values = fc.uniqueArray(
    fc.string({ minLength: 1 }).filter((text) => voteValue.holds(text) && !text.includes('${')),
    { minLength: 4, maxLength: 4 },
  );
  fc.assert(
    fc.property(front, values, fc.boolean(), (options, [one, two, three, four], isShared) => {
      const stack = testStack();
      const vote = new VoteApp(stack, 'vote', {
        namePrefix: 'vote',
        front: { image: IMAGE, vote1Value: one, vote2Value: two },
      });
      vote.addFront('other', { ...options, vote1Value: isShared ? two : three, vote2Value: four });

      expect(Problems.of(stack)).toHaveLength(isShared && options.sharesVotes !== true ? 1 : 0);
      expect(brokenInvariants(synth(stack))).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
