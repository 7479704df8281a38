import { checkArguments } from '../core/declared';
import { type Violation, when } from '../core/problems/violation';
import { check, checkGiven } from '../core/rules/rule';
import { numberText } from '../core/values/number-text';
import {
  type AlertOptions,
  AlertSeverity,
  type AlertSeverityOptions,
  type CertificateAlertOptions,
  type CustomAlertOptions,
  type PasswordAlertOptions,
  type PercentAlertOptions,
} from './alert-options';
import { alertDays, alertMinutes, alertName, alertPercent } from './monitoring-rules';

/** The facts about a cluster that alerts use. @internal */
export interface WatchedCluster {
  /** The pools that the autoscaler changes, with the names that they can have. */
  readonly scaledPools: readonly { readonly names: readonly string[]; readonly maxCount: number }[];
  /** The end of the password with which the cluster logs in to Azure, in seconds since 1970. */
  readonly passwordEnd: string | undefined;
}

/** The parts of an alert. @internal */
export interface AlertKind {
  /** The name of the alert, unique for its cluster. */
  readonly name: string;
  readonly description: string;
  readonly severity: AlertSeverity;
  readonly minutes: number;
  /** The query in PromQL; undefined if the cluster has nothing that it could monitor. */
  readonly expression?: (cluster: WatchedCluster) => string | undefined;
  /** Whether the query reads metrics of the cluster. */
  readonly needsMetrics?: boolean;
  /** The equivalent node conditions in the platform metrics, which every cluster has. */
  readonly nodeStatuses?: readonly string[];
  /** The query in the language of Log Analytics, for a workspace with a cap. */
  readonly logQuery?: string;
  /** Whether it is omitted without a warning if there is nothing to monitor. */
  readonly isLeftOutWithoutData?: boolean;
  readonly problems: (property: string) => Violation[];
}

const STATE = 'job="kube-state-metrics"';
const DEFAULT_MINUTES = 15;

/**
 * An alert about a cluster.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-metric-alerts
 *
 * @example
 * const onCall = new ActionGroup(stack, 'on-call', {
 *   resourceGroup,
 *   actionGroupName: 'shop-on-call',
 *   receivers: [AlertReceiver.email('team', 'team@contoso.com')],
 * });
 * new ClusterMonitoring(stack, 'monitoring', {
 *   cluster,
 *   resourceGroup,
 *   notify: [onCall],
 *   alerts: [
 *     ...ClusterAlert.recommended(),
 *     ClusterAlert.custom('QueueTooLong', { expression: 'sum(orders_waiting) > 1000', minutes: 5 }),
 *   ],
 * });
 */
export class ClusterAlert {
  /**
   * All alerts below with their defaults, except for certificates and custom alerts, as far as the data for them is
   * collected.
   */
  public static recommended(): ClusterAlert[] {
    return [
      ClusterAlert.nodeNotReady(),
      ClusterAlert.podCrashLooping(),
      ClusterAlert.volumeNearlyFull(),
      ClusterAlert.nodePoolAtMaximum(),
      ClusterAlert.apiServerErrors(),
      ClusterAlert.passwordEnding(),
      ClusterAlert.logCapReached(),
    ].map(({ _kind }) => ClusterAlert._of({ ..._kind, isLeftOutWithoutData: true }));
  }

  /**
   * A node is not ready for pods, and the autoscaler is not about to remove it. Without metrics of Prometheus, the
   * alert uses the platform metrics of the cluster, which are billed by the node.
   */
  public static nodeNotReady(options: AlertOptions = {}): ClusterAlert {
    return of(options, {
      name: 'NodeNotReady',
      description: 'Node {{ $labels.node }} of {{ $labels.cluster }} is not ready',
      severity: AlertSeverity.ERROR,
      needsMetrics: true,
      nodeStatuses: ['NotReady', 'Unknown'],
      expression: () =>
        `kube_node_status_condition{${STATE},condition="Ready",status="true"} == 0 ` +
        `unless on (cluster, node) kube_node_spec_taint{${STATE},key="ToBeDeletedByClusterAutoscaler"}`,
    });
  }

  /** The containers of a pod fail again and again. */
  public static podCrashLooping(options: AlertOptions = {}): ClusterAlert {
    return of(options, {
      name: 'PodCrashLooping',
      description: 'Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} fails repeatedly',
      needsMetrics: true,
      expression: () =>
        `max_over_time(kube_pod_container_status_waiting_reason{${STATE},reason="CrashLoopBackOff"}[5m]) >= 1`,
    });
  }

  /** A volume of a claim is fuller than `percent`, 85 by default. */
  public static volumeNearlyFull(options: PercentAlertOptions = {}): ClusterAlert {
    const { percent = 85 } = options;
    const volume = (metric: string): string => `kubelet_volume_stats_${metric}_bytes{job="kubelet"}`;
    return of(
      options,
      {
        name: 'VolumeNearlyFull',
        description:
          'The volume of claim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is {{ $value | humanize }} percent full',
        needsMetrics: true,
        expression: () =>
          `100 * (1 - ${volume('available')} / ${volume('capacity')}) > ${numberText(percent)} and ${volume('used')} > 0`,
      },
      (property) => check(alertPercent, `${property}.percent`, percent),
    );
  }

  /**
   * A pool that the autoscaler changes has as many nodes as it may have. It covers the pools of the program whose size
   * can change.
   */
  public static nodePoolAtMaximum(options: AlertOptions = {}): ClusterAlert {
    return of(options, {
      name: 'NodePoolAtMaximum',
      description: 'Pool {{ $labels.pool }} has reached its maximum with {{ $value }} nodes: further pods will wait',
      needsMetrics: true,
      expression: ({ scaledPools }) =>
        scaledPools.length === 0
          ? undefined
          : scaledPools
              .map(({ names, maxCount }) => {
                const nodes = `kube_node_info{${STATE},node=~"aks-(${names.join('|')})-.+"}`;
                return `label_replace(count(${nodes}) >= ${numberText(maxCount)}, "pool", "${String(names[0])}", "", "")`;
              })
              .join(' or '),
    });
  }

  /** More than `percent` of the requests of nodes to the API server fail there, 1 by default. */
  public static apiServerErrors(options: PercentAlertOptions = {}): ClusterAlert {
    const { percent = 1 } = options;
    const rate = (selector: string): string =>
      `sum by (cluster) (rate(rest_client_requests_total{job="kubelet"${selector}}[5m]))`;
    return of(
      options,
      {
        name: 'ApiServerErrors',
        description:
          '{{ $value | humanize }} percent of the requests of nodes of {{ $labels.cluster }} to the API server fail there',
        severity: AlertSeverity.ERROR,
        needsMetrics: true,
        expression: () => `100 * ${rate(',code=~"5.."')} / ${rate('')} > ${numberText(percent)}`,
      },
      (property) => check(alertPercent, `${property}.percent`, percent),
    );
  }

  /**
   * The password of the cluster's service principal expires soon, since nobody has deployed after its rotation date.
   * Only for a principal of the program: the expiration of others is not known.
   */
  public static passwordEnding(options: PasswordAlertOptions = {}): ClusterAlert {
    const { days = 30, severity } = options;
    return of(
      { minutes: 1, severity },
      {
        name: 'PasswordEnding',
        description: `The password of the cluster's service principal expires in less than ${numberText(days)} days: deploy to replace it`,
        severity: AlertSeverity.ERROR,
        expression: ({ passwordEnd }) =>
          passwordEnd === undefined ? undefined : `vector(${passwordEnd}) - time() < ${numberText(days)} * 86400`,
      },
      (property) => check(alertDays, `${property}.days`, days),
    );
  }

  /**
   * A certificate of cert-manager expires soon, since it has not been renewed. It needs the metrics of cert-manager,
   * which the agent scrapes if configured as in docs/monitoring.md; without them it never fires, and it is not among
   * the recommended alerts.
   *
   * @see https://cert-manager.io/docs/devops-tips/prometheus-metrics/
   */
  public static certificateEnding(options: CertificateAlertOptions = {}): ClusterAlert {
    const { days = 14, severity } = options;
    const end = 'certmanager_certificate_expiration_timestamp_seconds';
    return of(
      { severity },
      {
        name: 'CertificateEnding',
        description: `Certificate {{ $labels.name }} expires in less than ${numberText(days)} days, and has not been renewed`,
        severity: AlertSeverity.ERROR,
        needsMetrics: true,
        // 0 stands for a certificate that has not been issued yet
        expression: () => `${end} > 0 and ${end} - time() < ${numberText(days)} * 86400`,
      },
      (property) => check(alertDays, `${property}.days`, days),
    );
  }

  /** The logs of a day have reached the cap of their workspace, and further ones are lost. */
  public static logCapReached(options: AlertSeverityOptions = {}): ClusterAlert {
    return of(options, {
      name: 'LogCapReached',
      description: 'The logs of today have reached the daily cap of their workspace, and further logs are lost',
      // the name of the operation differs by region
      logQuery: '_LogOperation | where Category =~ "Ingestion" | where Detail contains "OverQuota"',
    });
  }

  /**
   * An alert on a custom PromQL query, which can use additional metrics of the cluster.
   *
   * @param name The name of the alert: letters, digits and "_"
   * @param options The query, and options of the alert
   */
  public static custom(name: string, options: CustomAlertOptions): ClusterAlert {
    const { expression, description = name } = options;
    return of(options, { name, description, needsMetrics: true, expression: () => expression }, (property) => [
      ...checkGiven(alertName, `${property}.name`, name),
      ...when(
        expression === '',
        'alert-expression',
        () => `'${property}.expression' must be a query in PromQL, got "": give one such as "up == 0"`,
      ),
    ]);
  }

  /** @internal */
  public static _of(kind: AlertKind): ClusterAlert {
    return new ClusterAlert(kind);
  }

  private constructor(
    /** @internal */
    public readonly _kind: AlertKind,
  ) {}

  /** The name of the alert. */
  public get alertName(): string {
    return this._kind.name;
  }
}

checkArguments(ClusterAlert);

/** An alert without the parts that have defaults. */
type Described = Omit<AlertKind, 'severity' | 'minutes' | 'problems'> & { readonly severity?: AlertSeverity };

function of(
  { minutes = DEFAULT_MINUTES, severity }: AlertOptions,
  kind: Described,
  problems: (property: string) => Violation[] = () => [],
): ClusterAlert {
  return ClusterAlert._of({
    ...kind,
    minutes,
    severity: severity ?? kind.severity ?? AlertSeverity.WARNING,
    problems: (property) => [...check(alertMinutes, `${property}.minutes`, minutes), ...problems(property)],
  });
}
