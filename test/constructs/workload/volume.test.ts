import {
  ContainerImage,
  DaemonSet,
  EmptyDirectoryMedium,
  HostPathType,
  type InitContainer,
  Memory,
  PodSecurity,
  Problems,
  Volume,
  Worker,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { type Block, only, synth, testStack, token, warningsOf } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/web:1');
const init = (more: Partial<InitContainer>): InitContainer => ({ name: 'init', image, ...more });

function deployment(props: Partial<WorkloadProps>): Block {
  const stack = testStack();
  new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, ...props });
  expect(Problems.of(stack)).toEqual([]);
  const json = synth(stack);
  expect(invalidManifests(json)).toEqual([]);
  return only(json, 'kubernetes_deployment_v1');
}

function podOf(block: Block): { readonly [part: string]: readonly Block[] } {
  return (block as { spec: { template: { spec: { [part: string]: Block[] } } } }).spec.template.spec;
}

function problemsOf(props: Partial<WorkloadProps>): string[] {
  const stack = testStack();
  new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, ...props });
  return Problems.of(stack).map((problem) => problem.replace(/^\[stack\/web\] /, ''));
}

describe('an empty directory', () => {
  test('is one folder for all containers that mount the same volume', () => {
    const cache = Volume.emptyDirectory('cache');
    const pod = podOf(
      deployment({
        volumes: [{ mountPath: '/var/cache', volume: cache, readOnly: true }],
        initContainers: [init({ volumes: [{ mountPath: '/out', volume: cache, subPath: 'pages' }] })],
      }),
    );

    expect(pod.volume).toEqual([{ name: 'cache', empty_dir: {} }]);
    expect(pod.container![0]!.volume_mount).toEqual([{ name: 'cache', mount_path: '/var/cache', read_only: true }]);
    expect(pod.init_container![0]!.volume_mount).toEqual([{ name: 'cache', mount_path: '/out', sub_path: 'pages' }]);
  });

  test('is the shared memory of the containers that have it there', () => {
    const memory = Volume.emptyDirectory('shm', { medium: EmptyDirectoryMedium.MEMORY, sizeLimitMebibytes: 256 });
    const volumes = [{ mountPath: '/dev/shm', volume: memory }];
    const pod = podOf(deployment({ volumes, sidecars: [{ name: 'reader', image, volumes }] }));

    expect(pod.volume).toEqual([{ name: 'shm', empty_dir: { medium: 'Memory', size_limit: '256Mi' } }]);
    expect(pod.container!.map((one) => one.volume_mount)).toEqual([
      [{ name: 'shm', mount_path: '/dev/shm' }],
      [{ name: 'shm', mount_path: '/dev/shm' }],
    ]);
  });

  test.each([
    ['on disk', { medium: EmptyDirectoryMedium.DISK }, {}],
    ['on disk, of a size', { sizeLimitMebibytes: 512 }, { size_limit: '512Mi' }],
    [
      'in memory',
      { medium: EmptyDirectoryMedium.MEMORY, sizeLimitMebibytes: 64 },
      { medium: 'Memory', size_limit: '64Mi' },
    ],
  ])('can be %s', (_, options, expected) => {
    const volume = Volume.emptyDirectory('data', options);

    expect(podOf(deployment({ volumes: [{ mountPath: '/data', volume }] })).volume).toEqual([
      { name: 'data', empty_dir: expected },
    ]);
  });

  test('stands beside configuration files and writable folders', () => {
    const pod = podOf(
      deployment({
        configFiles: { '/data/app.cfg': 'a' },
        security: PodSecurity.restricted({ writableFolders: ['/tmp'] }),
        volumes: [{ mountPath: '/data', volume: Volume.emptyDirectory('data') }],
      }),
    );

    expect(pod.volume!.map(({ name }) => name)).toEqual(['config-files', 'writable', 'data']);
  });

  test('in memory and without a limit is a warning, once for all who share it', () => {
    const stack = testStack();
    const volume = Volume.emptyDirectory('data', { medium: EmptyDirectoryMedium.MEMORY });
    const volumes = [{ mountPath: '/data', volume }];
    new Workload(stack, 'web', { name: 'web', image, containerPort: 80, volumes, initContainers: [init({ volumes })] });

    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(
        /'volumes\[0\]\.volume\.medium' is EmptyDirectoryMedium\.MEMORY without 'sizeLimitMebibytes'/,
      ),
    ]);
  });
});

describe('a directory in memory', () => {
  const inMemory = (sizeLimitMebibytes: number): Volume =>
    Volume.emptyDirectory('shm', { medium: EmptyDirectoryMedium.MEMORY, sizeLimitMebibytes });

  test.each<[string, Volume, Memory | undefined, boolean | undefined, number]>([
    ['as large as the memory of its container', inMemory(64), Memory.mebibytes(64), undefined, 1],
    ['larger, in another unit', inMemory(1025), Memory.gibibytes(1), undefined, 1],
    ['smaller', inMemory(63), Memory.mebibytes(64), undefined, 0],
    ['that its container only reads', inMemory(64), Memory.mebibytes(64), true, 0],
    ['of a container without a limit', inMemory(64), undefined, undefined, 0],
    ['that is on disk', Volume.emptyDirectory('a', { sizeLimitMebibytes: 64 }), Memory.mebibytes(64), undefined, 0],
  ])('is warned of where a container can fill it and be killed: one %s', (_, volume, memoryLimit, readOnly, count) => {
    const one = { volumes: [{ mountPath: '/dev/shm', volume, readOnly }], resources: { memoryLimit } };
    const stack = testStack();
    new Worker(stack, 'worker', {
      ...{ name: 'worker', image, ...one },
      initContainers: [init(one)],
      sidecars: [{ name: 'sidecar', image, ...one }],
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual(
      ['', 'initContainers[0].', 'sidecars[0].']
        .slice(0, 3 * count)
        .map((prefix) => expect.stringContaining(`'${prefix}volumes[0].volume.sizeLimitMebibytes' is `) as string),
    );
  });
});

describe('a file or a folder of the node', () => {
  test.each<[string, HostPathType | undefined, string]>([
    ['a folder, unless it is said', undefined, 'Directory'],
    ...Object.values(HostPathType).map((type): [string, HostPathType, string] => [`a ${type}`, type, type]),
  ])('is mounted as %s', (_, type, expected) => {
    const volume = Volume.hostPath('host', '/var/log', { type });
    const pod = podOf(deployment({ volumes: [{ mountPath: '/logs', volume, readOnly: true }] }));

    expect(pod.volume).toEqual([{ name: 'host', host_path: { path: '/var/log', type: expected } }]);
    expect(pod.container![0]!.volume_mount).toEqual([{ name: 'host', mount_path: '/logs', read_only: true }]);
  });

  test.each<[string, HostPathType, boolean | undefined, number]>([
    ['may be written to', HostPathType.DIRECTORY, undefined, 1],
    ['may be written to and created', HostPathType.FILE_OR_CREATE, false, 1],
    ['is only read', HostPathType.FILE, true, 0],
    ['is a socket, which is called and not written to', HostPathType.SOCKET, undefined, 0],
    ['is a device', HostPathType.CHARACTER_DEVICE, undefined, 0],
  ])('is warned of where it %s, in whatever container', (_, type, readOnly, count) => {
    const volumes = [{ mountPath: '/host', volume: Volume.hostPath('host', '/run/agent', { type }), readOnly }];
    const stack = testStack();
    new DaemonSet(stack, 'agent', {
      name: 'agent',
      image,
      volumes,
      initContainers: [init({ volumes })],
      sidecars: [{ name: 'sidecar', image, volumes }],
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual(
      ['volumes', 'initContainers[0].volumes', 'sidecars[0].volumes']
        .slice(0, 3 * count)
        .map(
          (property) =>
            expect.stringContaining(`'${property}[0].readOnly' is not true for files of the node`) as string,
        ),
    );
  });

  test('has an absolute path', () => {
    expect(problemsOf({ volumes: [{ mountPath: '/logs', volume: Volume.hostPath('host', 'var/log') }] })).toEqual([
      expect.stringMatching(/^'volumes\[0\]\.volume\.path' must be the absolute path of a file or a folder/),
    ]);
  });
});

describe('the volumes of a pod', () => {
  const volume = Volume.emptyDirectory('data');

  test.each<[string, Partial<WorkloadProps>, RegExp]>([
    [
      'a path twice',
      { volumes: ['cache', 'data'].map((name) => ({ mountPath: '/data', volume: Volume.emptyDirectory(name) })) },
      /^'volumes\[1\]\.mountPath' must be unique in the container, got "\/data" again/,
    ],
    [
      'the path of a configuration file',
      { configFiles: { '/data': 'a' }, volumes: [{ mountPath: '/data', volume }] },
      /^'volumes\[0\]\.mountPath' must be unique in the container/,
    ],
    [
      'the path of a writable folder of an init container',
      {
        initContainers: [
          init({
            security: PodSecurity.restricted({ writableFolders: ['/data'] }),
            volumes: [{ mountPath: '/data', volume }],
          }),
        ],
      },
      /^'initContainers\[0\]\.volumes\[0\]\.mountPath' must be unique in the container/,
    ],
    [
      'the path of a writable folder of the pod, in an init container',
      {
        security: PodSecurity.restricted({ writableFolders: ['/data'] }),
        initContainers: [init({ volumes: [{ mountPath: '/data', volume }] })],
      },
      /^'initContainers\[0\]\.volumes\[0\]\.mountPath' must be unique in the container/,
    ],
    [
      'a path below a configuration file',
      { configFiles: { '/etc/app': 'a' }, volumes: [{ mountPath: '/etc/app/data', volume }] },
      /^'configFiles' must not use the same path for a file and a folder, got "\/etc\/app" and "\/etc\/app\/data"/,
    ],
    [
      'two volumes of one name',
      {
        volumes: [{ mountPath: '/data', volume }],
        initContainers: [init({ volumes: [{ mountPath: '/data', volume: Volume.emptyDirectory('data') }] })],
      },
      /^'initContainers\[0\]\.volumes\[0\]\.volume\.name' must differ from every other volume of the pod, got "data" again/,
    ],
    [
      'a name that the library uses',
      { volumes: [{ mountPath: '/data', volume: Volume.emptyDirectory('config-files') }] },
      /^'volumes\[0\]\.volume\.name' must differ from every other volume of the pod, got "config-files" again/,
    ],
  ])('must not have %s', (_, props, message) => {
    expect(problemsOf(props)).toEqual([expect.stringMatching(message)]);
  });

  test('may come from Terraform, path for path', () => {
    const stack = testStack();
    const path = token(stack).stringValue;
    const volumes = [path, path].map((mountPath) => ({ mountPath, volume, subPath: path }));
    new Workload(stack, 'web', { name: 'web', image, containerPort: 80, volumes });

    expect(Problems.of(stack)).toEqual([]);
  });
});
