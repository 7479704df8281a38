import { Construct } from 'constructs';
import { ContainerImage, type IContainerImage } from './container-image';
import { Cpu, Memory } from './resources';
import { Workload, type WorkloadOptions } from './workload';

/** What a `VoteBackend` can be told besides its name. */
export interface VoteBackendOptions {
  /**
   * The Redis image.
   *
   * @default - Redis 7.2 from Docker Hub
   */
  readonly image?: IContainerImage;
}

/** What a `VoteBackend` is made from. */
export interface VoteBackendProps extends VoteBackendOptions, WorkloadOptions {
  /** The name of its Deployment and its Service. */
  readonly name: string;
}

/** The port that the vote application's front looks for Redis on. */
const REDIS_PORT = 6379;

/**
 * The back end of the vote application: one Redis, reached only from inside the cluster.
 *
 * It keeps the votes in memory: they are lost when its pod is.
 */
export class VoteBackend extends Construct {
  /** The host name that a front in the same namespace finds it at. */
  public readonly host: string;

  constructor(scope: Construct, id: string, props: VoteBackendProps) {
    super(scope, id);
    const redis = new Workload(this, 'redis', {
      name: props.name,
      namespace: props.namespace,
      provider: props.provider,
      image: props.image ?? ContainerImage.fromReference('redis:7.2'),
      containerPort: REDIS_PORT,
      portName: 'redis',
      replicas: 1,
      resources: {
        cpuRequest: Cpu.millis(100),
        cpuLimit: Cpu.millis(250),
        memoryRequest: Memory.mebibytes(128),
        memoryLimit: Memory.mebibytes(256),
      },
    });
    this.host = redis.serviceName;
  }
}
