import { TerraformStack, TerraformVariable } from 'cdktf';
import {
  AcrRegistry,
  AksCluster,
  type AksClusterProps,
  ClusterIdentity,
  Problems,
  ServicePrincipal,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { only, RESOURCE_GROUP, synth, testStack, token } from '../../util';

const UUID = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';
const OTHER_UUID = '00000000-0000-0000-0000-000000000001';

function registryIn(stack: TerraformStack): AcrRegistry {
  return new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'jminnacr' });
}

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}, id = 'cluster'): AksCluster {
  return new AksCluster(stack, id, { resourceGroup: RESOURCE_GROUP, clusterName: 'jm-inn-aks', ...props });
}

describe('the owners of a service principal', () => {
  const OWNERS = ['7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10', '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a11'];
  const TYPES = ['azuread_application', 'azuread_service_principal'];

  test('are those who are named, and whoever deploys, of the application too', () => {
    const stack = testStack();
    new ServicePrincipal(stack, 'a', { displayName: 'a', owners: OWNERS });
    const json = synth(stack);
    const [creator] = Object.keys(json.data!['azuread_client_config']!);

    expect(Problems.of(stack)).toEqual([]);
    for (const type of TYPES) {
      expect(only(json, type).owners).toBe(
        `\${distinct(concat([data.azuread_client_config.${creator}.object_id], ["${OWNERS.join('", "')}"]))}`,
      );
      expect(only(json, type)).not.toHaveProperty('lifecycle');
    }
  });

  test('are left alone when nobody is named', () => {
    const stack = testStack();
    new ServicePrincipal(stack, 'a', { displayName: 'a' });
    const json = synth(stack);

    expect(TYPES.map((type) => only(json, type).lifecycle)).toEqual(TYPES.map(() => ({ ignore_changes: ['owners'] })));
  });

  test('are object ids, or tokens', () => {
    const stack = testStack();
    new ServicePrincipal(stack, 'a', { displayName: 'a', owners: ['me@contoso.com', OWNERS[0]!] });
    new ServicePrincipal(stack, 'b', { displayName: 'b', owners: token(stack).listValue });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/a\] 'owners\[\d\]' must be .*, got "me@contoso.com"/),
    ]);
    expect(brokenInvariants(synth(stack))).toEqual([]);
  });
});

describe('ServicePrincipal', () => {
  test('has a password that expires, is replaced before, and is known everywhere before it is used', () => {
    const stack = testStack();
    new ServicePrincipal(stack, 'principal', { displayName: 'puller' });
    const { azuread_application, time_rotating, time_sleep, ...rest } = synth(stack).resource!;

    expect(Object.keys(rest)).toEqual(['azuread_service_principal', 'azuread_service_principal_password']);
    expect(Object.values(azuread_application!)).toEqual([expect.objectContaining({ display_name: 'puller' })]);
    expect(Object.values(time_rotating!)).toEqual([expect.objectContaining({ rotation_days: 182 })]);
    expect(Object.values(time_sleep!)).toEqual([expect.objectContaining({ create_duration: '60s' })]);
    expect(Object.values(rest.azuread_service_principal_password!)).toEqual([
      expect.objectContaining({
        end_date: expect.stringMatching(/^\$\{timeadd\(time_rotating\.principal_rotation_\w+\.rfc3339, "8760h"\)\}$/),
        rotate_when_changed: { rotation: expect.stringMatching(/^\$\{time_rotating\.principal_rotation_\w+\.id\}$/) },
        lifecycle: { create_before_destroy: true },
      }),
    ]);
  });

  test('belongs to whoever makes it, and does not change hands when somebody else deploys', () => {
    const stack = testStack();
    new ServicePrincipal(stack, 'principal', { displayName: 'puller' });
    const json = synth(stack);

    for (const type of ['azuread_application', 'azuread_service_principal']) {
      expect(only(json, type)).toMatchObject({
        owners: [expect.stringMatching(/^\$\{data\.azuread_client_config\.principal_creator_\w+\.object_id\}$/)],
        lifecycle: { ignore_changes: ['owners'] },
      });
    }
  });

  test('takes its times', () => {
    const stack = testStack();
    new ServicePrincipal(stack, 'principal', {
      displayName: 'puller',
      passwordValidDays: 30,
      passwordRotationDays: 20,
      propagationSeconds: 120,
    });
    const json = synth(stack);

    expect(only(json, 'time_rotating')).toMatchObject({ rotation_days: 20 });
    expect(only(json, 'time_sleep')).toMatchObject({ create_duration: '120s' });
    expect(only(json, 'azuread_service_principal_password')).toMatchObject({
      end_date: expect.stringContaining('"720h"'),
    });
  });

  test('reports a name and times that cannot be', () => {
    const stack = testStack();
    new ServicePrincipal(stack, 'a', { displayName: '', passwordValidDays: 731, propagationSeconds: -1 });
    new ServicePrincipal(stack, 'b', { displayName: 'b', passwordValidDays: 30, passwordRotationDays: 30 });
    new ServicePrincipal(stack, 'c', { displayName: 'c', passwordValidDays: token(stack).numberValue });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/a\] 'displayName' must be 1 to 120 characters/),
      expect.stringMatching(/^\[stack\/a\] 'passwordValidDays' must be a whole number from 2 to 730/),
      expect.stringMatching(/^\[stack\/a\] 'propagationSeconds' must be a whole number from 0 to 900/),
      "[stack/b] 'passwordRotationDays' must be less than 'passwordValidDays' (30), got 30: the password would expire " +
        'before it is replaced',
      "[stack/c] 'passwordValidDays' must be known when the program runs: give a literal value, such as 365",
    ]);
  });

  test('that exists is used with its object id and a secret from a sensitive variable, and waited for by nobody', () => {
    const stack = testStack();
    const secret = new TerraformVariable(stack, 'secret', { type: 'string', sensitive: true });
    const principal = ServicePrincipal.fromServicePrincipalAttributes(stack, 'principal', {
      clientId: OTHER_UUID,
      objectId: UUID,
      clientSecret: secret.stringValue,
    });
    registryIn(stack).grantPull(clusterIn(stack, { identity: ClusterIdentity.servicePrincipal(principal) }));
    const json = synth(stack);
    const cluster = only(json, 'azurerm_kubernetes_cluster');

    expect(Problems.of(stack)).toEqual([]);
    expect(cluster).toMatchObject({ service_principal: { client_id: OTHER_UUID, client_secret: '${var.secret}' } });
    expect(cluster).not.toHaveProperty('depends_on');
    expect(only(json, 'azurerm_role_assignment')).toMatchObject({ principal_id: UUID });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('that exists is refused with a literal secret, with ids that are none, or with the client id as object id', () => {
    const stack = testStack();
    const { stringValue } = token(stack);
    const from = ServicePrincipal.fromServicePrincipalAttributes;
    from(stack, 'a', { clientId: 'jm-inn-aks', objectId: 'x', clientSecret: 's3cret' });
    from(stack, 'b', { clientId: UUID, objectId: UUID.toUpperCase(), clientSecret: stringValue });
    from(stack, 'c', { clientId: UUID, objectId: OTHER_UUID, clientSecret: `hunter2${stringValue}` });

    const problems = Problems.of(stack);
    expect(problems).toEqual([
      expect.stringMatching(/^\[stack\/a\] 'clientId' must be a UUID/),
      expect.stringMatching(/^\[stack\/a\] 'objectId' must be a UUID/),
      expect.stringMatching(/^\[stack\/a\] 'clientSecret' must not be a literal/),
      expect.stringMatching(/^\[stack\/b\] 'objectId' must be the id of the service principal and not the client id/),
      expect.stringMatching(/^\[stack\/c\] 'clientSecret' must not be a literal/),
    ]);
    expect(problems.join()).not.toContain('s3cret');
  });
});
