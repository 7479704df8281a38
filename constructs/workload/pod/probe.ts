import type { DeploymentV1SpecTemplateSpecContainerStartupProbe } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { Token } from 'cdktf';
import { checkArguments } from '../../core/declared';
import { port as portRule } from '../../kubernetes/kubernetes-rules';
import { literalText, literalTexts } from '../../core/values/literal-text';
import { numberText } from '../../core/values/number-text';
import * as rules from './probe-rules';
import { check } from '../../core/rules/rule';
import { show } from '../../core/values/shown';
import { isKnown, itemsOf } from '../../core/values/known';
import { questionable, type Violation, when } from '../../core/problems/violation';

/** Options for a probe. */
export interface ProbeOptions {
  /**
   * The seconds after the start of the container before the first probe.
   *
   * @default 0
   */
  readonly initialDelaySeconds?: number;
  /**
   * The seconds between two probes, 1 or more.
   *
   * @default 10
   */
  readonly periodSeconds?: number;
  /**
   * The seconds without a response after which a probe has failed.
   *
   * @default 1
   */
  readonly timeoutSeconds?: number;
  /**
   * The number of consecutive failures after which the container counts as failed.
   *
   * @default 3
   */
  readonly failureThreshold?: number;
  /**
   * The number of consecutive successes after which the container counts as healthy again. Only a readiness probe can
   * have more than 1.
   *
   * @default 1
   */
  readonly successThreshold?: number;
  /**
   * The port to probe, on which the container listens. Commands need none.
   *
   * @default - the first port of the container
   */
  readonly port?: number;
}

/** Options for a probe over HTTP. */
export interface HttpProbeOptions extends ProbeOptions {
  /**
   * Whether the request uses TLS. The certificate is not verified.
   *
   * @default false
   */
  readonly tls?: boolean;
}

/** Options for a probe over gRPC. */
export interface GrpcProbeOptions extends ProbeOptions {
  /**
   * The name of the service whose health is requested.
   *
   * @default - the server as a whole
   */
  readonly service?: string;
}

/**
 * A check of a container: whether it has started, can take requests, or is alive.
 *
 * @example
 * new Workload(stack, 'web', {
 *   name: 'web',
 *   image: registry.image('web', 'v1'),
 *   containerPort: 8080,
 *   probes: { startup: Probe.tcp(), readiness: Probe.http('/healthz') },
 * });
 */
export class Probe {
  /** Succeeds if a GET request for the path returns a status from 200 to 399. */
  public static http(path: string, options: HttpProbeOptions = {}): Probe {
    const scheme = options.tls === true ? 'HTTPS' : undefined;
    return new Probe(options, check(rules.probePath, 'path', path), (port) => ({
      httpGet: { path: literalText(path), port, scheme },
    }));
  }

  /** Succeeds if the port accepts a connection, which does not prove that the application works. */
  public static tcp(options: ProbeOptions = {}): Probe {
    return new Probe(options, [], (port) => ({ tcpSocket: [{ port }] }));
  }

  /** Succeeds if a command in the container exits with 0. */
  public static exec(command: string[], options: ProbeOptions = {}): Probe {
    const isEmpty = !Token.isUnresolved(command) && itemsOf(command).length === 0;
    const problems = when(
      isEmpty,
      'probe-command',
      () => "'command' must be a list of at least one word, got none: remove the probe if there is nothing to run",
    );
    return new Probe(options, problems, () => ({ exec: { command: literalTexts(command) } }), false);
  }

  /** Succeeds if the standard health service of gRPC reports that it serves. */
  public static grpc(options: GrpcProbeOptions = {}): Probe {
    const { service } = options;
    // the provider expects a number here and text everywhere else
    return new Probe(options, [], (_, port) => ({ grpc: [{ port, service: service && literalText(service) }] }));
  }

  private constructor(
    private readonly options: ProbeOptions,
    private readonly ownProblems: readonly Violation[],
    private readonly question: (portText: string, port: number) => DeploymentV1SpecTemplateSpecContainerStartupProbe,
    private readonly asksPort = true,
  ) {}

  /** @internal */
  public _render(containerPort: number | undefined): DeploymentV1SpecTemplateSpecContainerStartupProbe {
    const { port: asked, initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold } = this.options;
    // a missing port is reported as a problem
    const port = asked ?? containerPort ?? 0;
    return {
      ...this.question(numberText(port), port),
      initialDelaySeconds,
      periodSeconds,
      timeoutSeconds,
      failureThreshold,
      successThreshold: this.options.successThreshold,
    };
  }

  /** @internal */
  public _problems(property: string, ports: ProbedPorts, mayRepeat: boolean): Violation[] {
    const { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold, successThreshold, port } =
      this.options;
    return [
      ...this.ownProblems.map((one) => ({ ...one, message: one.message.replace("'", `'${property}.`) })),
      ...check(rules.probeDelay, `${property}.initialDelaySeconds`, initialDelaySeconds),
      ...check(rules.probeCount, `${property}.periodSeconds`, periodSeconds),
      ...check(rules.probeCount, `${property}.timeoutSeconds`, timeoutSeconds),
      ...check(rules.probeCount, `${property}.failureThreshold`, failureThreshold),
      ...check(mayRepeat ? rules.probeCount : rules.successOnce, `${property}.successThreshold`, successThreshold),
      ...this.portProblems(`${property}.port`, port, ports),
    ];
  }

  /** @internal */
  public _warnings(property: string): Violation[] {
    const { timeoutSeconds = 1, periodSeconds = 10 } = this.options;
    return when(
      [timeoutSeconds, periodSeconds].every((one) => isKnown(one) && rules.probeCount.holds(one)) &&
        timeoutSeconds > periodSeconds,
      'probe-timeout-within-period',
      () =>
        `'${property}.timeoutSeconds' is ${timeoutSeconds}, longer than 'periodSeconds' (${periodSeconds}): a slow response delays the next probe`,
    );
  }

  /**
   * The seconds that the container may fail before it counts as failed; undefined if they depend on a token.
   *
   * @internal
   */
  public get _budgetSeconds(): number | undefined {
    const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 } = this.options;
    // invalid values are reported elsewhere, and have no sum that a message could show
    const isRight = [periodSeconds, failureThreshold].every((one) => isKnown(one) && rules.probeCount.holds(one));
    return isRight && isKnown(initialDelaySeconds) && rules.probeDelay.holds(initialDelaySeconds)
      ? initialDelaySeconds + periodSeconds * failureThreshold
      : undefined;
  }

  private portProblems(property: string, port: number | undefined, ports: ProbedPorts): Violation[] {
    const { numbers } = ports;
    const problems = check(portRule, property, port);
    if (numbers.length === 0) {
      return [
        ...problems,
        ...when(
          this.asksPort && port === undefined,
          'probe-port-given',
          () =>
            `'${property}' must be given if the container has no ports, got none: specify the port to probe, or use ` +
            'Probe.exec(...)',
        ),
      ];
    }
    if (problems.length > 0 || !isKnown(port) || numbers.some((one) => !isKnown(one) || one === port)) {
      return problems;
    }
    return [
      questionable(
        'probe-port-open',
        `'${property}' must be a port that the container listens on (${numbers.join(', ')}), got ${show(port)}: name it in ` +
          `'${ports.property}'`,
      ),
    ];
  }
}

checkArguments(Probe);

/** The probes by which Kubernetes monitors a container. */
export interface ProbeSet {
  /**
   * Whether it has started, such as `Probe.http('/healthz')`. Until then, the other probes do not run; if it fails, the
   * container is restarted.
   *
   * @default - the container has started when its process runs
   * @alias startupProbe
   */
  readonly startup?: Probe;
  /**
   * Whether it can serve requests, such as `Probe.http('/ready')`. While it fails, the Service sends no requests.
   *
   * @default - the container can serve requests when its port accepts connections
   * @alias readinessProbe
   */
  readonly readiness?: Probe;
  /**
   * Whether it is alive, such as `Probe.tcp()`. If it fails, the container is restarted.
   *
   * @default - the container is alive as long as its process runs
   * @alias livenessProbe
   */
  readonly liveness?: Probe;
}

/** The ports that the probes of a container can use. */
export interface ProbedPorts {
  readonly numbers: readonly number[];
  /** The property in which further ports can be declared, such as "additionalPorts". */
  readonly property: string;
}

export function probeSetProblems(property: string, probes: ProbeSet, ports: ProbedPorts): Violation[] {
  return [
    ...(probes.startup?._problems(`${property}.startup`, ports, false) ?? []),
    ...(probes.readiness?._problems(`${property}.readiness`, ports, true) ?? []),
    ...(probes.liveness?._problems(`${property}.liveness`, ports, false) ?? []),
  ];
}

export function probeSetWarnings(property: string, probes: ProbeSet): Violation[] {
  return [
    ...(probes.startup?._warnings(`${property}.startup`) ?? []),
    ...(probes.readiness?._warnings(`${property}.readiness`) ?? []),
    ...(probes.liveness?._warnings(`${property}.liveness`) ?? []),
  ];
}
