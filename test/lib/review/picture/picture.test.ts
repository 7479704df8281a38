import { depict, review, type Arrow, type Box, type Picture, type StackFiles } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, stack, type Resources } from '../fixtures';
import { BASE, HEAD } from '../vote';

const pictureOf = (base: StackFiles[], head: StackFiles[] = base) => depict(base, head, review(base, head));
const lookOf = ({ after, before }: Box) => after ?? before;
const nameIn = ({ boxes }: Picture, id: string | undefined): string => {
  const look = boxes.filter((box) => box.id === id).map(lookOf)[0];
  return look === undefined ? '' : `${look.caption} ${look.name}`;
};

/** Each box with its parent. */
const nesting = (picture: Picture) =>
  picture.boxes.map((box) => {
    const parent = nameIn(picture, lookOf(box)?.parent);
    return `${nameIn(picture, box.id)}${parent === '' ? '' : ` in ${parent}`}`;
  });
const arrowsIn = (picture: Picture, kind?: Arrow['kind']) =>
  picture.arrows
    .filter((arrow) => kind === undefined || arrow.kind === kind)
    .map(({ from, to, after, before }) =>
      [nameIn(picture, from), `-${after ?? before}->`, nameIn(picture, to)].join(' '),
    );
const marksIn = (picture: Picture) =>
  Object.fromEntries(picture.boxes.map((box) => [nameIn(picture, box.id), box.mark]));

describe('the picture of the article', () => {
  const picture = pictureOf(BASE);

  test('has what the article shows, in its places', () => {
    expect(nesting(picture).sort()).toMatchInlineSnapshot(`
     [
       "API server jm-inn-aks in Kubernetes cluster jm-inn-aks",
       "Deployment jm-inn-azure-vote-back-deployment in Namespace default",
       "Deployment jm-inn-azure-vote-front-deployment in Namespace default",
       "Kubernetes cluster jm-inn-aks in resource group jm-inn-acr-aks-intro-rg",
       "Namespace default in Kubernetes cluster jm-inn-aks",
       "Service jm-inn-azure-vote-back-service in Namespace default",
       "Service jm-inn-azure-vote-front-service in Namespace default",
       "container registry jminnacr in resource group jm-inn-acr-aks-intro-rg",
       "directory Microsoft Entra ID",
       "everyone Internet",
       "load balancer kubernetes in resource group, made by Azure MC_jm-inn-acr-aks-intro-rg_jm-inn-aks_westeurope",
       "node pool nodepool1 in Kubernetes cluster jm-inn-aks",
       "resource group jm-inn-acr-aks-intro-rg",
       "resource group, made by Azure MC_jm-inn-acr-aks-intro-rg_jm-inn-aks_westeurope",
       "route table aks-agentpool-…-routetable in resource group, made by Azure MC_jm-inn-acr-aks-intro-rg_jm-inn-aks_westeurope",
       "security group aks-agentpool-…-nsg in resource group, made by Azure MC_jm-inn-acr-aks-intro-rg_jm-inn-aks_westeurope",
       "service principal jm-inn-aks-acr-pull-sp in directory Microsoft Entra ID",
       "stack vote",
       "subnet aks-subnet in virtual network aks-vnet-…",
       "virtual network aks-vnet-… in resource group, made by Azure MC_jm-inn-acr-aks-intro-rg_jm-inn-aks_westeurope",
     ]
    `);
  });

  test('has who may reach whom, and who is allowed what', () => {
    expect(arrowsIn(picture).sort()).toMatchInlineSnapshot(`
     [
       "Deployment jm-inn-azure-vote-front-deployment -REDIS-> Service jm-inn-azure-vote-back-service",
       "Kubernetes cluster jm-inn-aks -acts as-> service principal jm-inn-aks-acr-pull-sp",
       "Service jm-inn-azure-vote-back-service --> Deployment jm-inn-azure-vote-back-deployment",
       "Service jm-inn-azure-vote-front-service --> Deployment jm-inn-azure-vote-front-deployment",
       "everyone Internet --> API server jm-inn-aks",
       "everyone Internet -port 80-> load balancer kubernetes",
       "everyone Internet -with credentials-> container registry jminnacr",
       "load balancer kubernetes --> Service jm-inn-azure-vote-front-service",
       "node pool nodepool1 -nodes-> subnet aks-subnet",
       "route table aks-agentpool-…-routetable --> subnet aks-subnet",
       "security group aks-agentpool-…-nsg --> subnet aks-subnet",
       "service principal jm-inn-aks-acr-pull-sp -AcrPull-> container registry jminnacr",
     ]
    `);
  });

  test('shows a replaced cluster with everything in it, and what changes inside', () => {
    const changed = pictureOf(BASE, HEAD);
    expect(marksIn(changed)).toMatchObject({
      'Kubernetes cluster jm-inn-aks': 'replaced',
      'Deployment jm-inn-azure-vote-back-deployment': 'replaced',
      'node pool nodepool1': 'replaced',
      'container registry jminnacr': 'replaced',
      'service principal jm-inn-aks-acr-pull-sp': 'same',
      'everyone Internet': 'same',
    });
    expect(changed.arrows.filter(({ mark }) => mark !== 'same')).toMatchObject([
      { kind: 'reach', before: 'port 80', after: 'port 6379, port 80', mark: 'changed' },
      { kind: 'reach', after: '', mark: 'added' },
      { kind: 'role', before: 'AcrPull', after: 'Contributor', mark: 'changed' },
    ]);
  });
});

const GROUP = { azurerm_resource_group: { rg: { name: 'rg', location: 'westeurope' } } };
const IN_GROUP = { resource_group_name: '${azurerm_resource_group.rg.name}', location: 'westeurope' };

test.each([
  ['false', 'with credentials'],
  ['true', 'with credentials, without them: pull'],
  ['${var.open}', 'with credentials, without them: pull, if <var.open>'],
])('an arrow says what needs no credentials: anonymous pull is %s', (anonymous_pull_enabled, expected) => {
  const registry = { name: 'r', sku: 'Standard', ...IN_GROUP, anonymous_pull_enabled };
  const picture = pictureOf(program({ ...GROUP, azurerm_container_registry: { r: registry } }));

  expect(arrowsIn(picture, 'reach')).toEqual([`everyone Internet -${expected}-> container registry r`]);
});

test('networks have their subnets, rules, routes and peerings, also those that exist already', () => {
  const picture = pictureOf(
    program(
      {
        ...GROUP,
        azurerm_virtual_network: { a: { name: 'a', address_space: ['10.0.0.0/8'], ...IN_GROUP } },
        azurerm_subnet: {
          s: { name: 's', virtual_network_name: 'a', resource_group_name: 'rg', address_prefixes: ['10.1.0.0/16'] },
        },
        azurerm_network_security_group: { n: { name: 'n', ...IN_GROUP } },
        azurerm_network_security_rule: {
          r: {
            ...{ name: 'web', direction: 'Inbound', access: 'Allow', destination_port_range: '443' },
            ...{ source_address_prefix: '1.2.3.0/24', network_security_group_name: 'n', resource_group_name: 'rg' },
          },
        },
        azurerm_subnet_network_security_group_association: {
          x: {
            subnet_id: '${azurerm_subnet.s.id}',
            network_security_group_id: '${azurerm_network_security_group.n.id}',
          },
        },
        azurerm_virtual_network_peering: {
          p: {
            ...{ virtual_network_name: '${azurerm_virtual_network.a.name}', resource_group_name: 'rg' },
            remote_virtual_network_id: '${data.azurerm_virtual_network.hub.id}',
          },
        },
      },
      { data: { azurerm_virtual_network: { hub: { name: 'hub', resource_group_name: 'hub-rg' } } } },
    ),
  );
  expect(nesting(picture)).toEqual(
    expect.arrayContaining([
      'subnet s in virtual network a',
      'virtual network a in resource group rg',
      'virtual network, exists hub in resource group, exists hub-rg',
    ]),
  );
  expect(arrowsIn(picture).sort()).toEqual([
    'only some addresses 1.2.3.0/24 -port 443-> security group n',
    'security group n --> subnet s',
    'virtual network a -peering-> virtual network, exists hub',
  ]);
});

test('a cluster of another stack is the same box, and one that exists is a place for what runs in it', () => {
  const cluster = {
    name: 'c',
    dns_prefix: 'c',
    resource_group_name: 'rg',
    default_node_pool: { name: 'n', node_count: 1 },
  };
  const application = (name: string): JsonObject => ({
    data: { azurerm_kubernetes_cluster: { c: { name, resource_group_name: 'rg' } } },
    provider: { kubernetes: [{ host: '${data.azurerm_kubernetes_cluster.c.kube_config[0].host}' }] },
    resource: { kubernetes_deployment_v1: { d: { metadata: { name: 'd' }, spec: { template: {} } } } },
  });
  const platform = stack({ resource: { ...GROUP, azurerm_kubernetes_cluster: { c: cluster } } }, { name: 'platform' });
  expect(nesting(pictureOf([stack(application('c'), { name: 'app' }), platform]))).toEqual(
    expect.arrayContaining(['Deployment d in Namespace default', 'Namespace default in Kubernetes cluster c']),
  );
  expect(nesting(pictureOf([stack(application('other'), { name: 'app' }), platform]))).toContain(
    'Namespace default in Kubernetes cluster, exists other',
  );
});

test('pods that call a Service by its name, whatever stands around the name, have an arrow to it', () => {
  const web = (value: string): Resources => ({
    kubernetes_deployment_v1: {
      web: {
        metadata: { name: 'web' },
        spec: { template: { spec: { container: [{ name: 'web', env: [{ name: 'BACK', value }] }] } } },
      },
    },
    kubernetes_service_v1: { back: { metadata: { name: 'back' }, spec: { port: [{ port: 80 }] } } },
  });
  const calls = (value: string) => arrowsIn(pictureOf(program(web(value))), 'reach');
  for (const value of ['back', 'back:80', 'http://back/api', 'redis://u:p@back.default.svc.cluster.local:6379']) {
    expect(calls(value)).toEqual(['Deployment web -BACK-> Service back']);
  }
  expect(['backup', 'feedback', 'x back'].flatMap(calls)).toEqual([]);
});

test('a program of other providers is drawn by its stacks, with what refers to what', () => {
  const picture = pictureOf([
    stack(
      {
        resource: {
          aws_instance: { web: { subnet_id: '${aws_subnet.a.id}', tags: { Name: 'web' } } },
          aws_subnet: { a: { vpc_id: '${aws_vpc.v.id}' } },
          aws_vpc: { v: { cidr_block: '10.0.0.0/16' } },
          time_sleep: { t: {} },
        },
      },
      { name: 'shop' },
    ),
  ]);
  expect(nesting(picture)).toEqual(
    expect.arrayContaining(['aws instance web in stack shop', 'aws subnet a in stack shop', 'aws vpc v in stack shop']),
  );
  expect(arrowsIn(picture)).toEqual(['aws instance web --> aws subnet a', 'aws subnet a --> aws vpc v']);
});

test('nothing that changes is missing from the picture: parts, connections and helpers', () => {
  const side = (n: string): Resources => ({
    ...GROUP,
    azurerm_container_registry: { r: { name: 'r', sku: 'Basic', ...IN_GROUP } },
    azurerm_container_registry_task: {
      t: { name: 't', container_registry_id: '${azurerm_container_registry.r.id}', tags: { n } },
    },
    time_sleep: { s: { create_duration: n } },
  });
  const { boxes } = pictureOf(program(side('1s')), program(side('2s')));
  expect(boxes.flatMap(({ parts }) => parts)).toEqual([{ text: 'build task t', mark: 'changed' }]);
  expect(boxes.filter(({ mark }) => mark !== 'same').map(({ address }) => address)).toEqual(['time_sleep.s']);
});

test('no secret is in a picture', () => {
  const secret = 'hunter22Zebra';
  const { boxes, arrows } = pictureOf(
    program({
      x_y: { it: { name: `a ${secret}`, password: secret } },
      azurerm_kubernetes_cluster: { c: { name: secret, dns_prefix: secret } },
    }),
  );
  expect(JSON.stringify([boxes, arrows])).not.toContain(secret);
});

describe('what belongs to a resource is a part of its box', () => {
  const REGISTRY = { azurerm_container_registry: { acr: { name: 'acr', resource_group_name: 'rg', sku: 'Basic' } } };
  const ACR = '${azurerm_container_registry.acr.id}';
  const LOOKED_UP = '${data.azurerm_container_registry.acr.id}';
  const parts: Resources = {
    azurerm_management_lock: { it: { name: 'lock', lock_level: 'CanNotDelete', scope: ACR } },
    azurerm_container_registry_cache_rule: { it: { name: 'cache', source_repo: 'a', container_registry_id: ACR } },
    azurerm_monitor_diagnostic_setting: {
      it: {
        name: 'logs',
        target_resource_id: ACR,
        log_analytics_workspace_id: '${azurerm_log_analytics_workspace.w.id}',
      },
    },
  };
  const workspace: Resources = { azurerm_log_analytics_workspace: { w: { name: 'w', resource_group_name: 'rg' } } };
  const boxOf = (picture: Picture) =>
    picture.boxes.filter((box) => nameIn(picture, box.id).startsWith('container registry'));

  test('a lock, a rule and a setting, which changes show', () => {
    const picture = pictureOf(program({ ...REGISTRY, ...workspace }), program({ ...REGISTRY, ...workspace, ...parts }));
    expect(boxOf(picture)).toMatchObject([
      {
        before: { details: ['Basic'] },
        after: { details: ['Basic', 'locked against deletion'] },
        mark: 'changed',
        parts: [
          { text: 'container registry cache rule cache', mark: 'added' },
          { text: 'management lock lock', mark: 'added' },
          { text: 'monitor diagnostic setting logs', mark: 'added' },
        ],
      },
    ]);
    expect(nesting(picture).some((text) => text.includes('stack'))).toBe(false);
  });

  test('also where another stack has the registry, or none', () => {
    const data = { azurerm_container_registry: { acr: { name: 'acr', resource_group_name: 'rg' } } };
    const others = stack(
      JSON.parse(JSON.stringify({ data, resource: parts }).replaceAll(ACR, LOOKED_UP)) as JsonObject,
      { name: 'application' },
    );
    for (const base of [program(REGISTRY), []]) {
      const picture = pictureOf(base, [...base, others]);
      const [box] = boxOf(picture);
      expect(box?.parts.map(({ mark }) => mark)).toEqual(['added', 'added', 'added']);
    }
  });
});

describe('the instances of a resource have one box', () => {
  const loop = (...keys: string[]) => ({ name: '${each.key}', sku: 'Standard', for_each: keys });
  const one = (sku: string) => ({ name: 'k', sku });
  const addresses = (it: Record<string, JsonObject>, moved?: JsonObject) => [
    stack({ resource: { azurerm_public_ip: it }, ...(moved && { moved: [moved] }) }),
  ];
  const moved = (from: string, to: string) => ({ from: `azurerm_public_ip.${from}`, to: `azurerm_public_ip.${to}` });

  test.each<[what: string, base: StackFiles[], head: StackFiles[], marks: Record<string, string>]>([
    ['one more', addresses({ a: loop('k') }), addresses({ a: loop('k', 'l') }), { a: 'changed' }],
    ['the first one', addresses({ a: loop() }), addresses({ a: loop('k') }), { a: 'added' }],
    ['the last one', addresses({ a: loop('k') }), addresses({ a: loop() }), { a: 'removed' }],
    ['none', addresses({ a: loop() }), addresses({ a: loop() }), {}],
    ['one fewer', addresses({ a: loop('k', 'l') }), addresses({ a: loop('k') }), { a: 'unsure' }],
    [
      'a single one that becomes one of several',
      addresses({ a: one('Standard') }),
      addresses({ b: loop('k') }, moved('a', 'b["k"]')),
      { b: 'same' },
    ],
    [
      'a single one that becomes one of several, replaced',
      addresses({ a: one('Basic') }),
      addresses({ b: loop('k') }, moved('a', 'b["k"]')),
      { b: 'replaced' },
    ],
    [
      'one that leaves the others',
      addresses({ a: loop('k', 'l') }),
      addresses({ a: loop('l'), b: one('Standard') }, moved('a["k"]', 'b')),
      { a: 'changed', b: 'added' },
    ],
    [
      'one that gets another key, replaced',
      addresses({ a: loop('k', 'l') }),
      addresses({ a: loop('k', 'm') }, moved('a["l"]', 'a["m"]')),
      { a: 'replaced' },
    ],
  ])('%s', (_, base, head, marks) => {
    const boxes = pictureOf(base, head).boxes.filter(({ address }) => address !== undefined);
    expect(Object.fromEntries(boxes.map(({ address, mark }) => [address?.split('.')[1], mark]))).toEqual(marks);
  });
});
