import { ActionGroup, type ActionGroupProps, AlertReceiver, AlertRole, Problems } from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { only, RESOURCE_GROUP, synth, testStack, token } from '../../util';

function problemsWith(props: Partial<ActionGroupProps>): string[] {
  const stack = testStack();
  new ActionGroup(stack, 'on-call', {
    resourceGroup: RESOURCE_GROUP,
    actionGroupName: 'on-call',
    receivers: [AlertReceiver.email('team', 'team@contoso.com')],
    ...props,
  });
  return Problems.of(stack);
}

describe('an action group', () => {
  test('tells each receiver in its way, with the common schema where there is one', () => {
    const stack = testStack();
    new ActionGroup(stack, 'on-call', {
      resourceGroup: RESOURCE_GROUP,
      actionGroupName: 'shop-on-call-team',
      receivers: [
        AlertReceiver.email('team', 'team@contoso.com'),
        AlertReceiver.email('boss', 'boss@contoso.com'),
        AlertReceiver.sms('phone', '49', '15112345678'),
        AlertReceiver.voice('call', '1', '4251234567'),
        AlertReceiver.webhook('pager', 'https://alerts.contoso.com/azure'),
        AlertReceiver.azureApp('app', 'team@contoso.com'),
        AlertReceiver.subscriptionRole('owners', AlertRole.OWNER),
      ],
    });
    const json = synth(stack);
    const common = { use_common_alert_schema: true };

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_monitor_action_group')).toMatchObject({
      name: 'shop-on-call-team',
      resource_group_name: 'rg',
      short_name: 'shop-on-call',
      email_receiver: [
        { name: 'team', email_address: 'team@contoso.com', ...common },
        { name: 'boss', email_address: 'boss@contoso.com', ...common },
      ],
      sms_receiver: [{ name: 'phone', country_code: '49', phone_number: '15112345678' }],
      voice_receiver: [{ name: 'call', country_code: '1', phone_number: '4251234567' }],
      webhook_receiver: [{ name: 'pager', service_uri: 'https://alerts.contoso.com/azure', ...common }],
      azure_app_push_receiver: [{ name: 'app', email_address: 'team@contoso.com' }],
      arm_role_receiver: [{ name: 'owners', role_id: AlertRole.OWNER, ...common }],
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('has the short name that it is given', () => {
    const stack = testStack();
    new ActionGroup(stack, 'on-call', {
      resourceGroup: RESOURCE_GROUP,
      actionGroupName: token(stack).stringValue,
      shortName: 'shop',
      receivers: [AlertReceiver.webhook('pager', token(stack).stringValue)],
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_monitor_action_group')).toMatchObject({
      name: '${var.token}',
      short_name: 'shop',
      webhook_receiver: [{ service_uri: '${var.token}' }],
    });
  });

  test('tells somebody, and each by a name of its own', () => {
    expect(problemsWith({ receivers: [] })).toEqual([
      "[stack/on-call] 'receivers' must name at least one receiver, got none: otherwise, nobody would be notified",
    ]);
    expect(
      problemsWith({ receivers: [AlertReceiver.email('a', 'a@b.com'), AlertReceiver.azureApp('a', 'a@b.com')] }),
    ).toEqual([
      '[stack/on-call] \'receivers\' must have unique names, got "a" 2 times: give each receiver another name',
    ]);
  });

  test.each([
    [AlertReceiver.email('', 'team@contoso.com'), 'name'],
    [AlertReceiver.email('a', 'team'), 'address'],
    [AlertReceiver.azureApp('a', 'team'), 'address'],
    [AlertReceiver.sms('a', '+49', '15112345678'), 'countryCode'],
    [AlertReceiver.voice('a', '49', '0151-1'), 'phoneNumber'],
    [AlertReceiver.webhook('a', 'http://alerts.contoso.com'), 'serviceUri'],
    [AlertReceiver.webhook('a', 'https://alerts.contoso.com?code=secret'), 'serviceUri'],
  ])('reports a receiver that cannot be told: %#', (receiver, property) => {
    expect(problemsWith({ receivers: [AlertReceiver.email('team', 'team@contoso.com'), receiver] })).toEqual([
      expect.stringContaining(`'receivers[1].${property}' must be`),
    ]);
  });

  test('reports names that Azure rejects', () => {
    expect(problemsWith({ actionGroupName: 'on/call', shortName: 'far too long for it' })).toEqual([
      expect.stringContaining("'actionGroupName' must be"),
      expect.stringContaining("'shortName' must be 1 to 12 characters"),
    ]);
  });

  test('that exists is looked up, or known', () => {
    const stack = testStack();
    const found = ActionGroup.fromActionGroupName(stack, 'found', { actionGroupName: 'a', resourceGroupName: 'rg' });
    const actionGroupId = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/on-call';
    const known = ActionGroup.fromActionGroupAttributes(stack, 'known', { actionGroupId });
    ActionGroup.fromActionGroupAttributes(stack, 'wrong', { actionGroupId: 'on-call' });
    ActionGroup.fromActionGroupName(stack, 'bad', { actionGroupName: '?', resourceGroupName: 'rg.' });

    expect(found.actionGroupId).toMatch(/TfToken/);
    expect(known.actionGroupId).toBe(actionGroupId);
    expect(Problems.of(stack).map((problem) => problem.split(' must ')[0])).toEqual([
      "[stack/wrong] 'actionGroupId'",
      "[stack/bad] 'actionGroupName'",
      "[stack/bad] 'resourceGroupName'",
    ]);
  });
});
