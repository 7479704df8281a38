import { checkArguments } from '../core/declared';
import { type Violation, when } from '../core/problems/violation';
import { check } from '../core/rules/rule';
import { isKnown } from '../core/values/known';
import { numberText } from '../core/values/number-text';
import { port as portRule, portName as portNameRule } from '../kubernetes/kubernetes-rules';

/** A port in a network policy. */
export interface PolicyPort {
  readonly protocol: string;
  readonly port: string;
  readonly endPort?: number;
}

/** The port of Microsoft Entra ID. */
const HTTPS_PORT = 443;

/**
 * A port, or a range of ports, that a network policy opens.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-range-of-ports
 *
 * @example
 * workload.allowToPorts(NetworkPeer.ipRange('10.1.0.0/24'), [NetworkPort.tcp(5432), NetworkPort.tcpRange(6000, 6010)]);
 */
export class NetworkPort {
  /** A TCP port. */
  public static tcp(port: number): NetworkPort {
    return new NetworkPort('TCP', port);
  }

  /** A UDP port. */
  public static udp(port: number): NetworkPort {
    return new NetworkPort('UDP', port);
  }

  /**
   * A range of TCP ports.
   *
   * @param first The first port
   * @param last The last port, not below the first
   */
  public static tcpRange(first: number, last: number): NetworkPort {
    return new NetworkPort('TCP', first, last);
  }

  /**
   * A range of UDP ports.
   *
   * @param first The first port
   * @param last The last port, not below the first
   */
  public static udpRange(first: number, last: number): NetworkPort {
    return new NetworkPort('UDP', first, last);
  }

  /**
   * The TCP port with this name in the containers of the called pods, independent of its number.
   *
   * @param portName The name of the port
   */
  public static named(portName: string): NetworkPort {
    return new NetworkPort('TCP', undefined, undefined, portName);
  }

  private constructor(
    private readonly protocol: string,
    private readonly port?: number,
    private readonly last?: number,
    private readonly portName?: string,
  ) {}

  /** The number, if it is a single TCP port with a number. @internal */
  public get _single(): number | undefined {
    return this.protocol === 'TCP' && this.last === undefined ? this.port : undefined;
  }

  /** Whether it may include the port of Microsoft Entra ID. @internal */
  public get _mayBeHttps(): boolean {
    const { port, last = port } = this;
    return (
      this.protocol === 'TCP' &&
      port !== undefined &&
      !(isKnown(port) && port > HTTPS_PORT) &&
      !(isKnown(last) && last < HTTPS_PORT)
    );
  }

  /** @internal */
  public _render(): PolicyPort {
    const port = this.port === undefined ? (this.portName ?? '') : numberText(this.port);
    return { protocol: this.protocol, port, ...(this.last === undefined ? {} : { endPort: this.last }) };
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    const { port, last, portName } = this;
    const problems = [
      ...check(portRule, last === undefined ? `${property}.port` : `${property}.first`, port),
      ...check(portRule, `${property}.last`, last),
      ...check(portNameRule, `${property}.portName`, portName),
    ];
    return problems.length > 0
      ? problems
      : when(
          isKnown(port) && isKnown(last) && last < port,
          'port-range-in-order',
          () => `'${property}.last' must not be less than '${property}.first' (${port}), got ${last}: swap them`,
        );
  }
}

checkArguments(NetworkPort);
