import { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { secretProblems } from '../workload/pod/environment';
import { isIpRange, isIpv4Address, rangeHolds } from '../core/addresses/address-space';
import { objectName } from '../kubernetes/kubernetes-rules';
import { sourceRange } from '../workload/exposure/exposure-rules';
import { everywhereProblems } from '../core/rules/restriction';
import { check, checkGiven, orExample } from '../core/rules/rule';
import { show } from '../core/values/shown';
import { isKnown, isText } from '../core/values/known';
import { sharedVotesProblems } from './shared-votes';
import { PASSWORD_VARIABLE, passwordVariable, voteWorkloadOptions } from './vote-parts';
import { diskGibibytes, redisHost } from './vote-rules';
import { ContainerImage, type IContainerImage } from '../workload/pod/container-image';
import { VoteSecurity } from './vote-security';
import { Probe, type ProbeSet } from '../workload/pod/probe';
import { type ContainerResources, Cpu, Memory } from '../workload/pod/resources';
import { Spread } from '../workload/pod/spread';
import type { IFrontWorkload, IVoteFront } from './i-vote-front';
import { NetworkPeer } from '../workload/network-peer';
import type { StatefulOptions } from '../workload/scaling/stateful-options';
import { AksStorageClass } from '../workload/storage/aks-storage-class';
import { Volume } from '../workload/storage/volume';
import type { VolumeMount } from '../workload/storage/volume-mount';
import { Workload } from '../workload/workload';
import type { WorkloadNames } from '../workload/workload-names';
import type { WorkloadOptions } from '../workload/pod/workload-options';
import { IVoteBackend } from './i-vote-backend';
import { type Violation, when } from '../core/problems/violation';
import { reportProblems, reportWarnings } from '../core/problems/report';

/** A disk for the votes. */
export interface VotePersistence {
  /**
   * Its size in GiB, 1 to 32767. An existing disk keeps its size: the provider applies a new size without effect, and
   * plans it again each time.
   *
   * @see https://github.com/hashicorp/terraform-provider-kubernetes/issues/2049
   *
   * @default 8
   */
  readonly sizeGibibytes?: number;
  /**
   * The storage class.
   *
   * @default "managed-csi", which AKS provides for Azure disks
   */
  readonly storageClass?: string;
}

/** Options for a `VoteBackend`. */
export interface VoteBackendOptions extends WorkloadNames {
  /**
   * The Redis image: the official one, or one with the same commands and the same user, 999.
   *
   * @default - Redis 7.2 from Docker Hub
   */
  readonly image?: IContainerImage;
  /**
   * A disk for the votes. It is kept when the back end is destroyed.
   *
   * @default - the votes are stored in memory, and lost with the pod
   */
  readonly persistence?: VotePersistence;
  /**
   * The password that fronts need: a sensitive `TerraformVariable` or an attribute of a resource.
   *
   * @default - none: network policies restrict the callers
   */
  readonly password?: string;
  /**
   * The CPU and memory that the container requests, and its limits.
   *
   * @default - requests of 100 millicores and 128 MiB, limits of 250 millicores and 256 MiB
   */
  readonly resources?: ContainerResources;
}

/** Properties of `VoteBackend`. */
export interface VoteBackendProps extends VoteBackendOptions, WorkloadOptions {
  /** The name of its objects, and the label "app" that selects its pods. */
  readonly name: string;
}

/** Attributes of an existing Redis. It has to listen on port 6379 without TLS: the vote application supports nothing else. */
export interface VoteBackendHostAttributes {
  /** Its host name or address. */
  readonly host: string;
  /** The addresses that the host name resolves to, such as "10.1.0.4/32": network policies do not support names. */
  readonly addressRange: string;
  /**
   * Its password: a sensitive `TerraformVariable` or an attribute of a resource.
   *
   * @default - none
   */
  readonly password?: string;
  /**
   * An image with `redis-cli`, which the fronts use to wait for it.
   *
   * @default - Redis 7.2 from Docker Hub
   */
  readonly clientImage?: IContainerImage;
}

/** The port that the vote application uses for Redis. */
const REDIS_PORT = 6379;

const DEFAULT_RESOURCES: ContainerResources = {
  cpuRequest: Cpu.millis(100),
  cpuLimit: Cpu.millis(250),
  memoryRequest: Memory.mebibytes(128),
  memoryLimit: Memory.mebibytes(256),
};

/** The behavior that back ends share, in the cluster or outside it. */
export abstract class VoteBackendBase extends Construct implements IVoteBackend {
  public abstract readonly host: string;
  public abstract readonly dnsName?: string;
  public abstract readonly namespace?: string;
  public abstract readonly password?: string;
  public abstract readonly clientImage: IContainerImage;
  private readonly fronts: IVoteFront[] = [];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    reportProblems(this, () => sharedVotesProblems(this.fronts));
  }

  public acceptFront(front: IVoteFront): void {
    this.fronts.push(front);
    this.connect(front.workload);
  }

  protected abstract connect(front: IFrontWorkload): void;
}

/**
 * The back end of the vote application: one Redis, reached only by its fronts.
 *
 * @example
 * const backend = new VoteBackend(stack, 'back', { name: 'vote-back' });
 * new VoteFront(stack, 'front', { name: 'vote-front', backend, image: registry.image('vote-front', 'v1') });
 */
export class VoteBackend extends VoteBackendBase {
  /** An existing Redis outside the cluster. */
  public static fromHost(scope: Construct, id: string, attributes: VoteBackendHostAttributes): IVoteBackend {
    return new OutsideVoteBackend(scope, id, attributes);
  }

  public readonly host: string;
  public readonly dnsName?: string;
  public readonly namespace?: string;
  public readonly password?: string;
  public readonly clientImage: IContainerImage;
  /** The pod of Redis, and the Service in front of it. */
  public readonly workload: Workload;

  constructor(scope: Construct, id: string, props: VoteBackendProps) {
    super(scope, id);
    props = declared(this, 'VoteBackendProps', props);
    const { persistence, password, ...options } = props;
    reportProblems(this, () => [
      ...check(diskGibibytes, 'persistence.sizeGibibytes', persistence?.sizeGibibytes),
      ...check(objectName, 'persistence.storageClass', persistence?.storageClass),
      ...secretProblems('password', password),
    ]);
    this.password = password;
    this.clientImage = props.image ?? defaultImage();
    this.workload = new Workload(this, 'redis', {
      ...voteWorkloadOptions(options),
      image: this.clientImage,
      command: redisCommand(persistence !== undefined, password !== undefined),
      containerPort: REDIS_PORT,
      portName: 'redis',
      replicas: 1,
      spread: Spread.none(),
      // a literal is reported above, and only there
      environment: isKnown(password) ? {} : passwordVariable(password),
      resources: props.resources ?? DEFAULT_RESOURCES,
      probes: REDIS_PROBES,
      security: VoteSecurity.redis(),
      preStopSeconds: 0,
      ...(persistence === undefined ? {} : kept(persistence)),
    });
    this.node.defaultChild = this.workload.node.defaultChild;
    this.host = this.workload.serviceName;
    this.dnsName = this.workload.serviceDnsName;
    this.namespace = props.namespace ?? 'default';
  }

  protected connect(front: IFrontWorkload): void {
    front.connectTo(this.workload);
  }
}

checkArguments(VoteBackend);

class OutsideVoteBackend extends VoteBackendBase {
  public readonly host: string;
  public readonly dnsName?: string;
  public readonly namespace?: string;
  public readonly password?: string;
  public readonly clientImage: IContainerImage;
  private readonly addressRange: string;

  constructor(scope: Construct, id: string, attributes: VoteBackendHostAttributes) {
    super(scope, id);
    this.host = attributes.host;
    this.password = attributes.password;
    this.clientImage = attributes.clientImage ?? defaultImage();
    this.addressRange = attributes.addressRange;
    reportProblems(this, () => [
      ...checkGiven(redisHost, 'host', this.host),
      ...checkGiven(sourceRange, 'addressRange', this.addressRange),
      ...everywhereProblems('addressRange', [this.addressRange], 'name the addresses of the host'),
      ...this.addressProblems(),
      ...secretProblems('password', this.password),
    ]);
    reportWarnings(
      this,
      when(
        isText(this.host) && this.host.endsWith('.redis.cache.windows.net'),
        'redis-in-the-clear',
        () =>
          `'host' ${show(this.host)} is an Azure Cache for Redis, which accepts unencrypted connections on port 6379 only if its non-TLS port is enabled, and then without protection`,
      ),
    );
  }

  protected connect(front: IFrontWorkload): void {
    if (checkGiven(sourceRange, '', this.addressRange).length === 0) {
      front.allowTo(NetworkPeer.ipRange(this.addressRange), REDIS_PORT);
    }
  }

  /** A host that is an address must be in the range that the fronts may call. */
  private addressProblems(): Violation[] {
    const { host, addressRange } = this;
    if (!isText(host) || !isIpv4Address(host) || !isText(addressRange) || !isIpRange(addressRange)) {
      return [];
    }
    return when(
      !rangeHolds(addressRange, host),
      'redis-host-in-range',
      () => `'addressRange' must hold the 'host' (${show(host)}), got ${show(addressRange)}: fronts could not call it`,
    );
  }
}

/** The command of the probes. The exit code of the ping alone is 0 even when Redis rejects it. */
const PING = ['sh', '-c', 'redis-cli ping | grep -q PONG'];

const REDIS_PROBES: ProbeSet = {
  startup: Probe.exec(PING, { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 24 }),
  readiness: Probe.exec(PING, { periodSeconds: 5, timeoutSeconds: 5 }),
  liveness: Probe.exec(PING, { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 }),
};

function redisCommand(keeps: boolean, hasPassword: boolean): string[] {
  return [
    'redis-server',
    // without a disk, Redis must not try to save, since it would reject votes after a failure
    ...(keeps ? ['--dir', '/data', '--appendonly', 'yes'] : ['--save', '', '--appendonly', 'no']),
    ...(hasPassword ? ['--requirepass', `$(${PASSWORD_VARIABLE})`] : []),
  ];
}

/** The options for a disk, which the only pod of the back end keeps. That pod needs no host name. */
function kept({ sizeGibibytes = 8, storageClass = AksStorageClass.MANAGED_CSI.storageClassName }: VotePersistence): {
  volumes: VolumeMount[];
  stateful: StatefulOptions;
} {
  // invalid values are reported above, under the names of the options
  const disk = {
    sizeGibibytes: orExample(diskGibibytes, sizeGibibytes),
    storageClass: { storageClassName: orExample(objectName, storageClass) },
  };
  return {
    volumes: [{ mountPath: '/data', volume: Volume.claimForEachPod('data', disk) }],
    stateful: { podHostNames: false },
  };
}

function defaultImage(): IContainerImage {
  return ContainerImage.fromReference('redis:7.2');
}
