import type {
  MonitorActionGroupArmRoleReceiver,
  MonitorActionGroupAzureAppPushReceiver,
  MonitorActionGroupEmailReceiver,
  MonitorActionGroupSmsReceiver,
  MonitorActionGroupVoiceReceiver,
  MonitorActionGroupWebhookReceiver,
} from '@cdktf/provider-azurerm/lib/monitor-action-group';
import { checkArguments } from '../core/declared';
import type { Violation } from '../core/problems/violation';
import { checkGiven, type Rule } from '../core/rules/rule';
import * as rules from './monitoring-rules';

/** Azure roles whose holders get e-mails. */
export enum AlertRole {
  /** Owner. */
  OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  /** Contributor. */
  CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  /** Reader. */
  READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  /** Monitoring Contributor. */
  MONITORING_CONTRIBUTOR = '749f88d5-cbae-40b8-bcfc-e573ddc772fa',
  /** Monitoring Reader. */
  MONITORING_READER = '43d0d8ad-25c7-4714-9337-8ba259a9fe05',
}

/** A receiver in the argument of the provider for its kind. @internal */
export interface Receivers {
  readonly emailReceiver?: MonitorActionGroupEmailReceiver;
  readonly smsReceiver?: MonitorActionGroupSmsReceiver;
  readonly voiceReceiver?: MonitorActionGroupVoiceReceiver;
  readonly webhookReceiver?: MonitorActionGroupWebhookReceiver;
  readonly azureAppPushReceiver?: MonitorActionGroupAzureAppPushReceiver;
  readonly armRoleReceiver?: MonitorActionGroupArmRoleReceiver;
}

/** A value of a receiver, and its rule. */
interface Part {
  readonly property: string;
  readonly rule: Rule<string>;
  readonly value: string;
}

/**
 * A receiver of alerts. Web services get the common alert schema.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups
 *
 * @example
 * new ActionGroup(stack, 'on-call', {
 *   resourceGroup,
 *   actionGroupName: 'shop-on-call',
 *   receivers: [AlertReceiver.email('team', 'team@contoso.com'), AlertReceiver.sms('on call', '49', '15112345678')],
 * });
 */
export class AlertReceiver {
  /**
   * An e-mail.
   *
   * @param name The name of the receiver, unique in its group
   * @param address The address, such as "team@contoso.com"
   */
  public static email(name: string, address: string): AlertReceiver {
    return new AlertReceiver(name, { emailReceiver: { name, emailAddress: address, useCommonAlertSchema: true } }, [
      { property: 'address', rule: rules.emailAddress, value: address },
    ]);
  }

  /**
   * A text message to a phone.
   *
   * @param name The name of the receiver, unique in its group
   * @param countryCode The country code without "+", such as "49"
   * @param phoneNumber The digits of the number without the country code
   */
  public static sms(name: string, countryCode: string, phoneNumber: string): AlertReceiver {
    return new AlertReceiver(
      name,
      { smsReceiver: { name, countryCode, phoneNumber } },
      phone(countryCode, phoneNumber),
    );
  }

  /**
   * A call to a phone.
   *
   * @param name The name of the receiver, unique in its group
   * @param countryCode The country code without "+", such as "1"
   * @param phoneNumber The digits of the number without the country code
   */
  public static voice(name: string, countryCode: string, phoneNumber: string): AlertReceiver {
    return new AlertReceiver(
      name,
      { voiceReceiver: { name, countryCode, phoneNumber } },
      phone(countryCode, phoneNumber),
    );
  }

  /**
   * A request to a web service.
   *
   * @param name The name of the receiver, unique in its group
   * @param serviceUri The https address. One with a key in it must be a reference, such as the `stringValue` of a sensitive
   *   `TerraformVariable`
   */
  public static webhook(name: string, serviceUri: string): AlertReceiver {
    return new AlertReceiver(name, { webhookReceiver: { name, serviceUri, useCommonAlertSchema: true } }, [
      { property: 'serviceUri', rule: rules.webhookUri, value: serviceUri },
    ]);
  }

  /**
   * A notification in the Azure mobile app.
   *
   * @param name The name of the receiver, unique in its group
   * @param address The address with which its user signs in
   */
  public static azureApp(name: string, address: string): AlertReceiver {
    return new AlertReceiver(name, { azureAppPushReceiver: { name, emailAddress: address } }, [
      { property: 'address', rule: rules.emailAddress, value: address },
    ]);
  }

  /**
   * An e-mail to each user who has a role on the subscription.
   *
   * @param name The name of the receiver, unique in its group
   * @param role The role
   */
  public static subscriptionRole(name: string, role: AlertRole): AlertReceiver {
    return new AlertReceiver(name, { armRoleReceiver: { name, roleId: role, useCommonAlertSchema: true } }, []);
  }

  private constructor(
    /** The name of the receiver. */
    public readonly receiverName: string,
    /** @internal */
    public readonly _receivers: Receivers,
    private readonly parts: readonly Part[],
  ) {}

  /** @internal */
  public _problems(property: string): Violation[] {
    return [
      ...checkGiven(rules.receiverName, `${property}.name`, this.receiverName),
      ...this.parts.flatMap((part) => checkGiven(part.rule, `${property}.${part.property}`, part.value)),
    ];
  }
}

checkArguments(AlertReceiver);

function phone(countryCode: string, phoneNumber: string): Part[] {
  return [
    { property: 'countryCode', rule: rules.countryCode, value: countryCode },
    { property: 'phoneNumber', rule: rules.phoneNumber, value: phoneNumber },
  ];
}
