import type { TerraformStack } from 'cdktf';
import {
  ContainerImage,
  type CustomSecurityOptions,
  PodSecurity,
  Problems,
  Spread,
  type SpreadConstraint,
  VoteSecurity,
  WhenUnsatisfiable,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { only, synth, testStack, token, warningsOf } from '../../util';

function workloadIn(stack: TerraformStack, props: Partial<WorkloadProps>): void {
  const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
  new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, ...props });
}

interface PodSpec {
  readonly security_context: object;
  readonly container: { readonly security_context: object }[];
  readonly topology_spread_constraint?: object[];
}

function podOf(stack: TerraformStack): PodSpec {
  const json = synth(stack);
  expect(invalidManifests(json)).toEqual([]);
  expect(Problems.of(stack)).toEqual([]);
  const { spec } = only(json, 'kubernetes_deployment_v1') as { spec: { template: { spec: PodSpec } } } & object;
  return spec.template.spec;
}

const securityOf = (security: PodSecurity): object => {
  const stack = testStack();
  workloadIn(stack, { security });
  const { security_context: pod, container } = podOf(stack);
  return { pod, container: container[0]?.security_context };
};

const DEFAULT_POD = { seccomp_profile: { type: 'RuntimeDefault' } };

describe('PodSecurity.custom', () => {
  test('is as restricted as the standard where nothing is said', () => {
    expect(securityOf(PodSecurity.custom())).toEqual(securityOf(PodSecurity.restricted()));
  });

  test('has what it is given', () => {
    const options: CustomSecurityOptions = {
      userId: 0,
      groupId: 0,
      fsGroupId: 2000,
      runAsNonRoot: false,
      allowPrivilegeEscalation: true,
      addCapabilities: ['NET_BIND_SERVICE', 'SYS_ADMIN'],
      readOnlyRootFilesystem: true,
    };

    expect(securityOf(PodSecurity.custom(options))).toEqual({
      pod: { ...DEFAULT_POD, fs_group: '2000' },
      container: {
        allow_privilege_escalation: true,
        capabilities: { add: ['NET_BIND_SERVICE', 'SYS_ADMIN'], drop: ['ALL'] },
        read_only_root_filesystem: true,
        run_as_group: '0',
        run_as_user: '0',
      },
    });
  });

  test.each<[string, CustomSecurityOptions, RegExp]>([
    ['root that must not be root', { userId: 0 }, /'security.userId' must not be 0, which is root/],
    ['a user that is none', { userId: -1 }, /'security.userId' must be a whole number/],
    ['a group that is none', { groupId: 1.5 }, /'security.groupId' must be a whole number/],
    ['a group of volumes that is none', { fsGroupId: -1 }, /'security.fsGroupId' must be a whole number/],
    [
      'a capability that is none',
      { addCapabilities: ['CAP_CHOWN'] },
      /'security.addCapabilities.*' must be the name of a Linux capability/,
    ],
    [
      'SYS_ADMIN without escalation',
      { addCapabilities: ['SYS_ADMIN'] },
      /'security.allowPrivilegeEscalation' must be true/,
    ],
    ['a folder that is none', { writableFolders: ['tmp'] }, /'security.writableFolders.*' must be the absolute path/],
  ])('reports %s, once', (_, options, message) => {
    const stack = testStack();
    workloadIn(stack, { security: PodSecurity.custom(options) });

    expect(Problems.of(stack)).toEqual([expect.stringMatching(message)]);
  });

  test('lets tokens pass', () => {
    const stack = testStack();
    const { numberValue, stringValue } = token(stack);
    workloadIn(stack, {
      security: PodSecurity.custom({ userId: numberValue, groupId: numberValue, addCapabilities: [stringValue] }),
    });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('knows whether an image that starts as root can start', () => {
    const image = ContainerImage.fromReference('nginx:1.29');
    const warningsWith = (security: PodSecurity): string[] => {
      const stack = testStack();
      workloadIn(stack, { image, security });
      return warningsOf(stack);
    };

    expect(warningsWith(PodSecurity.custom())).toHaveLength(1);
    expect(warningsWith(PodSecurity.custom({ userId: 101 }))).toEqual([]);
    expect(warningsWith(PodSecurity.custom({ runAsNonRoot: false }))).toEqual([]);
  });
});

test.each<[string, PodSecurity, object]>([
  [
    'the front',
    VoteSecurity.front(),
    {
      pod: DEFAULT_POD,
      container: {
        allow_privilege_escalation: false,
        capabilities: { add: ['CHOWN', 'SETUID', 'SETGID', 'NET_BIND_SERVICE'], drop: ['ALL'] },
      },
    },
  ],
  [
    'Redis',
    VoteSecurity.redis(),
    {
      pod: { ...DEFAULT_POD, fs_group: '999' },
      container: {
        allow_privilege_escalation: false,
        capabilities: { drop: ['ALL'] },
        read_only_root_filesystem: true,
        run_as_group: '999',
        run_as_non_root: true,
        run_as_user: '999',
      },
    },
  ],
])('the image of %s has the rights that it needs', (_, security, expected) => {
  expect(securityOf(security)).toEqual(expected);
});

describe('Spread.custom', () => {
  test('takes a key twice with two consequences', () => {
    const stack = testStack();
    workloadIn(stack, {
      spread: Spread.custom([
        { topologyKey: 'zone', maxSkew: 5, whenUnsatisfiable: WhenUnsatisfiable.DO_NOT_SCHEDULE },
        { topologyKey: 'zone' },
      ]),
    });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('has its constraints, for the pods of one version', () => {
    const stack = testStack();
    workloadIn(stack, {
      spread: Spread.custom([
        {
          topologyKey: 'topology.kubernetes.io/zone',
          maxSkew: 2,
          whenUnsatisfiable: WhenUnsatisfiable.DO_NOT_SCHEDULE,
        },
      ]),
    });

    expect(podOf(stack).topology_spread_constraint).toEqual([
      {
        label_selector: [{ match_labels: { app: 'web' } }],
        match_label_keys: ['pod-template-hash'],
        max_skew: 2,
        topology_key: 'topology.kubernetes.io/zone',
        when_unsatisfiable: 'DoNotSchedule',
      },
    ]);
  });

  test.each<[string, SpreadConstraint[], RegExp]>([
    ['no constraint', [], /'spread' must name at least one constraint, got none: use Spread.none\(\)/],
    ['a key that is none', [{ topologyKey: 'a b' }], /'spread\[0\].topologyKey' must be the key of a label/],
    ['no skew', [{ topologyKey: 'zone', maxSkew: 0 }], /'spread\[0\].maxSkew' must be a whole number from 1/],
    [
      'a constraint again, by default or written out',
      [
        { topologyKey: 'zone' },
        { topologyKey: 'zone', maxSkew: 2, whenUnsatisfiable: WhenUnsatisfiable.SCHEDULE_ANYWAY },
      ],
      /'spread' must contain only one constraint for each 'topologyKey' and 'whenUnsatisfiable', got "zone" again/,
    ],
  ])('reports %s, once', (_, constraints, message) => {
    const stack = testStack();
    workloadIn(stack, { spread: Spread.custom(constraints) });

    expect(Problems.of(stack)).toEqual([expect.stringMatching(message)]);
  });
});
