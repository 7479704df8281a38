import type { TerraformStack } from 'cdktf';
import {
  AcrRegistry,
  AcrSku,
  AcrWebhook,
  AcrWebhookAction,
  type AcrWebhookProps,
  type IAcrRegistry,
  Problems,
} from '../../../constructs';
import { only, RESOURCE_GROUP, synth, testStack, token, warningsOf } from '../../util';

function registryIn(stack: TerraformStack, sku?: AcrSku): IAcrRegistry {
  return new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'jminnacr', sku });
}

function webhookIn(
  stack: TerraformStack,
  props: Partial<AcrWebhookProps> = {},
  id = 'webhook',
  registry = props.registry ?? registryIn(stack),
): AcrWebhook {
  return new AcrWebhook(stack, id, {
    registry,
    webhookName: 'deploy',
    serviceUri: 'https://ci.contoso.com/images',
    actions: [AcrWebhookAction.PUSH],
    ...props,
  });
}

describe('a webhook', () => {
  test('is called for all images of its registry, after which it is made and in whose region it is', () => {
    const stack = testStack();
    webhookIn(stack);
    const webhook = only(synth(stack), 'azurerm_container_registry_webhook');

    expect(Problems.of(stack)).toEqual([]);
    expect(webhook).toMatchObject({
      name: 'deploy',
      registry_name: 'jminnacr',
      resource_group_name: 'rg',
      location: 'westeurope',
      service_uri: 'https://ci.contoso.com/images',
      actions: ['push'],
      depends_on: ['azurerm_container_registry.registry_EFEA226F'],
    });
    expect(['scope', 'status', 'custom_headers'].filter((name) => name in webhook)).toEqual([]);
  });

  test('is called for what it is told', () => {
    const stack = testStack();
    webhookIn(stack, {
      actions: [AcrWebhookAction.PUSH, AcrWebhookAction.DELETE],
      imageScope: 'team/*',
      enabled: false,
      location: 'North Europe',
      headers: { Authorization: token(stack).stringValue, 'X-Source': 'acr' },
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_container_registry_webhook')).toMatchObject({
      actions: ['push', 'delete'],
      scope: 'team/*',
      status: 'disabled',
      location: 'northeurope',
      custom_headers: { Authorization: '${var.token}', 'X-Source': 'acr' },
    });
  });

  test.each(['Authorization', 'authorization', 'X-Api-Key', 'x-hub-signature', 'Cookie', 'X-Token'])(
    'has no literal for %s in its JSON',
    (name) => {
      const stack = testStack();
      webhookIn(stack, { headers: { [name]: 'Bearer open-sesame' } });
      const [problem, ...rest] = Problems.of(stack);

      expect(rest).toEqual([]);
      expect(problem).toContain(`'headers.${name}' must not be a literal`);
      expect(problem).not.toContain('open-sesame');
    },
  );

  test.each([
    [AcrSku.BASIC, 2],
    [AcrSku.STANDARD, 10],
    [undefined, 2],
  ])('is one of those that the tier %s has: %d', (sku, most) => {
    const stack = testStack();
    const registry = registryIn(stack, sku);
    for (let index = 0; index < most + 2; index++) {
      webhookIn(stack, { webhookName: `webhook${index}` }, `webhook${index}`, registry);
    }

    expect(Problems.of(stack)).toEqual([
      `[stack/webhook${most}] a registry of the tier ${sku ?? 'Basic'} takes at most ${most} webhooks, got ${most + 2} for ` +
        "stack/registry: raise its 'sku'",
    ]);
  });

  test('is warned of without TLS', () => {
    const stack = testStack();
    webhookIn(stack, { serviceUri: 'http://ci.contoso.com/images' });

    expect(warningsOf(stack)).toEqual([expect.stringContaining("'serviceUri' is called without TLS")]);
  });

  test('reports everything that is wrong with it', () => {
    const stack = testStack();
    webhookIn(stack, {
      webhookName: 'my-hook',
      serviceUri: 'ci.contoso.com',
      actions: [],
      imageScope: 'App:v1',
      location: 'moon-base',
    });

    expect(Problems.of(stack).map((problem) => /'([\w.]+)'/.exec(problem)?.[1])).toEqual([
      'webhookName',
      'serviceUri',
      'actions',
      'imageScope',
      'location',
    ]);
  });
});
