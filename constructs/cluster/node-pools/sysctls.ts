import type { KubernetesClusterNodePoolLinuxOsConfigSysctlConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { rememberAsked } from '../../core/declared';
import { checkGiven, integerRule } from '../../core/rules/rule';
import { show } from '../../core/values/shown';
import { isKnown } from '../../core/values/known';
import { type Violation, when } from '../../core/problems/violation';

/** The local ports of outgoing connections. */
export interface LocalPortRange {
  /** The first port, 1024 to 60999. */
  readonly first: number;
  /** The last port, 32768 to 65535, not below the first. */
  readonly last: number;
}

/**
 * Settings of the Linux kernel of nodes.
 *
 * @see https://learn.microsoft.com/azure/aks/custom-node-configuration#linux-custom-os-configuration-settings
 */
export interface SysctlOptions {
  /**
   * The number of asynchronous I/O requests of the node, 65536 to 6553500.
   *
   * @default 65536
   */
  readonly fsAioMaxNr?: number;
  /**
   * The number of files that the node can have open, 8192 to 12000500.
   *
   * @default - the largest number that Linux supports
   */
  readonly fsFileMax?: number;
  /**
   * The number of files that a user can watch, 781250 to 2097152.
   *
   * @default 1048576
   */
  readonly fsInotifyMaxUserWatches?: number;
  /**
   * The number of files that a process can have open, 8192 to 20000500.
   *
   * @default - that of the operating system
   */
  readonly fsNrOpen?: number;
  /**
   * The number of threads of the node, 20 to 513785.
   *
   * @default - by the memory of the node
   */
  readonly kernelThreadsMax?: number;
  /**
   * The number of packets that wait for the kernel, for each network interface, 1000 to 3240000.
   *
   * @default 1000
   */
  readonly netCoreNetdevMaxBacklog?: number;
  /**
   * The memory in bytes for options of a socket, 20480 to 4194304.
   *
   * @default - that of the operating system
   */
  readonly netCoreOptmemMax?: number;
  /**
   * The memory in bytes that a socket has to receive, 212992 to 134217728.
   *
   * @default 212992
   */
  readonly netCoreRmemDefault?: number;
  /**
   * The memory in bytes that a socket can have to receive, 212992 to 134217728.
   *
   * @default - that of the operating system
   */
  readonly netCoreRmemMax?: number;
  /**
   * The number of connections that wait for a listening socket, 4096 to 3240000.
   *
   * @default 16384
   */
  readonly netCoreSomaxconn?: number;
  /**
   * The memory in bytes that a socket has to send, 212992 to 134217728.
   *
   * @default 212992
   */
  readonly netCoreWmemDefault?: number;
  /**
   * The memory in bytes that a socket can have to send, 212992 to 134217728.
   *
   * @default 212992
   */
  readonly netCoreWmemMax?: number;
  /**
   * The local ports of outgoing connections.
   *
   * @default - 32768 to 60999
   */
  readonly netIpv4IpLocalPortRange?: LocalPortRange;
  /**
   * The number of entries of the ARP cache below which none is removed, 128 to 80000.
   *
   * @default 4096
   */
  readonly netIpv4NeighDefaultGcThresh1?: number;
  /**
   * The number of entries of the ARP cache above which they are removed after 5 seconds, 512 to 90000.
   *
   * @default 8192
   */
  readonly netIpv4NeighDefaultGcThresh2?: number;
  /**
   * The number of entries that the ARP cache can have, 1024 to 100000.
   *
   * @default 16384
   */
  readonly netIpv4NeighDefaultGcThresh3?: number;
  /**
   * The seconds that a connection waits for the end of the other side, 5 to 120.
   *
   * @default 60
   */
  readonly netIpv4TcpFinTimeout?: number;
  /**
   * The seconds between two probes of a quiet connection, 10 to 90.
   *
   * @default 75
   */
  readonly netIpv4TcpKeepaliveIntvl?: number;
  /**
   * The number of probes without an answer after which a connection is given up, 1 to 15.
   *
   * @default 9
   */
  readonly netIpv4TcpKeepaliveProbes?: number;
  /**
   * The seconds without traffic after which a connection is probed, 30 to 432000.
   *
   * @default 7200
   */
  readonly netIpv4TcpKeepaliveTime?: number;
  /**
   * The number of connections that are being created, 128 to 3240000.
   *
   * @default 16384
   */
  readonly netIpv4TcpMaxSynBacklog?: number;
  /**
   * The number of closed connections that are remembered, 8000 to 1440000.
   *
   * @default - that of the operating system
   */
  readonly netIpv4TcpMaxTwBuckets?: number;
  /**
   * The size of the table of connections, 65536 to 524288.
   *
   * @default - by the memory of the node
   */
  readonly netNetfilterNfConntrackBuckets?: number;
  /**
   * The number of connections that are tracked, 131072 to 2097152.
   *
   * @default - by the memory of the node
   */
  readonly netNetfilterNfConntrackMax?: number;
  /**
   * The number of memory areas that a process can have, 65530 to 262144.
   *
   * @default - that of the operating system
   */
  readonly vmMaxMapCount?: number;
  /**
   * How much the kernel swaps memory, in percent, 1 to 100.
   *
   * @default 60
   */
  readonly vmSwappiness?: number;
  /**
   * How readily the kernel reclaims the memory of cached directories and files, in percent, 1 to 100.
   *
   * @default 100
   */
  readonly vmVfsCachePressure?: number;
  /**
   * Whether ports of closed connections are reused for new ones. It is set together with any other setting here, since
   * the provider cannot leave it to the operating system, which reuses them for local connections only.
   *
   * @default false
   */
  readonly netIpv4TcpTwReuse?: boolean;
}

/** A setting that is a number, and its range: the smallest and the largest value. */
type Range = readonly [min: number, max: number];

/**
 * The ranges of the settings. Ranges that begin with 0 in the provider begin with 1 here, since it treats 0 as not set.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers/kubernetes_nodepool.go
 */
export const SYSCTL_RANGES: {
  readonly [name in Exclude<keyof SysctlOptions, 'netIpv4IpLocalPortRange' | 'netIpv4TcpTwReuse'>]: Range;
} = {
  fsAioMaxNr: [65_536, 6_553_500],
  fsFileMax: [8192, 12_000_500],
  fsInotifyMaxUserWatches: [781_250, 2_097_152],
  fsNrOpen: [8192, 20_000_500],
  kernelThreadsMax: [20, 513_785],
  netCoreNetdevMaxBacklog: [1000, 3_240_000],
  netCoreOptmemMax: [20_480, 4_194_304],
  netCoreRmemDefault: [212_992, 134_217_728],
  netCoreRmemMax: [212_992, 134_217_728],
  netCoreSomaxconn: [4096, 3_240_000],
  netCoreWmemDefault: [212_992, 134_217_728],
  netCoreWmemMax: [212_992, 134_217_728],
  netIpv4NeighDefaultGcThresh1: [128, 80_000],
  netIpv4NeighDefaultGcThresh2: [512, 90_000],
  netIpv4NeighDefaultGcThresh3: [1024, 100_000],
  netIpv4TcpFinTimeout: [5, 120],
  netIpv4TcpKeepaliveIntvl: [10, 90],
  netIpv4TcpKeepaliveProbes: [1, 15],
  netIpv4TcpKeepaliveTime: [30, 432_000],
  netIpv4TcpMaxSynBacklog: [128, 3_240_000],
  netIpv4TcpMaxTwBuckets: [8000, 1_440_000],
  netNetfilterNfConntrackBuckets: [65_536, 524_288],
  netNetfilterNfConntrackMax: [131_072, 2_097_152],
  vmMaxMapCount: [65_530, 262_144],
  vmSwappiness: [1, 100],
  vmVfsCachePressure: [1, 100],
};

/** @param prefix The name of the property, such as "defaultNodePool.linuxOs.sysctls" */
export function sysctlProblems(prefix: string, options: SysctlOptions): Violation[] {
  const ranges = Object.entries(SYSCTL_RANGES) as [keyof typeof SYSCTL_RANGES, Range][];
  const problems = ranges.flatMap(([name, [min, max]]) => {
    const must = `must be a whole number from ${min} to ${max}`;
    rememberAsked(options[name], { must, example: min });
    return when(
      isKnown(options[name]) && !isWithin(options[name], min, max),
      'sysctl-range',
      () => `'${prefix}.${name}' ${must}, got ${show(options[name])}`,
    );
  });
  return [...problems, ...portProblems(`${prefix}.netIpv4IpLocalPortRange`, options.netIpv4IpLocalPortRange)];
}

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

const PROVIDER =
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers/kubernetes_nodepool.go';

export const firstLocalPort = integerRule('first-local-port', 1024, 60_999, PROVIDER, 32_768);
export const lastLocalPort = integerRule('last-local-port', 32_768, 65_535, PROVIDER, 60_999);

function portProblems(property: string, range: LocalPortRange | undefined): Violation[] {
  if (range === undefined) {
    return [];
  }
  const { first, last } = range;
  const problems = [
    ...checkGiven(firstLocalPort, `${property}.first`, first),
    ...checkGiven(lastLocalPort, `${property}.last`, last),
  ];
  return problems.length > 0
    ? problems
    : when(
        isKnown(first) && isKnown(last) && first > last,
        'local-port-range-in-order',
        () => `'${property}.first' must not be greater than '${property}.last' (${last}), got ${first}`,
      );
}

export function renderSysctls(options: SysctlOptions): KubernetesClusterNodePoolLinuxOsConfigSysctlConfig {
  const { netIpv4IpLocalPortRange: ports, ...others } = options;
  return {
    ...others,
    netIpv4IpLocalPortRangeMin: ports?.first,
    netIpv4IpLocalPortRangeMax: ports?.last,
  };
}
