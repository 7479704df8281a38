import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import type { IContainerImage } from './container-image';
import { EnvValue } from './env-value';
import { Exposure } from './exposure';
import { type ContainerResources, Cpu, Memory } from './resources';
import type { RolloutProps } from './rollout';
import type { VoteBackend } from './vote-backend';
import { Workload, type WorkloadOptions } from './workload';

/** What a `VoteFront` can be told besides its name and its back end. */
export interface VoteFrontOptions {
  /** The image of the vote application. */
  readonly image: IContainerImage;
  /**
   * How many pods run; with fewer than 2 the application stops while a node is replaced, and the front warns of it.
   *
   * @default 2
   */
  readonly replicas?: number;
  /**
   * What the container is given and what it may use.
   *
   * @default - 250 to 500 thousandths of a core, 128 to 512 mebibytes
   */
  readonly resources?: ContainerResources;
  /**
   * How new pods take the place of old ones.
   *
   * @default - one more pod at a time, none less
   */
  readonly rollout?: RolloutProps;
  /**
   * From where it can be reached.
   *
   * @default Exposure.publicLoadBalancer()
   */
  readonly exposure?: Exposure;
}

/** What a `VoteFront` is made from. */
export interface VoteFrontProps extends VoteFrontOptions, WorkloadOptions {
  /** The name of its Deployment and its Service. */
  readonly name: string;
  /** Where the votes are kept. The front is created when it runs: without it, the image does not start. */
  readonly backend: VoteBackend;
}

/** The port that the image listens on. */
const HTTP_PORT = 80;

const DEFAULT_RESOURCES: ContainerResources = {
  cpuRequest: Cpu.millis(250),
  cpuLimit: Cpu.millis(500),
  memoryRequest: Memory.mebibytes(128),
  memoryLimit: Memory.mebibytes(512),
};

/** The front of the vote application: the page that people vote on. */
export class VoteFront extends Construct {
  /** The address of the load balancer, known when Terraform has run: empty until there is one. */
  public readonly loadBalancerAddress: string;

  constructor(scope: Construct, id: string, props: VoteFrontProps) {
    super(scope, id);
    const { name, namespace, provider, image, rollout } = props;
    const replicas = props.replicas ?? 2;
    if (replicas === 0 || replicas === 1) {
      Annotations.of(this).addWarning(
        `'replicas' is ${replicas}: with fewer than 2, nobody can vote while a node is upgraded or replaced`,
      );
    }

    const web = new Workload(this, 'web', {
      name,
      namespace,
      provider,
      image,
      replicas,
      rollout,
      containerPort: HTTP_PORT,
      environment: { REDIS: EnvValue.literal(props.backend.host) },
      resources: props.resources ?? DEFAULT_RESOURCES,
      exposure: props.exposure ?? Exposure.publicLoadBalancer(),
      prerequisites: [props.backend],
    });
    this.loadBalancerAddress = web.loadBalancerAddress;
  }
}
