import { review } from '../../../../lib/review';
import { isWide, severityOf } from '../../../../lib/review/access/severity';
import { program } from '../fixtures';

test.each([
  ['Owner', 'high'],
  ['activate Owner', 'high'],
  ['Role Based Access Control Administrator', 'high'],
  ['Azure Kubernetes Service Cluster Admin Role', 'high'],
  ['ClusterRole cluster-admin', 'high'],
  ['cluster admin', 'high'],
  ['*', 'high'],
  ['* pods', 'high'],
  ['get * *', 'high'],
  ['bind clusterroles.rbac.authorization.k8s.io', 'high'],
  ['everything, as the privileged container web', 'high'],
  ['do everything', 'high'],
  // with it, an application gives itself any other permission
  ['RoleManagement.ReadWrite.Directory', 'high'],
  ['Contributor', 'medium'],
  ['Storage Blob Data Owner', 'medium'],
  ['owner of', 'medium'],
  ['Microsoft.Storage/storageAccounts/*', 'medium'],
  // it returns the settings of the site with their secrets
  ['Microsoft.Web/sites/config/list/action', 'medium'],
  ['push and pull', 'medium'],
  ['read and write /var/log', 'medium'],
  ['Mail.ReadWrite', 'medium'],
  ['AcrPush', 'medium'],
  ['create pods', 'medium'],
  ['get secrets', 'medium'],
  ['list secrets named a', 'medium'],
  ['secret Get', 'medium'],
  ['Key Vault Secrets User', 'medium'],
  ['sign in as', 'medium'],
  ['get pods', 'low'],
  ['list secretproviderclasses', 'low'],
  ['key Get', 'low'],
  ['*/read', 'low'],
  ['Reader', 'low'],
  ['AcrPull', 'low'],
  ['pull', 'low'],
  ['Azure Kubernetes Service Cluster User Role', 'low'],
])('the right to %s is of %s severity', (right, severity) => {
  expect(severityOf('added', { who: 'p', may: [right], on: '/x' })).toBe(severity);
  expect(severityOf('removed', undefined)).toBe('low');
  expect(severityOf('narrowed', { who: 'p', may: [right], on: '/x' })).toBe('low');
});

test('of several rights, the gravest counts', () => {
  expect(severityOf('widened', { who: 'p', may: ['Reader', 'Owner'], on: '/x' })).toBe('high');
  expect(severityOf('changed', { who: 'p', may: ['Reader', 'AcrPush'], on: '/x' })).toBe('medium');
});

test.each([
  ['/subscriptions/00-a', true],
  ['/subscriptions/00-a/', true],
  ['/providers/Microsoft.Management/managementGroups/m', true],
  ['${azurerm_management_group.m.id}', true],
  ['${data.azurerm_subscription.s.id}', true],
  ['/subscriptions/a/resourceGroups/b', false],
  ['${azurerm_resource_group.g.id}', false],
  ['/x/subscriptions/a', false],
])('a right that only reads is grave on %s: %s', (on, isGrave) => {
  expect(isWide(on)).toBe(isGrave);
  expect(severityOf('added', { who: 'p', may: ['Reader'], on })).toBe(isGrave ? 'high' : 'low');
});

test('what anybody may do is grave, although it only reads', () => {
  expect(severityOf('added', { who: 'anyone, without signing in', may: ['pull'], on: '/x' })).toBe('high');
  expect(severityOf('added', { who: 'anyone with the link', may: ['Read'], on: '/x' })).toBe('low');
});

test('a demand that is gone is no less grave than one that is only less', () => {
  const locked = (...levels: string[]) =>
    program({
      azurerm_management_lock: Object.fromEntries(levels.map((lock_level) => ['it', { scope: '/x', lock_level }])),
    });
  const severities = (...levels: string[]) =>
    review(locked('ReadOnly'), locked(...levels)).access.map((row) => row.severity);
  expect(severities('CanNotDelete')).toEqual(['medium']);
  expect(severities()).toEqual(['medium']);
});
