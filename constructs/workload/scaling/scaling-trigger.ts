import { checkArguments } from '../../core/declared';
import { type Violation, when } from '../../core/problems/violation';
import { check, checkGiven } from '../../core/rules/rule';
import { isKnown, isText } from '../../core/values/known';
import { numberText } from '../../core/values/number-text';
import type { IUserAssignedIdentity } from '../../identity/i-user-assigned-identity';
import { cronSchedule, timeZone } from '../jobs/job-rules';
import * as rules from './event-scaling-rules';

/** Options for every trigger that counts messages. */
export interface QueueTriggerOptions {
  /**
   * The identity that KEDA uses to count the messages, such as that of a `KedaIdentity`, with a role on the queue. The
   * pods need a separate identity.
   */
  readonly identity: IUserAssignedIdentity;
  /**
   * The number of messages per pod, 1 or more.
   *
   * @default 5
   */
  readonly messagesPerPod?: number;
}

/** Options for a trigger on a queue of Azure Service Bus. */
export interface ServiceBusQueueTriggerOptions extends QueueTriggerOptions {
  /** The name of the Service Bus namespace, without its domain. */
  readonly namespaceName: string;
  /** The name of the queue. */
  readonly queueName: string;
}

/** Options for a trigger on a subscription to a topic of Azure Service Bus. */
export interface ServiceBusSubscriptionTriggerOptions extends QueueTriggerOptions {
  /** The name of the Service Bus namespace, without its domain. */
  readonly namespaceName: string;
  /** The name of the topic. */
  readonly topicName: string;
  /** The name of the subscription. */
  readonly subscriptionName: string;
}

/** Options for a trigger on a queue of an Azure storage account. */
export interface StorageQueueTriggerOptions extends QueueTriggerOptions {
  /** The name of the storage account. */
  readonly accountName: string;
  /** The name of the queue. */
  readonly queueName: string;
}

/** Options for a trigger on a schedule. */
export interface ScheduleTriggerOptions {
  /** The start, such as "0 8 * * 1-5": minute, hour, day of the month, month, day of the week. */
  readonly start: string;
  /** The end, such as "0 18 * * 1-5". */
  readonly end: string;
  /**
   * The time zone of both, such as "Europe/Berlin".
   *
   * @default "Etc/UTC"
   */
  readonly timeZone?: string;
  /** The minimum number of pods between start and end, 1 or more. */
  readonly replicas: number;
}

/** Options for a trigger on a query in PromQL. */
export interface PrometheusTriggerOptions {
  /** The address of the server, such as "http://prometheus.monitoring:9090", or the query endpoint of a workspace. */
  readonly serverAddress: string;
  /** The query, whose result is one number. */
  readonly query: string;
  /** The part of the number that one pod can handle, greater than 0. */
  readonly valuePerPod: number;
  /**
   * The identity with which KEDA reads an Azure Monitor workspace. It needs the role Monitoring Data Reader on it.
   *
   * @default - none: KEDA does not log in
   */
  readonly identity?: IUserAssignedIdentity;
}

/** The parts of a trigger. @internal */
export interface TriggerParts {
  readonly type: string;
  readonly metadata: { readonly [name: string]: string };
  readonly identity?: IUserAssignedIdentity;
  /** The number of pods that it requires, if that is fixed. */
  readonly replicas?: number;
  readonly problems: (property: string) => Violation[];
}

/** The default number of messages for a pod. */
const MESSAGES_PER_POD = 5;

/**
 * An event by which KEDA scales a workload.
 *
 * @see https://keda.sh/docs/latest/scalers/
 *
 * @example
 * new Worker(stack, 'office-hours', {
 *   name: 'office-hours',
 *   image: registry.image('worker', 'v1'),
 *   eventScaling: {
 *     maxReplicas: 3,
 *     triggers: [
 *       ScalingTrigger.schedule({ start: '0 8 * * 1-5', end: '0 18 * * 1-5', timeZone: 'Europe/Berlin', replicas: 3 }),
 *     ],
 *   },
 * });
 */
export class ScalingTrigger {
  /** Active messages in a queue of Azure Service Bus. */
  public static serviceBusQueue(options: ServiceBusQueueTriggerOptions): ScalingTrigger {
    const { namespaceName, queueName, identity } = options;
    return new ScalingTrigger({
      type: 'azure-servicebus',
      metadata: { namespace: namespaceName, queueName, messageCount: perPod(options) },
      identity,
      problems: (property) => [
        ...serviceBusProblems(property, options),
        ...checkGiven(rules.serviceBusEntityName, `${property}.queueName`, queueName),
      ],
    });
  }

  /** Active messages of a subscription to a topic of Azure Service Bus. */
  public static serviceBusSubscription(options: ServiceBusSubscriptionTriggerOptions): ScalingTrigger {
    const { namespaceName, topicName, subscriptionName, identity } = options;
    return new ScalingTrigger({
      type: 'azure-servicebus',
      metadata: { namespace: namespaceName, topicName, subscriptionName, messageCount: perPod(options) },
      identity,
      problems: (property) => [
        ...serviceBusProblems(property, options),
        ...checkGiven(rules.serviceBusEntityName, `${property}.topicName`, topicName),
        ...checkGiven(rules.serviceBusSubscriptionName, `${property}.subscriptionName`, subscriptionName),
      ],
    });
  }

  /** Messages in a queue of an Azure storage account. */
  public static storageQueue(options: StorageQueueTriggerOptions): ScalingTrigger {
    const { accountName, queueName, identity } = options;
    return new ScalingTrigger({
      type: 'azure-queue',
      metadata: { accountName, queueName, queueLength: perPod(options) },
      identity,
      problems: (property) => [
        ...checkGiven(rules.storageAccountName, `${property}.accountName`, accountName),
        ...checkGiven(rules.storageQueueName, `${property}.queueName`, queueName),
        ...check(rules.messagesPerPod, `${property}.messagesPerPod`, options.messagesPerPod),
      ],
    });
  }

  /** A schedule: a minimum number of pods between its start and its end. */
  public static schedule(options: ScheduleTriggerOptions): ScalingTrigger {
    const { start, end, timeZone: zone = 'Etc/UTC', replicas } = options;
    return new ScalingTrigger({
      type: 'cron',
      metadata: { timezone: zone, start, end, desiredReplicas: numberText(replicas) },
      replicas,
      problems: (property) => [
        ...checkGiven(cronSchedule, `${property}.start`, start),
        ...checkGiven(cronSchedule, `${property}.end`, end),
        ...check(timeZone, `${property}.timeZone`, options.timeZone),
        ...checkGiven(rules.triggeredReplicas, `${property}.replicas`, replicas),
        ...when(
          isText(start) && start === end,
          'schedule-trigger-has-length',
          () => `'${property}.end' must differ from 'start', got ${end}: the period would be empty`,
        ),
      ],
    });
  }

  /** A number that Prometheus computes. */
  public static prometheus(options: PrometheusTriggerOptions): ScalingTrigger {
    const { serverAddress, query, valuePerPod, identity } = options;
    return new ScalingTrigger({
      type: 'prometheus',
      metadata: { serverAddress, query, threshold: numberText(valuePerPod) },
      identity,
      problems: (property) => [
        ...checkGiven(rules.prometheusAddress, `${property}.serverAddress`, serverAddress),
        ...checkGiven(rules.promQuery, `${property}.query`, query),
        ...checkGiven(rules.valuePerPod, `${property}.valuePerPod`, valuePerPod),
      ],
    });
  }

  private constructor(
    /** @internal */
    public readonly _parts: TriggerParts,
  ) {}

  /** @internal */
  public _problems(property: string, maxReplicas: number): Violation[] {
    const { replicas, problems } = this._parts;
    return [
      ...problems(property),
      ...when(
        isKnown(replicas) && isKnown(maxReplicas) && replicas > maxReplicas,
        'schedule-trigger-below-maximum',
        () =>
          `'${property}.replicas' must not be greater than 'eventScaling.maxReplicas' (${maxReplicas}), got ${replicas}: there would never be that many pods`,
      ),
    ];
  }
}

checkArguments(ScalingTrigger);

function perPod({ messagesPerPod = MESSAGES_PER_POD }: QueueTriggerOptions): string {
  return numberText(messagesPerPod);
}

function serviceBusProblems(
  property: string,
  options: QueueTriggerOptions & { readonly namespaceName: string },
): Violation[] {
  return [
    ...checkGiven(rules.serviceBusNamespaceName, `${property}.namespaceName`, options.namespaceName),
    ...check(rules.messagesPerPod, `${property}.messagesPerPod`, options.messagesPerPod),
  ];
}
