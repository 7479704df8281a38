import { review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, type Resources } from '../fixtures';

const PUBLIC = { name: 'fe', public_ip_address_id: '/ip' };
const INTERNAL = { name: 'fe', subnet_id: '/subnet' };
const RULE = {
  ...{ name: 'r', protocol: 'Tcp', frontend_port: 443, backend_port: 8443, frontend_ip_configuration_name: 'fe' },
  loadbalancer_id: '${azurerm_lb.l.id}',
};
const balancer = (frontend: JsonObject): Resources => ({
  azurerm_lb: { l: { name: 'l', frontend_ip_configuration: [{ name: 'other', subnet_id: '/s' }, frontend] } },
});

/** The reachability of the rules of a change, by name. */
function reachOf(before: Resources, after: Resources) {
  return review(program(before), program(after))
    .exposure.filter(({ what }) => what === 'rule r' || what === '/nic')
    .map(({ shift, severity, after: text }) => `${shift} ${severity}: ${text?.split(',', 1)[0]}`);
}

test.each(['azurerm_lb_rule', 'azurerm_lb_nat_rule', 'azurerm_lb_nat_pool'])(
  'a %s is reachable where its frontend is',
  (type) => {
    const rule = { [type]: { r: RULE } };
    expect(reachOf(balancer(PUBLIC), { ...balancer(PUBLIC), ...rule })).toEqual(['added high: the internet']);
    expect(reachOf(balancer(INTERNAL), { ...balancer(INTERNAL), ...rule })).toEqual([
      'added medium: the virtual network',
    ]);
    expect(reachOf({ ...balancer(INTERNAL), ...rule }, { ...balancer(PUBLIC), ...rule })).toEqual([
      'widened high: the internet',
    ]);
  },
);

test('a rule at another frontend becomes public', () => {
  const rule = (name: string) => ({ azurerm_lb_rule: { r: { ...RULE, frontend_ip_configuration_name: name } } });
  expect(reachOf({ ...balancer(PUBLIC), ...rule('other') }, { ...balancer(PUBLIC), ...rule('fe') })).toEqual([
    'widened high: the internet',
  ]);
});

test.each<[what: string, rule: JsonObject]>([
  ['a balancer of another program', { ...RULE, loadbalancer_id: '/subscriptions/s/l' }],
  ['a frontend that is not there', { ...RULE, frontend_ip_configuration_name: 'none' }],
  ['a frontend by a variable', { ...RULE, frontend_ip_configuration_name: '${var.frontend}' }],
])('what the program does not tell stays open: %s', (_, rule) => {
  expect(reachOf(balancer(PUBLIC), { ...balancer(PUBLIC), azurerm_lb_rule: { r: rule } })).toEqual([
    expect.stringContaining('added medium: wherever frontend'),
  ]);
});

test('a balancer under another address is looked up at both', () => {
  const moved = (name: string, frontend: JsonObject): Resources => ({
    azurerm_lb: { [name]: { name: 'l', frontend_ip_configuration: [frontend] } },
    azurerm_lb_rule: { r: { ...RULE, loadbalancer_id: `\${azurerm_lb.${name}.id}` } },
  });
  const [base, head] = [program(moved('a', INTERNAL)), program(moved('b', PUBLIC), { moved: [MOVE] })];
  expect(review(base, head).exposure.filter(({ what }) => what === 'rule r')).toMatchObject([
    { shift: 'widened', before: expect.stringContaining('the virtual network') },
  ]);
  expect(review(base, program(moved('b', INTERNAL), { moved: [MOVE] })).exposure).toEqual([]);
});

const MOVE = { from: 'azurerm_lb.a', to: 'azurerm_lb.b' };

test('a network interface gets what its rule takes on', () => {
  const rule: Resources = { azurerm_lb_nat_rule: { n: { ...RULE, name: 'n' } } };
  const nic: Resources = {
    azurerm_network_interface_nat_rule_association: {
      a: { network_interface_id: '/nic', nat_rule_id: '${azurerm_lb_nat_rule.n.id}' },
    },
  };
  const known = { ...balancer(PUBLIC), ...rule };
  expect(reachOf(known, { ...known, ...nic })).toEqual(['added high: the internet']);
});
