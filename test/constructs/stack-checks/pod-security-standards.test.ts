import type {
  DeploymentV1SpecTemplateSpec,
  DeploymentV1SpecTemplateSpecContainer,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { TerraformIterator } from 'cdktf';
import { refusedBy } from '../../../constructs/stack-checks/pod-security-standards';
import { testStack, token } from '../../util';

type Pod = DeploymentV1SpecTemplateSpec;
type Container = Partial<DeploymentV1SpecTemplateSpecContainer>;

/** A pod that every level allows, but for what is given. */
function refused(level: string, { securityContext: pod, ...spec }: Pod, container: Container): string[] {
  const { securityContext: own, ...rest } = container;
  return refusedBy(level, {
    ...spec,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, ...pod },
    container: [
      {
        name: 'web',
        ...rest,
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...own },
      },
    ],
  });
}

const unknown = token(testStack()).stringValue;

/** What the baseline refuses, and the restricted level too. */
test.each<[string, Pod, Container, string[]]>([
  ['nothing', {}, {}, []],
  ['the namespaces of the node', { hostNetwork: true, hostPid: true }, {}, ['hostNetwork', 'hostPid']],
  ['its processes', { hostNetwork: false, hostIpc: true }, {}, ['hostIpc']],
  ['its files', { volume: [{ name: 'a' }, { name: 'b', hostPath: { path: '/' } }] }, {}, ['hostPath volumes']],
  ['an unsafe sysctl', { securityContext: { sysctl: [sysctl('kernel.msgmax')] } }, {}, ['sysctl kernel.msgmax']],
  ['a safe sysctl', { securityContext: { sysctl: [sysctl('net.ipv4.tcp_rmem')] } }, {}, []],
  ['an unknown sysctl', { securityContext: { sysctl: [sysctl(unknown)] } }, {}, []],
  ['all calls', { securityContext: seccomp('Unconfined') }, {}, ['seccompProfile Unconfined']],
  ['all calls of a container', {}, { securityContext: seccomp('Unconfined') }, ['seccompProfile Unconfined']],
  ['own calls', {}, { securityContext: seccomp('Localhost') }, []],
  ['all rights', {}, { securityContext: { privileged: true } }, ['privileged']],
  ['a capability', {}, { securityContext: adding('SYS_TIME') }, ['capability SYS_TIME']],
  ['an unknown one', {}, { securityContext: adding(unknown) }, []],
  ['a port of the node', {}, { port: [{ containerPort: 80, hostPort: 80 }] }, ['hostPort']],
  ['no port of the node', {}, { port: [{ containerPort: 80 }, { containerPort: 81, hostPort: 0 }] }, []],
])('the baseline and the restricted level on %s', (_, pod, container, expected) => {
  expect(['privileged', 'baseline', 'restricted'].map((level) => refused(level, pod, container))).toEqual([
    [],
    expected,
    expected,
  ]);
});

/** What the restricted level alone refuses. */
test.each<[string, Pod, Container, string[]]>([
  ['a disk', { volume: [{ name: 'a', azureDisk: disk() }] }, {}, ['azureDisk volumes']],
  ['a folder of the pod', { volume: [{ name: 'a', emptyDir: {}, hostPath: undefined }] }, {}, []],
  ['more rights', {}, { securityContext: { allowPrivilegeEscalation: undefined } }, ['allowPrivilegeEscalation']],
  ['capabilities', {}, { securityContext: { capabilities: {} } }, ['capabilities that are not dropped']],
  ['a harmless capability', {}, { securityContext: adding('CHOWN') }, ['capability CHOWN']],
  ['the capability to bind', {}, { securityContext: adding('NET_BIND_SERVICE') }, []],
  ['default calls', { securityContext: { seccompProfile: undefined } }, {}, ['no seccompProfile']],
  [
    'default calls that a container leaves',
    { securityContext: { seccompProfile: undefined } },
    { securityContext: seccomp('RuntimeDefault') },
    [],
  ],
  ['any user', { securityContext: { runAsNonRoot: undefined } }, {}, ['runAsNonRoot not set']],
  [
    'any user, where the container says which',
    { securityContext: { runAsNonRoot: undefined } },
    { securityContext: { runAsNonRoot: true } },
    [],
  ],
  // what a pod says is refused whatever its containers say
  [
    'root for the pod',
    { securityContext: { runAsNonRoot: false } },
    { securityContext: { runAsNonRoot: true } },
    ['runAsNonRoot not set'],
  ],
  [
    'the user root for the pod',
    { securityContext: { runAsUser: '0' } },
    { securityContext: { runAsUser: '1000' } },
    ['runAsUser 0'],
  ],
  ['root for a container', {}, { securityContext: { runAsNonRoot: false } }, ['runAsNonRoot not set']],
  ['the user root for a container', {}, { securityContext: { runAsUser: '0' } }, ['runAsUser 0']],
  ['a user', { securityContext: { runAsUser: '1000' } }, {}, []],
])('the restricted level on %s', (_, pod, container, expected) => {
  expect([refused('baseline', pod, container), refused('restricted', pod, container)]).toEqual([[], expected]);
});

test('blocks that only Terraform knows are not refused', () => {
  const blocks = TerraformIterator.fromList(['a']).dynamic({});
  const container = { name: 'web', port: blocks };

  expect(
    refusedBy('baseline', { container: [container], volume: blocks, securityContext: { sysctl: blocks } }),
  ).toEqual([]);
  expect(refusedBy('restricted', { container: blocks, volume: blocks })).toEqual([]);
});

function sysctl(name: string) {
  return { name, value: '1' };
}

function seccomp(type: string) {
  return { seccompProfile: { type } };
}

function adding(capability: string) {
  return { capabilities: { add: [capability], drop: ['ALL'] } };
}

function disk() {
  return { cachingMode: 'None', dataDiskUri: 'uri', diskName: 'a' };
}
