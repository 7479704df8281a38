import {
  ContainerImage,
  EnvValue,
  Exposure,
  KubernetesNamespace,
  PodSecurity,
  Probe,
  Problems,
  VoteApp,
  VoteBackend,
  Workload,
  type WorkloadProps,
} from '../../constructs';
import { testStack } from '../util';

const IMAGE = ContainerImage.fromReference('ghcr.io/contoso/shop:1');

/** What is neither a text nor a list of texts, whatever the types of TypeScript were told. */
const WRONG: readonly unknown[] = [null, 5, Number.NaN, true, {}, [{}]];

/** Each property that is a text or a list of texts, with a value that is neither: `process.env.NAME!` often is none. */
const props: { readonly [property: string]: (value: never) => Partial<WorkloadProps> } = {
  name: (name) => ({ name }),
  namespace: (namespace) => ({ namespace }),
  partOf: (partOf) => ({ partOf }),
  image: (reference) => ({ image: ContainerImage.fromReference(reference) }),
  portName: (portName) => ({ portName }),
  'environment.A': (value) => ({ environment: { A: EnvValue.literal(value) } }),
  'environment.B': (value) => ({ environment: { B: EnvValue.config(value) } }),
  'environment.C': (value) => ({ environment: { C: EnvValue.secret(value) } }),
  'environment.D': (value) => ({ environment: { D: EnvValue.field(value) } }),
  'environment.E.secretName': (value) => ({ environment: { E: EnvValue.secretKey(value, 'key') } }),
  'configFiles./a': (text) => ({ configFiles: { '/a': text } }),
  'initContainers[0].name': (name) => ({ initContainers: [{ name, image: IMAGE }] }),
  'probes.readiness.path': (path) => ({ probes: { readiness: Probe.http(path) } }),
  'security.writableFolders': (folders) => ({ security: PodSecurity.restricted({ writableFolders: folders }) }),
  'exposure.dnsName.label': (label) => ({
    exposure: Exposure.publicLoadBalancer({ dnsName: { label, location: 'westeurope' } }),
  }),
  'exposure.dnsName.location': (location) => ({
    exposure: Exposure.publicLoadBalancer({ dnsName: { label: 'contoso', location } }),
  }),
  'exposure.publicIp.name': (name) => ({ exposure: Exposure.publicLoadBalancer({ publicIp: { name } }) }),
  'exposure.sourceRanges': (sourceRanges) => ({ exposure: Exposure.publicLoadBalancer({ sourceRanges }) }),
  'exposure.serviceTags': (serviceTags) => ({ exposure: Exposure.publicLoadBalancer({ serviceTags }) }),
  'exposure.ipAddress': (ipAddress) => ({ exposure: Exposure.internalLoadBalancer({ ipAddress }) }),
};

test.each(Object.entries(props))('%s of a wrong type is reported, and nothing throws', (property, make) => {
  for (const value of WRONG) {
    const stack = testStack();
    new Workload(stack, 'web', { name: 'web', image: IMAGE, containerPort: 8080, ...make(value as never) });

    expect(Problems.of(stack)).toContainEqual(expect.stringContaining(`'${property}' must be`));
  }
});

test.each(['command', 'probes.liveness.command'])('%s that is no list is reported, and nothing throws', (property) => {
  for (const command of [null, 5, 'run', {}] as never[]) {
    const stack = testStack();
    const probes = { liveness: Probe.exec(property === 'command' ? ['check'] : command) };
    const changes = property === 'command' ? { command } : {};
    new Workload(stack, 'web', { name: 'web', image: IMAGE, containerPort: 8080, probes, ...changes });

    expect(Problems.of(stack)).toEqual([expect.stringContaining(`'${property}' must be a list`)]);
  }
});

test.each([undefined, ...WRONG])('parts of the vote application report %j where a text belongs', (value) => {
  const stack = testStack();
  const text = value as never;
  const existingBackend = VoteBackend.fromHost(stack, 'back', { host: text, addressRange: text });
  new VoteApp(stack, 'vote', { namePrefix: text, front: { image: IMAGE }, existingBackend });
  new KubernetesNamespace(stack, 'namespace', { namespaceName: text });

  for (const property of ['host', 'addressRange', 'namePrefix', 'namespaceName']) {
    expect(Problems.of(stack)).toContainEqual(expect.stringContaining(`'${property}' must be`));
  }
});
