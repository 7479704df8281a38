import { Fn, Token } from 'cdktf';
import { checkArguments } from '../core/declared';
import { type Violation, when } from '../core/problems/violation';
import { emptyProblems } from '../core/rules/restriction';
import { check, checkEach } from '../core/rules/rule';
import { numberText } from '../core/values/number-text';
import { namespaceName } from '../kubernetes/kubernetes-rules';
import { collectionMinutes } from './monitoring-rules';

/**
 * The kinds of data that Container insights collects: each is a table in the Log Analytics workspace.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable#stream-values
 */
export enum ContainerLogStream {
  /** The standard output and error of containers: the largest volume in most clusters. */
  CONTAINER_LOG = 'Microsoft-ContainerLogV2',
  /** Events of Kubernetes. */
  KUBE_EVENTS = 'Microsoft-KubeEvents',
  /** The pods, at each interval. */
  KUBE_POD_INVENTORY = 'Microsoft-KubePodInventory',
  /** The nodes, at each interval. */
  KUBE_NODE_INVENTORY = 'Microsoft-KubeNodeInventory',
  /** The volumes, at each interval. */
  KUBE_PV_INVENTORY = 'Microsoft-KubePVInventory',
  /** The Services, at each interval. */
  KUBE_SERVICES = 'Microsoft-KubeServices',
  /** The logs of the agent itself. */
  KUBE_MON_AGENT_EVENTS = 'Microsoft-KubeMonAgentEvents',
  /** Metrics of nodes and pods, which managed Prometheus collects at a lower price. */
  INSIGHTS_METRICS = 'Microsoft-InsightsMetrics',
  /** The containers, at each interval. */
  CONTAINER_INVENTORY = 'Microsoft-ContainerInventory',
  /** The container runtimes of the nodes, at each interval. */
  CONTAINER_NODE_INVENTORY = 'Microsoft-ContainerNodeInventory',
  /** Counters of nodes and containers, which managed Prometheus collects at a lower price. */
  PERF = 'Microsoft-Perf',
}

/** Options for the collection of container logs. */
export interface ContainerLogsOptions {
  /**
   * The interval, in minutes, at which inventory and counters are collected, 1 to 30. Doubling it halves their volume;
   * container logs and events are collected as they occur.
   *
   * @default 1
   */
  readonly intervalMinutes?: number;
  /**
   * The only namespaces whose inventory, events and counters are collected. Container logs are collected from all
   * namespaces, and filtered by a ConfigMap in the cluster.
   *
   * @default - all namespaces
   * @see https://learn.microsoft.com/azure/azure-monitor/containers/container-insights-data-collection-filter
   */
  readonly namespaces?: string[];
  /**
   * The namespaces whose inventory, events and counters are not collected.
   *
   * @default - none
   */
  readonly excludedNamespaces?: string[];
}

/** The tables for troubleshooting: the preset of Azure for clusters with Prometheus metrics. */
const LOGS_AND_EVENTS = [
  ContainerLogStream.CONTAINER_LOG,
  ContainerLogStream.KUBE_EVENTS,
  ContainerLogStream.KUBE_POD_INVENTORY,
];

/** The namespaces of Azure. */
const SYSTEM_NAMESPACES = ['kube-system', 'gatekeeper-system', 'azure-arc'];

/**
 * The data that Container insights collects in a cluster, and its interval. It is billed by the ingested gigabyte: by
 * what containers write, and for inventory and counters by the number of pods and nodes and the interval.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/containers/container-insights-cost
 *
 * @example
 * new ClusterMonitoring(stack, 'monitoring', {
 *   cluster,
 *   resourceGroup,
 *   containerLogs: ContainerLogs.logsAndEvents({ intervalMinutes: 5 }),
 * });
 */
export class ContainerLogs {
  /** Container output, events and the inventory of pods. Metrics are left to Prometheus. */
  public static logsAndEvents(options: ContainerLogsOptions = {}): ContainerLogs {
    return new ContainerLogs(LOGS_AND_EVENTS, options);
  }

  /** Everything, which the pages of Container insights in the portal show: several times the volume of logs and events. */
  public static everything(options: ContainerLogsOptions = {}): ContainerLogs {
    return new ContainerLogs(Object.values(ContainerLogStream), options);
  }

  /**
   * Everything, every five minutes, without the namespaces of Azure: about a fifth of the inventory and counters.
   *
   * @see https://learn.microsoft.com/azure/azure-monitor/containers/container-insights-cost-config
   */
  public static costOptimized(): ContainerLogs {
    return ContainerLogs.everything({ intervalMinutes: 5, excludedNamespaces: SYSTEM_NAMESPACES });
  }

  /**
   * The given tables.
   *
   * @param streams The tables, at least one
   * @param options Interval and namespaces
   */
  public static streams(streams: ContainerLogStream[], options: ContainerLogsOptions = {}): ContainerLogs {
    return new ContainerLogs(streams, options);
  }

  /** Nothing: Container insights is off. */
  public static none(): ContainerLogs {
    return new ContainerLogs();
  }

  private constructor(
    private readonly tables?: readonly ContainerLogStream[],
    private readonly options: ContainerLogsOptions = {},
  ) {}

  /** Whether anything is collected. @internal */
  public get _isOn(): boolean {
    return this.tables !== undefined;
  }

  /** @internal */
  public get _streams(): string[] {
    return [...new Set<string>(this.tables ?? [])];
  }

  /** The settings for the agent of Container insights. @internal */
  public get _settings(): string {
    const { intervalMinutes = 1, namespaces, excludedNamespaces } = this.options;
    const mode = namespaces !== undefined ? 'Include' : excludedNamespaces !== undefined ? 'Exclude' : 'Off';
    const filtered = namespaces ?? excludedNamespaces;
    const settings = {
      dataCollectionSettings: {
        interval: `${numberText(intervalMinutes)}m`,
        namespaceFilteringMode: mode,
        ...(filtered === undefined ? {} : { namespaces: filtered }),
        enableContainerLogV2: true,
      },
    };
    // a list that is a token must be encoded by Terraform
    return Token.isUnresolved(filtered) ? Fn.jsonencode(settings) : JSON.stringify(settings);
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    const { intervalMinutes, namespaces, excludedNamespaces } = this.options;
    return [
      ...emptyProblems(`${property}.streams`, this.tables, 'table', 'ContainerLogs.none() collects nothing'),
      ...check(collectionMinutes, `${property}.intervalMinutes`, intervalMinutes),
      ...emptyProblems(`${property}.namespaces`, namespaces, 'namespace', 'leave it out for all namespaces'),
      ...checkEach(namespaceName, `${property}.namespaces`, namespaces),
      ...emptyProblems(`${property}.excludedNamespaces`, excludedNamespaces, 'namespace', 'leave it out for all'),
      ...checkEach(namespaceName, `${property}.excludedNamespaces`, excludedNamespaces),
      ...when(
        namespaces !== undefined && excludedNamespaces !== undefined,
        'namespaces-or-excluded',
        () =>
          `'${property}.namespaces' must not be given with 'excludedNamespaces': all other namespaces are excluded already. Use only one of them`,
      ),
    ];
  }
}

checkArguments(ContainerLogs);
