import { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { numberText } from '../core/values/number-text';
import { check } from '../core/rules/rule';
import { show } from '../core/values/shown';
import { isKnown } from '../core/values/known';
import { passwordVariable, voteWorkloadOptions } from './vote-parts';
import { voteProcesses, voteTitle, voteValue } from './vote-rules';
import type { AutoscalingProps } from '../workload/scaling/autoscaling';
import type { IContainerImage } from '../workload/pod/container-image';
import { EnvValue } from '../workload/pod/env-value';
import { Exposure } from '../workload/exposure/exposure';
import type { InitContainer } from '../workload/pod/init-container';
import type { PodSecurity } from '../workload/pod/pod-security';
import { VoteSecurity } from './vote-security';
import { Probe, type ProbeSet } from '../workload/pod/probe';
import { type ContainerResources, Cpu, Memory } from '../workload/pod/resources';
import type { RolloutProps } from '../workload/scaling/rollout';
import type { IVoteBackend } from './i-vote-backend';
import type { IFrontWorkload, IVoteFront } from './i-vote-front';
import { Workload } from '../workload/workload';
import type { WorkloadNames } from '../workload/workload-names';
import type { WorkloadOptions } from '../workload/pod/workload-options';
import { type Violation, when } from '../core/problems/violation';
import { reportProblems, reportWarnings } from '../core/problems/report';

/** Settings of a front, apart from its image. */
export interface VoteFrontSettings extends WorkloadNames {
  /**
   * The title of the page.
   *
   * @default - "Azure Voting App", from the image
   */
  readonly title?: string;
  /**
   * The value of the first button: not empty, not "reset", and different from the second one.
   *
   * @default - "Cats", from the image
   */
  readonly vote1Value?: string;
  /**
   * The value of the second button.
   *
   * @default - "Dogs", from the image
   */
  readonly vote2Value?: string;
  /**
   * Whether it shares the votes of other fronts of its back end that have a value in common.
   *
   * @default false
   */
  readonly sharesVotes?: boolean;
  /**
   * Whether the page shows the name of its pod as the title, which makes load balancing visible.
   *
   * @default false
   */
  readonly showHost?: boolean;
  /**
   * The maximum number of processes that answer requests in a pod, 3 to 128. Each takes about 70 MiB.
   *
   * @default 4
   */
  readonly processes?: number;
  /**
   * The number of pods. With fewer than 2, the application is unavailable while a node is replaced, which is a warning.
   *
   * @default 2
   */
  readonly replicas?: number;
  /**
   * Scales the number of pods with the load.
   *
   * @default - always `replicas`
   */
  readonly autoscaling?: AutoscalingProps;
  /**
   * The CPU and memory that the container requests, and its limits.
   *
   * @default - requests of 250 millicores and 128 MiB, limits of 500 millicores and 512 MiB
   */
  readonly resources?: ContainerResources;
  /**
   * The probes by which Kubernetes monitors the container.
   *
   * @default - HTTP probes of the page, the only response that depends on the application and its back end
   */
  readonly probes?: ProbeSet;
  /**
   * The rights of the containers.
   *
   * @default VoteSecurity.front()
   */
  readonly security?: PodSecurity;
  /**
   * How new pods replace old ones.
   *
   * @default - one additional pod at a time, and none fewer
   */
  readonly rollout?: RolloutProps;
  /**
   * The networks from which it can be reached.
   *
   * @default Exposure.publicLoadBalancer()
   */
  readonly exposure?: Exposure;
}

/** Options for a `VoteFront`. */
export interface VoteFrontOptions extends VoteFrontSettings {
  /** The image of the vote application. */
  readonly image: IContainerImage;
}

/** Properties of `VoteFront`. */
export interface VoteFrontProps extends VoteFrontOptions, WorkloadOptions {
  /** The name of its objects, and the label "app" that selects its pods. */
  readonly name: string;
  /**
   * The Redis in which the votes are stored. The front is created after it, since the image does not start without it.
   */
  readonly backend: IVoteBackend;
}

/** The port on which the image listens. */
const HTTP_PORT = 80;

const DEFAULT_RESOURCES: ContainerResources = {
  cpuRequest: Cpu.millis(250),
  cpuLimit: Cpu.millis(500),
  memoryRequest: Memory.mebibytes(128),
  memoryLimit: Memory.mebibytes(512),
};

/**
 * Only "/" depends on the application: the port is open, and the style sheet is served, even when the application
 * fails.
 *
 * The thresholds outlast a restart of the back end. When Redis has lost its data, only a restart of the front helps.
 */
const PROBES: ProbeSet = {
  startup: Probe.http('/', { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 24 }),
  readiness: Probe.http('/', { periodSeconds: 5, timeoutSeconds: 5 }),
  liveness: Probe.http('/', { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 }),
};

/** The vote values of the image. */
const VOTE_VALUES = { vote1Value: 'Cats', vote2Value: 'Dogs' };

/** The only file from which the image reads whether to show the host. It is Python, and must set all four variables. */
const CONFIG_FILE = '/app/config_file.cfg';
const SHOW_HOST = "TITLE = 'Azure Voting App'\nVOTE1VALUE = 'Cats'\nVOTE2VALUE = 'Dogs'\nSHOWHOST = 'true'\n";

/**
 * The front of the vote application: the page for voting.
 *
 * @example
 * const backend = VoteBackend.fromHost(stack, 'back', { host: 'redis.example.com', addressRange: '10.9.0.4/32' });
 * new VoteFront(stack, 'front', { name: 'vote-front', backend, image: registry.image('vote-front', 'v1') });
 */
export class VoteFront extends Construct implements IVoteFront {
  /** Its Deployment, its Service and the objects that belong to them. */
  public readonly workload: IFrontWorkload;
  /** The values of its two buttons. */
  public readonly voteValues: string[];
  /** Whether it shares the votes of other fronts that have a value in common. */
  public readonly sharesVotes: boolean;
  private readonly web: Workload;

  constructor(scope: Construct, id: string, props: VoteFrontProps) {
    super(scope, id);
    props = declared(this, 'VoteFrontProps', props);
    const { backend, title, vote1Value, vote2Value, sharesVotes, showHost, processes, ...options } = props;
    this.voteValues = [vote1Value ?? VOTE_VALUES.vote1Value, vote2Value ?? VOTE_VALUES.vote2Value];
    this.sharesVotes = sharesVotes ?? false;
    reportProblems(this, () => this.problems(props));
    this.warn(props);

    const host = hostOf(props);
    this.web = new Workload(this, 'web', {
      ...voteWorkloadOptions(options),
      containerPort: HTTP_PORT,
      environment: environment(host, { backend, title, vote1Value, vote2Value, processes }),
      configFiles: showHost === true ? { [CONFIG_FILE]: SHOW_HOST } : undefined,
      initContainers: [waitForBackend(backend, host)],
      resources: props.resources ?? DEFAULT_RESOURCES,
      probes: props.probes ?? PROBES,
      security: props.security ?? VoteSecurity.front(),
      exposure: props.exposure ?? Exposure.publicLoadBalancer(),
      prerequisites: [backend, ...(props.prerequisites ?? [])],
    });
    this.workload = this.web;
    this.node.defaultChild = this.web.node.defaultChild;
    backend.acceptFront(this);
  }

  /** The address of the load balancer, known after Terraform has run: empty until one is assigned. */
  public get loadBalancerAddress(): string {
    return this.web.loadBalancerAddress;
  }

  /** The URL of the page. */
  public get url(): string {
    return this.web.url;
  }

  private warn({ replicas, autoscaling, title, showHost, security }: VoteFrontProps): void {
    reportWarnings(this, [
      ...when(
        security?._refusesRootImages === true,
        'vote-image-needs-root',
        () =>
          "'security' does not allow root, but the image of the vote application starts as root: it will not run. Leave it out, " +
          'or use VoteSecurity.front()',
      ),
      ...when(
        autoscaling === undefined && (replicas === 0 || replicas === 1),
        'vote-front-replicas',
        () =>
          `'replicas' is ${replicas}: with fewer than 2, voting is unavailable while a node is upgraded or replaced`,
      ),
      ...when(
        showHost === true && title !== undefined,
        'title-or-host',
        () => "'title' has no effect with 'showHost': the page shows the name of its pod instead",
      ),
    ]);
  }

  private problems({ title, vote1Value, vote2Value, processes }: VoteFrontProps): Violation[] {
    const [first, second] = this.voteValues;
    return [
      ...check(voteTitle, 'title', title),
      ...check(voteValue, 'vote1Value', vote1Value),
      ...check(voteValue, 'vote2Value', vote2Value),
      ...check(voteProcesses, 'processes', processes),
      ...when(
        isKnown(first) && first === second,
        'vote-values-differ',
        () => `'vote1Value' and 'vote2Value' must differ, got ${show(first)} for both: each vote would count for both`,
      ),
    ];
  }
}

checkArguments(VoteFront);

/** The variables that the image reads, which treats an empty one as missing. */
function environment(
  host: string,
  { backend, title, vote1Value, vote2Value, processes = 4 }: Omit<VoteFrontProps, 'name' | 'image'>,
): { [name: string]: EnvValue } {
  return {
    REDIS: EnvValue.fromValue(host),
    ...(hasUsablePassword(backend) ? { REDIS_PWD: EnvValue.fromSecretValue(backend.password) } : {}),
    ...(title === undefined ? {} : { TITLE: EnvValue.fromValue(title) }),
    ...(vote1Value === undefined ? {} : { VOTE1VALUE: EnvValue.fromValue(vote1Value) }),
    ...(vote2Value === undefined ? {} : { VOTE2VALUE: EnvValue.fromValue(vote2Value) }),
    UWSGI_PROCESSES: EnvValue.fromValue(numberText(processes)),
  };
}

/** The host name of the back end, whose short form resolves only in its own namespace. */
function hostOf({ backend: { host, dnsName, namespace }, namespace: own = 'default' }: VoteFrontProps): string {
  return namespace === undefined || namespace === own ? host : (dnsName ?? host);
}

/**
 * An init container that waits for the back end: without it, the image does not start, and some versions never retry.
 */
function waitForBackend(backend: IVoteBackend, host: string): InitContainer {
  return {
    name: 'wait-for-backend',
    image: backend.clientImage,
    command: ['sh', '-c', 'until redis-cli -h "$REDIS" ping | grep -q PONG; do sleep 1; done'],
    environment: {
      REDIS: EnvValue.fromValue(host),
      ...(hasUsablePassword(backend) ? passwordVariable(backend.password) : {}),
    },
    resources: {
      cpuRequest: Cpu.millis(50),
      cpuLimit: Cpu.millis(100),
      memoryRequest: Memory.mebibytes(32),
      memoryLimit: Memory.mebibytes(64),
    },
    security: VoteSecurity.redis(),
  };
}

/** A literal password is reported where it was given, and not passed on. */
function hasUsablePassword(backend: IVoteBackend): backend is IVoteBackend & { readonly password: string } {
  return backend.password !== undefined && !isKnown(backend.password);
}
