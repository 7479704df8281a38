import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformStack } from 'cdktf';
import {
  type AddNodePoolOptions,
  AksCluster,
  ContainerImage,
  Cpu,
  GpuInstance,
  Job,
  KubernetesNamespace,
  Placement,
  Problems,
  Severity,
  TaintEffect,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { type Block, only, RESOURCE_GROUP, synth, testApp, testStack, token } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/train:1');
const GPU = 'nvidia.com/gpu';

function workloadIn(stack: TerraformStack, props: Partial<WorkloadProps> = {}): Workload {
  return new Workload(stack, 'train', { name: 'train', image, containerPort: 8080, ...props });
}

function podOf(json: ReturnType<typeof synth>, type: string): { container: Block[] } {
  return (only(json, type) as { spec: { template: { spec: { container: Block[] } } } }).spec.template.spec;
}

describe('devices of a container', () => {
  test('are the same as request and as limit, beside CPU and memory', () => {
    const stack = testStack();
    workloadIn(stack, {
      resources: { cpuRequest: Cpu.cores(4), gpus: 2, extendedResources: { 'smarter.dev/video': 1 } },
      sidecars: [{ name: 'other', image, resources: { gpus: 1 } }],
    });
    const json = synth(stack);

    expect([...Problems.of(stack), ...invalidManifests(json)]).toEqual([]);
    const devices = { [GPU]: '2', 'smarter.dev/video': '1' };
    expect(podOf(json, 'kubernetes_deployment_v1').container).toMatchObject([
      { resources: { requests: { cpu: '4', ...devices }, limits: devices } },
      { resources: { requests: { [GPU]: '1' }, limits: { [GPU]: '1' } } },
    ]);
  });

  test('may be numbers that Terraform knows', () => {
    const stack = testStack();
    workloadIn(stack, { resources: { gpus: token(stack).numberValue } });

    expect(Problems.of(stack)).toEqual([]);
    expect(podOf(synth(stack), 'kubernetes_deployment_v1').container[0]!.resources).toMatchObject({
      limits: { [GPU]: '${var.token}' },
    });
  });

  test('are not asked for by a migration, while the pods have them', () => {
    const stack = testStack();
    workloadIn(stack, {
      resources: { cpuRequest: Cpu.millis(100), gpus: 1, extendedResources: { 'a.dev/b': 1 } },
      migration: { command: ['migrate'] },
    });

    expect(podOf(synth(stack), 'kubernetes_job_v1').container[0]!.resources).toEqual({
      requests: { cpu: '100m' },
      limits: {},
    });
  });

  test.each<[string, WorkloadProps['resources'], string, RegExp]>([
    ['none', { gpus: 0 }, 'device-count', /^'resources\.gpus' must be a whole number from 1/],
    ['half of one', { gpus: 0.5 }, 'device-count', /^'resources\.gpus' must be a whole number from 1/],
    [
      'half of another',
      { extendedResources: { 'amd.com/gpu': 0.5 } },
      'device-count',
      /^'resources\.extendedResources\["amd\.com\/gpu"\]' must be/,
    ],
    ['a name without a maker', { extendedResources: { gpu: 1 } }, 'extended-resource', /got "gpu"$/],
    [
      'one of Kubernetes',
      { extendedResources: { 'kubernetes.io/batteries': 1 } },
      'extended-resource',
      /^'resources\.extendedResources' must be the name of a resource of a device plugin/,
    ],
    [
      'one twice',
      { gpus: 1, extendedResources: { [GPU]: 1 } },
      'gpus-given-once',
      /which are the same: remove one of them$/,
    ],
  ])('are reported once: %s', (_, resources, rule, message) => {
    const stack = testStack();
    workloadIn(stack, { resources });

    expect(Problems.list(stack)).toMatchObject([{ rule, message: expect.stringMatching(message) as string }]);
  });

  test.each([{ gpus: 1 }, { extendedResources: { [GPU]: 1 } }])(
    'are not for every container of a namespace: %j',
    (defaults) => {
      const stack = testStack();
      new KubernetesNamespace(stack, 'namespace', { namespaceName: 'shop', containerLimits: { defaults } });

      expect(Problems.list(stack).map(({ rule }) => rule)).toEqual(['devices-by-default']);
    },
  );
});

describe('the nodes of a cluster that the program makes', () => {
  const A100: AddNodePoolOptions = {
    name: 'gpu',
    vmSize: 'Standard_NC24ads_A100_v4',
    taints: [{ key: 'sku', value: 'gpu', effect: TaintEffect.NO_SCHEDULE }],
  };

  function system(pool?: AddNodePoolOptions): { stack: TerraformStack; placement?: Placement } {
    const stack = new TerraformStack(testApp(), 'stack');
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
    new KubernetesProvider(stack, 'kubernetes', cluster.kubernetesProviderConfig(stack));
    return { stack, placement: pool && Placement.on(cluster.addNodePool(pool.name, pool)) };
  }

  function deviceProblemsOf(stack: TerraformStack): string[] {
    return Problems.list(stack)
      .filter(({ rule }) => rule === 'devices-of-a-pool')
      .map(({ message }) => message);
  }

  test.each<[string, AddNodePoolOptions, Partial<WorkloadProps>]>([
    ['one', A100, { resources: { gpus: 1 } }],
    ['four', { ...A100, vmSize: 'Standard_NC96ads_A100_v4' }, { resources: { gpus: 4 } }],
    ['eight', { ...A100, vmSize: 'standard_nd96isr_h100_v5' }, { resources: { gpus: 8 } }],
    ['a part', { ...A100, vmSize: 'Standard_NV6ads_A10_v5' }, { resources: { gpus: 1 } }],
    [
      'of AMD',
      { ...A100, vmSize: 'Standard_ND96isr_MI300X_v5' },
      { resources: { extendedResources: { 'amd.com/gpu': 8 } } },
    ],
    ['parts', { ...A100, gpuInstance: GpuInstance.MIG_1G }, { resources: { gpus: 7 } }],
    ['what nobody can tell', A100, { resources: { extendedResources: { 'smarter.dev/video': 3 } } }],
    ['of a size that is new', { ...A100, vmSize: 'Standard_ND256x_R300_v9' }, { resources: { gpus: 64 } }],
    [
      'one at a time',
      A100,
      { resources: { gpus: 1 }, initContainers: [{ name: 'try', image, resources: { gpus: 1 } }] },
    ],
    ['as many processors as a node has', A100, { resources: { cpuRequest: Cpu.cores(24) } }],
    [
      'processors that a node of an unknown size may have',
      { ...A100, vmSize: 'Standard_DS14_v2' },
      { resources: { cpuRequest: Cpu.cores(16) } },
    ],
  ])('have what the pods ask for: %s', (_, pool, props) => {
    const { stack, placement } = system(pool);
    workloadIn(stack, { placement, ...props });

    expect(Problems.of(stack)).toEqual([]);
  });

  test.each<[string, AddNodePoolOptions | undefined, boolean, Partial<WorkloadProps>, string]>([
    [
      'none at all',
      undefined,
      false,
      { resources: { gpus: 1 } },
      '(nodepool1), got 1 of nvidia.com/gpu: none of its nodes has any. Add a pool of the N series, such as Standard_NC24ads_A100_v4',
    ],
    [
      'none where they may be put',
      A100,
      false,
      { resources: { gpus: 1 } },
      "(nodepool1), got 1 of nvidia.com/gpu: those of gpu have that, but the pods are not placed on them. Give 'placement: Placement.on(...)'",
    ],
    [
      'fewer',
      A100,
      true,
      { resources: { gpus: 2 } },
      '(gpu), got 2 of nvidia.com/gpu: those of gpu have 1. Request less',
    ],
    [
      'fewer than all containers need',
      A100,
      true,
      { resources: { gpus: 1 }, sidecars: [{ name: 'other', image, resources: { gpus: 1 } }] },
      '(gpu), got 2 of nvidia.com/gpu: those of gpu have 1',
    ],
    [
      'those of another maker',
      { ...A100, vmSize: 'Standard_ND96isr_MI300X_v5' },
      true,
      { resources: { gpus: 1 } },
      '(gpu), got 1 of nvidia.com/gpu: none of its nodes has any. Add a pool',
    ],
    [
      'fewer processors than all containers request',
      A100,
      true,
      {
        resources: { cpuRequest: Cpu.cores(20) },
        sidecars: [{ name: 'other', image, resources: { cpuLimit: Cpu.millis(4500) } }],
      },
      '(gpu), got 24.5 of cpu: those of nodepool1 have 4, those of gpu have 24. Request less, or use a larger VM size',
    ],
    [
      'fewer processors where they may be put',
      A100,
      false,
      { resources: { cpuRequest: Cpu.millis(4001) } },
      '(nodepool1), got 4.001 of cpu: those of gpu have that, but the pods are not placed on them',
    ],
  ])('have %s, which is reported and can be meant', (_, pool, isPlaced, props, found) => {
    const { stack, placement } = system(pool);
    const workload = workloadIn(stack, { ...(isPlaced ? { placement } : {}), ...props });

    expect(deviceProblemsOf(stack)).toEqual([
      expect.stringContaining(
        `'resources' must not request more than the nodes of stack/cluster selected for the pods have ${found}`,
      ),
    ]);
    Problems.acknowledge(workload, 'devices-of-a-pool', 'the device plugin shares each of them');
    expect(deviceProblemsOf(stack)).toEqual([]);
  });

  test('are compared with what a Job asks for, too', () => {
    const { stack } = system();
    new Job(stack, 'train', { name: 'train', image, resources: { gpus: 1 } });

    expect(deviceProblemsOf(stack)).toHaveLength(1);
  });

  test('are one problem with a placement that no pool fulfils', () => {
    const { stack } = system(A100);
    workloadIn(stack, { resources: { gpus: 1 }, placement: Placement.labels({ sku: 'gpu' }) });

    expect(
      Problems.list(stack)
        .filter(({ severity }) => severity === Severity.ERROR)
        .map(({ rule }) => rule),
    ).toEqual(['placement-on-a-pool']);
  });
});
