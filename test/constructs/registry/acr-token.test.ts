import type { TerraformStack } from 'cdktf';
import fc from 'fast-check';
import {
  AcrPermission,
  AcrRegistry,
  AcrScopeMap,
  AcrToken,
  type AcrTokenProps,
  EnvValue,
  Problems,
  Workload,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { only, RESOURCE_GROUP, synth, testStack } from '../../util';

function scopeMapIn(stack: TerraformStack, permissions = [AcrPermission.pull('shop/*')]): AcrScopeMap {
  const registry = new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'jminnacr' });
  return new AcrScopeMap(stack, 'scope-map', { registry, scopeMapName: 'partners', permissions });
}

function tokenIn(stack: TerraformStack, props: Partial<AcrTokenProps> = {}): AcrToken {
  return new AcrToken(stack, 'partner', { scopeMap: scopeMapIn(stack), tokenName: 'contoso', ...props });
}

function actions(permissions: AcrPermission[]): unknown {
  const stack = testStack();
  scopeMapIn(stack, permissions);
  return only(synth(stack), 'azurerm_container_registry_scope_map').actions;
}

describe('a scope map', () => {
  test('says what tokens may do, after its registry', () => {
    const stack = testStack();
    scopeMapIn(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_container_registry_scope_map')).toMatchObject({
      name: 'partners',
      resource_group_name: 'rg',
      container_registry_name: 'jminnacr',
      actions: ['repositories/shop/*/content/read', 'repositories/shop/*/metadata/read'],
      depends_on: ['azurerm_container_registry.registry_EFEA226F'],
    });
  });

  test.each([
    ['pull', AcrPermission.pull('app'), ['content/read', 'metadata/read']],
    ['push', AcrPermission.push('app'), ['content/read', 'content/write', 'metadata/read']],
    ['delete', AcrPermission.delete('app'), ['content/delete', 'content/read', 'metadata/read']],
  ])('lets %s with all that it needs', (_, permission, expected) => {
    expect(actions([permission])).toEqual(expected.map((action) => `repositories/app/${action}`));
  });

  test('has each action once, in one order, however the permissions are written', () => {
    const permissions = [AcrPermission.pull('b'), AcrPermission.push('a'), AcrPermission.delete('b')];
    const expected = actions(permissions) as string[];

    expect(expected).toEqual([...new Set(expected)].sort());
    fc.assert(
      fc.property(fc.shuffledSubarray(permissions, { minLength: 3 }), (shuffled) => {
        expect(actions([...shuffled, ...shuffled])).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  });

  test.each(['Shop', 'shop/*/app', 'shop*', 'shop/', '', '*/app', 'shop/**'])(
    'knows no repository %j',
    (repository) => {
      const stack = testStack();
      scopeMapIn(stack, [AcrPermission.pull('ok'), AcrPermission.push(repository)]);

      expect(Problems.of(stack)).toEqual([
        expect.stringMatching(/^\[stack\/scope-map\] 'permissions\[1\]' must be a repository/),
      ]);
    },
  );

  test('is for at least one permission', () => {
    const stack = testStack();
    scopeMapIn(stack, []);

    expect(Problems.of(stack)).toEqual([expect.stringContaining("'permissions' must name at least one permission")]);
  });
});

describe('a token', () => {
  test('has a password that expires, and is replaced before', () => {
    const stack = testStack();
    tokenIn(stack);
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_container_registry_token')).toMatchObject({
      name: 'contoso',
      scope_map_id: expect.stringMatching(/^\$\{azurerm_container_registry_scope_map\.scope-map_\w+\.id\}$/),
      depends_on: ['azurerm_container_registry.registry_EFEA226F'],
    });
    expect(only(json, 'time_rotating')).toMatchObject({ rotation_days: 45 });
    expect(only(json, 'azurerm_container_registry_token_password')).toMatchObject({
      password1: {
        expiry: expect.stringMatching(/^\$\{timeadd\(time_rotating\.partner_rotation_\w+\.rfc3339, "2160h"\)\}$/),
      },
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('has no password in the JSON, only a reference to a sensitive attribute', () => {
    const stack = testStack();
    const token = tokenIn(stack);
    new Workload(stack, 'mirror', {
      name: 'mirror',
      image: new AcrRegistry(stack, 'other', { resourceGroup: RESOURCE_GROUP, registryName: 'other' }).image('a', 'b'),
      containerPort: 80,
      environment: { PASSWORD: EnvValue.fromSecretValue(token.password) },
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(JSON.stringify(only(synth(stack), 'kubernetes_secret_v1'))).toMatch(
      /\$\{azurerm_container_registry_token_password\.partner_password_\w+\.password1\[0\]\.value\}/,
    );
  });

  test('can be turned off', () => {
    const stack = testStack();
    tokenIn(stack, { enabled: false });

    expect(only(synth(stack), 'azurerm_container_registry_token')).toMatchObject({ enabled: false });
  });

  test('replaces its password in the middle of its life, whatever that is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5000 }), (passwordValidDays) => {
        const stack = testStack();
        tokenIn(stack, { passwordValidDays });
        const { rotation_days: days } = only(synth(stack), 'time_rotating');

        expect(days).toBeGreaterThan(0);
        expect(days).toBeLessThan(passwordValidDays);
      }),
      { numRuns: 5 },
    );
  });

  test.each([1, 0, 1.5, Number.NaN])('is not valid for %p days', (passwordValidDays) => {
    const stack = testStack();
    tokenIn(stack, { passwordValidDays });

    expect(Problems.of(stack)).toEqual([expect.stringContaining("'passwordValidDays' must be a whole number")]);
  });

  test('is of a registry that exists, too', () => {
    const stack = testStack();
    const registry = AcrRegistry.fromRegistryAttributes(stack, 'registry', {
      registryId: '/subscriptions/s/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/jminnacr',
      registryName: 'jminnacr',
    });
    const scopeMap = new AcrScopeMap(stack, 'scope-map', {
      registry,
      scopeMapName: 'partners',
      permissions: [AcrPermission.pull('*')],
    });
    new AcrToken(stack, 'partner', { scopeMap, tokenName: 'contoso' });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    for (const type of ['azurerm_container_registry_scope_map', 'azurerm_container_registry_token']) {
      expect(only(json, type)).toMatchObject({ resource_group_name: 'shared', container_registry_name: 'jminnacr' });
    }
  });
});
