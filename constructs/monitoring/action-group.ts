import type { DataAzurermMonitorActionGroup } from '@cdktf/provider-azurerm/lib/data-azurerm-monitor-action-group';
import type { MonitorActionGroup } from '@cdktf/provider-azurerm/lib/monitor-action-group';
import { Construct } from 'constructs';
import { azureNames } from '../azure/azure-names';
import { reportGroup } from '../azure/group-problems';
import type { IResourceGroupRef } from '../azure/resource-group';
import { actionGroupId } from '../azure/resource-id-rules';
import { resourceGroupName } from '../azure/resource-name-rules';
import { checkArguments, declared } from '../core/declared';
import { claimResource, lookUp } from '../core/names/unique';
import { createAfter } from '../core/order/order';
import { reportProblems } from '../core/problems/report';
import { type Violation, violation } from '../core/problems/violation';
import { emptyProblems } from '../core/rules/restriction';
import { check, checkGiven, orExample } from '../core/rules/rule';
import { isKnown, isText, itemsOf } from '../core/values/known';
import { show } from '../core/values/shown';
import type { AlertReceiver, Receivers } from './alert-receiver';
import type { IActionGroup } from './i-action-group';
import { actionGroups, foundActionGroups } from './late-bindings';
import { actionGroupName, actionGroupShortName } from './monitoring-rules';

/** Properties of `ActionGroup`. */
export interface ActionGroupProps {
  /** The resource group of the action group. It works in all regions. */
  readonly resourceGroup: IResourceGroupRef;
  /** The name of the action group. Changing it replaces the action group. */
  readonly actionGroupName: string;
  /**
   * The name with which text messages and e-mails begin: 1 to 12 characters.
   *
   * @default - the first 12 characters of its name
   */
  readonly shortName?: string;
  /** The receivers, such as `AlertReceiver.email('team', 'team@contoso.com')`: at least one. */
  readonly receivers: AlertReceiver[];
}

/** Attributes of an existing action group. */
export interface ActionGroupAttributes {
  /** The Azure resource id of the action group. */
  readonly actionGroupId: string;
}

/** Attributes to look up an existing action group by name. */
export interface ActionGroupNameAttributes {
  /** The name of the action group. */
  readonly actionGroupName: string;
  /** The name of its resource group. */
  readonly resourceGroupName: string;
}

/** The most characters of a short name. */
const MAX_SHORT_NAME = 12;

/**
 * The receivers of alerts. E-mails and notifications in the app are free up to 1,000 a month; text messages and calls
 * are billed one by one.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups
 *
 * @example
 * const onCall = new ActionGroup(stack, 'on-call', {
 *   resourceGroup,
 *   actionGroupName: 'shop-on-call',
 *   receivers: [AlertReceiver.email('team', 'team@contoso.com')],
 * });
 * new ClusterMonitoring(stack, 'monitoring', { cluster, resourceGroup, notify: [onCall] });
 */
export class ActionGroup extends Construct implements IActionGroup {
  /** An existing action group, looked up by name when Terraform runs. */
  public static fromActionGroupName(scope: Construct, id: string, attributes: ActionGroupNameAttributes): IActionGroup {
    return new FoundActionGroup(scope, id, attributes);
  }

  /** An existing action group, by its id: nothing is looked up when Terraform runs. */
  public static fromActionGroupAttributes(
    scope: Construct,
    id: string,
    attributes: ActionGroupAttributes,
  ): IActionGroup {
    return new KnownActionGroup(scope, id, attributes);
  }

  private readonly resource: MonitorActionGroup;

  constructor(scope: Construct, id: string, props: ActionGroupProps) {
    super(scope, id);
    props = declared(this, 'ActionGroupProps', props);
    const { name: group } = props.resourceGroup;
    reportGroup(this, props.resourceGroup);
    reportProblems(this, () => [
      ...checkGiven(actionGroupName, 'actionGroupName', props.actionGroupName),
      ...check(actionGroupShortName, 'shortName', props.shortName),
      ...emptyProblems('receivers', props.receivers, 'receiver', 'otherwise, nobody would be notified'),
      ...itemsOf(props.receivers).flatMap((receiver, index) => receiver._problems(`receivers[${index}]`)),
      ...repeatedNameProblems(itemsOf(props.receivers)),
    ]);
    this.resource = new (actionGroups().MonitorActionGroup)(this, 'Resource', {
      name: props.actionGroupName,
      resourceGroupName: group,
      shortName: props.shortName ?? shortNameOf(props.actionGroupName),
      ...byKind(itemsOf(props.receivers)),
    });
    claimResource(this, 'actionGroupName', this.resource, azureNames.actionGroup(props.actionGroupName, group));
    createAfter(this.resource, () => []);
  }

  public get actionGroupId(): string {
    return this.resource.id;
  }
}

checkArguments(ActionGroup);

class FoundActionGroup extends Construct implements IActionGroup {
  private readonly resource: DataAzurermMonitorActionGroup;

  constructor(
    scope: Construct,
    id: string,
    { actionGroupName: name, resourceGroupName: group }: ActionGroupNameAttributes,
  ) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkGiven(actionGroupName, 'actionGroupName', name),
      ...checkGiven(resourceGroupName, 'resourceGroupName', group),
    ]);
    this.resource = new (foundActionGroups().DataAzurermMonitorActionGroup)(this, 'Resource', {
      name,
      resourceGroupName: group,
    });
    lookUp(this, 'actionGroupName', this.resource, azureNames.actionGroup(name, group));
  }

  public get actionGroupId(): string {
    return this.resource.id;
  }
}

class KnownActionGroup extends Construct implements IActionGroup {
  public readonly actionGroupId: string;

  constructor(scope: Construct, id: string, attributes: ActionGroupAttributes) {
    super(scope, id);
    reportProblems(this, () => checkGiven(actionGroupId, 'actionGroupId', attributes.actionGroupId));
    this.actionGroupId = attributes.actionGroupId;
  }
}

/** The beginning of a name; a fixed name for a token. */
function shortNameOf(name: string): string {
  return isKnown(name) ? orExample(actionGroupName, name).slice(0, MAX_SHORT_NAME).trim() : 'alerts';
}

/** The receivers in the lists of the provider, in their order. */
function byKind(receivers: readonly AlertReceiver[]): { [kind in keyof Receivers]: NonNullable<Receivers[kind]>[] } {
  const all = receivers.map(({ _receivers }) => _receivers);
  return {
    emailReceiver: listOf(all.map(({ emailReceiver }) => emailReceiver)),
    smsReceiver: listOf(all.map(({ smsReceiver }) => smsReceiver)),
    voiceReceiver: listOf(all.map(({ voiceReceiver }) => voiceReceiver)),
    webhookReceiver: listOf(all.map(({ webhookReceiver }) => webhookReceiver)),
    azureAppPushReceiver: listOf(all.map(({ azureAppPushReceiver }) => azureAppPushReceiver)),
    armRoleReceiver: listOf(all.map(({ armRoleReceiver }) => armRoleReceiver)),
  };
}

/** The items that are defined; undefined if there are none. */
function listOf<T>(items: readonly (T | undefined)[]): T[] | undefined {
  const found = items.filter((one) => one !== undefined);
  return found.length === 0 ? undefined : found;
}

function repeatedNameProblems(receivers: readonly AlertReceiver[]): Violation[] {
  const names = receivers.map(({ receiverName }) => receiverName).filter(isText);
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  return [...new Set(repeated)].map((name) =>
    violation(
      'receiver-names-unique',
      `'receivers' must have unique names, got ${show(name)} ${names.filter((one) => one === name).length} times: ` +
        'give each receiver another name',
    ),
  );
}
