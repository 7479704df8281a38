/** Values of both sides of a rule: at its edges, and just beyond them. */
export interface RuleEdges {
  readonly inside: readonly unknown[];
  readonly outside: readonly unknown[];
}

function integers(min: number, max: number): RuleEdges {
  return { inside: [min, max], outside: [min - 1, max + 1, min + 0.5, Number.NaN] };
}

const PROVIDERS = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/';

/** An id with its type in the spelling of the provider, and in those that some of Azure's own tools give it. */
function resourceId(path: string): RuleEdges {
  const id = PROVIDERS + path;
  return {
    inside: [id],
    outside: [
      ...['', 'example', '203.0.113.7', `${id}/x/y`, `${PROVIDERS}Microsoft.Web/sites/example`],
      ...[id.toLowerCase(), id.replace('resourceGroups', 'resourcegroups'), id.replace('Microsoft.', 'microsoft.')],
    ],
  };
}

/** The edges of every rule of a single value, by the id of the rule. */
export const RULE_EDGES: { readonly [rule: string]: RuleEdges } = {
  'tag-name': {
    inside: ['a', 'cost center', 'hidden-title', 'a:b', 'é'.repeat(256), 'ñandú.*'],
    outside: ['', ' ', 'a/b', 'a\\b', 'a?', '<a>', '100%', 'a&b', 'a\nb', 'é'.repeat(257)],
  },
  'tag-value': { inside: ['', 'a/b?', 'x'.repeat(256)], outside: ['x'.repeat(257), 'é'.repeat(129)] },
  'tagged-resource-type': {
    inside: ['azurerm_kubernetes_cluster', 'azurerm_cosmosdb_sql_role_definition'],
    outside: ['', 'azurerm', 'azurerm_', 'azuread_group', 'Azurerm_x', 'Microsoft.Network/virtualNetworks'],
  },
  'device-count': integers(1, 2 ** 31 - 1),
  'extended-resource': {
    inside: [
      'nvidia.com/gpu',
      'nvidia.com/mig-1g.10gb',
      'amd.com/gpu',
      'a/B',
      `${'a'.repeat(60)}.io/${'x'.repeat(63)}`,
    ],
    outside: [
      ...['', 'gpu', 'cpu', 'nvidia.com/', '/gpu', 'a/b/c', 'Nvidia.com/gpu', 'nvidia..com/gpu', 'nvidia.com/-gpu'],
      ...['kubernetes.io/gpu', 'node.kubernetes.io/gpu', 'requests.nvidia.com/gpu', `nvidia.com/${'x'.repeat(64)}`],
    ],
  },
  'tag-priority': { inside: [0, 1, 1000], outside: [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY] },
  'event-scaling-min-replicas': integers(0, 2 ** 31 - 1),
  'event-scaling-max-replicas': integers(1, 2 ** 31 - 1),
  'polling-seconds': integers(1, 86_400),
  'cooldown-seconds': integers(0, 86_400),
  'triggered-replicas': integers(1, 2 ** 31 - 1),
  'messages-per-pod': integers(1, 2 ** 31 - 1),
  'value-per-pod': { inside: [0.1, 100], outside: [0, -1, Infinity, Number.NaN] },
  'service-bus-namespace-name': {
    inside: ['contos', 'Contoso-Shop1', 'a'.repeat(50)],
    outside: ['', 'conto', '1contoso', 'contoso-', 'contoso.shop', 'a'.repeat(51)],
  },
  'service-bus-entity-name': {
    inside: ['o', 'orders/new.v1_2-3', 'a'.repeat(260)],
    outside: ['', '/orders', 'orders-', 'or ders', 'orders?', 'a'.repeat(261)],
  },
  'service-bus-subscription-name': {
    inside: ['m', 'mailer.v1_2-3', 'a'.repeat(50)],
    outside: ['', 'mailer/new', '-mailer', 'mailer.', 'a'.repeat(51)],
  },
  'storage-account-name': {
    inside: ['abc', 'contoso1', 'a'.repeat(24)],
    outside: ['', 'ab', 'Shop', 'a-b', 'a'.repeat(25)],
  },
  'storage-queue-name': {
    inside: ['abc', 'new-orders-1', 'a'.repeat(63)],
    outside: ['', 'ab', '-abc', 'abc-', 'new--orders', 'Orders', 'a'.repeat(64)],
  },
  'prometheus-address': {
    inside: ['http://prometheus.monitoring:9090', 'https://shop.westeurope.prometheus.monitor.azure.com'],
    outside: ['', 'prometheus:9090', 'http://', 'http://user:secret@prometheus', 'http://prometheus?x=y'],
  },
  'prometheus-query': { inside: ['up', 'sum(orders_waiting) by (queue)'], outside: ['', ' '] },
  'service-bus-namespace-id': resourceId('Microsoft.ServiceBus/namespaces/contoso'),
  'storage-account-id': resourceId('Microsoft.Storage/storageAccounts/contoso'),
  'action-group-name': {
    inside: ['a', 'Shop on call', 'a'.repeat(260), 'on-call (EU)'],
    outside: ['', 'a:b', 'a/b', '50%', 'a ', 'a.', 'a\nb', 'a'.repeat(261)],
  },
  'action-group-short-name': { inside: ['a', 'on call', 'a'.repeat(12)], outside: ['', ' ', 'a'.repeat(13)] },
  'grafana-name': {
    inside: ['ab', 'contoso-grafana', 'A1', 'a'.repeat(23)],
    outside: ['a', '1a', '-a', 'a-', 'a_b', 'a'.repeat(24)],
  },
  'receiver-name': { inside: ['a', 'on call', 'a'.repeat(128)], outside: ['', ' ', 'a'.repeat(129)] },
  'email-address': {
    inside: ['team@contoso.com', 'on.call+aks@eu.contoso.com'],
    outside: ['', 'team', '@contoso.com', 'team@contoso', 'a@b.c, d@e.f', 'Team <team@contoso.com>'],
  },
  'country-code': { inside: ['1', '49', '1234'], outside: ['', '+49', '049', '12345', 'DE'] },
  'phone-number': {
    inside: ['1234', '1'.repeat(14)],
    outside: ['', '123', '1'.repeat(15), '+4915112345678', '151-123'],
  },
  'alert-webhook-uri': {
    inside: ['https://alerts.contoso.com', 'https://alerts.contoso.com:8443/azure/x'],
    outside: [
      ...['', 'http://alerts.contoso.com', 'https://', 'https://a.com/x?code=1', 'https://a.com/#x'],
      ...['https://user:secret@a.com/', 'alerts.contoso.com'],
    ],
  },
  'alert-name': {
    inside: ['A', 'QueueTooLong', '_a1', 'a'.repeat(128)],
    outside: ['', '1a', 'a-b', 'a b', 'a'.repeat(129)],
  },
  'alert-minutes': integers(1, 1440),
  'alert-days': integers(1, 365),
  'alert-percent': { inside: [0.1, 50, 99.9], outside: [0, 100, -1, Number.NaN] },
  'collection-minutes': integers(1, 30),
  'workspace-name': {
    inside: ['logs', '1-23', 'Shop-Logs', 'a'.repeat(63)],
    outside: ['', 'abc', '-logs', 'logs-', 'shop_logs', 'shop.logs', 'a'.repeat(64), '${x}'],
  },
  'monitor-workspace-name': {
    inside: ['ab', 'Shop-Metrics', '1-2'],
    outside: ['', 'a', '-metrics', 'metrics-', 'shop_metrics', 'shop.metrics', '${x}'],
  },
  'retention-days': integers(30, 730),
  'daily-cap-gigabytes': { inside: [0.023, 1, 500], outside: [0, 0.022, -1, Infinity, Number.NaN] },
  'log-analytics-workspace-id': resourceId('Microsoft.OperationalInsights/workspaces/logs'),
  'monitor-workspace-id': resourceId('Microsoft.Monitor/accounts/metrics'),
  'grafana-resource-id': resourceId('Microsoft.Dashboard/grafana/contoso-grafana'),
  'action-group-id': resourceId('Microsoft.Insights/actionGroups/on-call'),
  'role-name': {
    inside: ['a', 'Read', 'system:node', 'a b', '...', 'a'.repeat(253)],
    outside: ['', '.', '..', 'a/b', 'a%2f', 'a'.repeat(254)],
  },
  'api-group': {
    inside: ['', '*', 'apps', 'rbac.authorization.k8s.io', 'x1', '0'],
    outside: ['Apps', 'apps/v1', 'apps.', '-apps', '*.io', 'a b'],
  },
  'api-resource': {
    inside: ['*', 'pods', 'pods/log', 'pods/*', '*/scale', 'nodes/proxy', 'a-b.c'],
    outside: ['', 'Pods', 'pods/', '/log', 'pods/log/x', 'pods log', 'pod*', 'pods/Log'],
  },
  'image-cleaner-hours': integers(24, 2160),
  'secret-rotation-minutes': integers(1, 1440),
  'key-vault-name': {
    inside: ['abc', 'Contoso-Shop', `a${'b'.repeat(23)}`, 'a-1'],
    outside: ['', 'ab', `a${'b'.repeat(24)}`, '1abc', '-abc', 'abc-', 'a--b', 'a_b', 'a.b'],
  },
  'key-vault-secret-name': {
    inside: ['a', '0', 'Database-Password', '-', 'a'.repeat(127)],
    outside: ['', 'a_b', 'a.b', 'a/b', 'a'.repeat(128)],
  },
  'key-vault-key-name': {
    inside: ['a', '0', 'Disks-2', 'a'.repeat(127)],
    outside: ['', 'a_b', 'a.b', 'a/b', 'a'.repeat(128)],
  },
  'key-vault-key-id': {
    inside: [
      'https://contoso.vault.azure.net/keys/disks/0123456789abcdef0123456789abcdef',
      'https://a-1.vault.azure.cn/keys/a/1',
    ],
    outside: [
      ...['', 'disks', 'https://contoso.vault.azure.net/keys/disks', 'https://contoso.vault.azure.net/keys/disks/'],
      ...['https://contoso.vault.azure.net/secrets/disks/1', 'http://contoso.vault.azure.net/keys/disks/1'],
      ...['https://contoso.managedhsm.azure.net/keys/disks/1', 'https://contoso.vault.azure.net/keys/disks/1/2'],
    ],
  },
  'disk-encryption-set-name': {
    inside: ['ab', '1a', 'shop-disks.1_', `a${'b'.repeat(79)}`],
    outside: ['', 'a', '_ab', '-ab', 'ab-', 'ab.', 'a b', `a${'b'.repeat(80)}`],
  },
  'key-vault-file-name': {
    inside: ['a', 'tls.key', '.env', 'a_b', 'a'.repeat(253)],
    outside: ['', '.', '..', '..a', 'a/b', 'a b', 'a'.repeat(254)],
  },
  'object-count': integers(0, Number.MAX_SAFE_INTEGER),
  'quota-resource': {
    inside: ['count/jobs.batch', 'secrets', 'services', 'requests.nvidia.com/gpu', 'limits.ephemeral-storage'],
    outside: ['', 'pods', 'requests.cpu', 'memory', 'count/pods', 'count/', 'Secrets', 'a b', 'services.loadbalancers'],
  },
  'pod-security-version': {
    inside: ['latest', 'v1.0', 'v1.34'],
    outside: ['', '1.34', 'v1', 'v1.34.2', 'v2.0', 'Latest', 'v1.'],
  },
  'priority-value': integers(-(2 ** 31), 1_000_000_000),
  'new-priority-class-name': {
    inside: ['a', 'very.important-1', 'systemic', 'a'.repeat(253)],
    outside: ['', 'system-node-critical', 'system-own', 'High', 'a_b', '-a', 'a'.repeat(254)],
  },
  'volume-name': {
    inside: ['d', '0', 'data-1', 'a'.repeat(63)],
    outside: ['', '-data', 'data-', 'Data', 'my_data', 'a.b', 'a'.repeat(64), '${x}'],
  },
  'mount-path': {
    inside: ['/data', '/var/lib/postgresql/data', '/a b', '/..data', '/.cache'],
    outside: ['', '/', 'data', './data', '/data/', '//data', '/a/../b', '/.', '/a:b'],
  },
  'host-path': {
    inside: ['/', '/var/log', '/var/lib/kubelet/..data', '/run/containerd/containerd.sock'],
    outside: ['', 'var/log', '../etc', '/var/..', '/var/../etc'],
  },
  'sub-path': {
    inside: ['a', 'a/b', '..a', 'uploads/2026'],
    outside: ['', '/a', '..', 'a/..', '../a', 'a/../b'],
  },
  'size-limit-mebibytes': integers(1, 2 ** 31 - 1),
  'claim-gibibytes': integers(1, 262_144),
  'stateful-partition': integers(0, 2 ** 31 - 1),
  location: {
    inside: ['westeurope', 'West Europe', 'eastus2', 'East US 2', 'WestEurope'],
    outside: [
      '',
      ' ',
      'west-europe',
      'westeurope.cloudapp.azure.com',
      'west_europe',
      '2eastus',
      'northeurope ',
      '${x}',
    ],
  },
  'cluster-resource-id': resourceId('Microsoft.ContainerService/managedClusters/example'),
  'identity-resource-id': resourceId('Microsoft.ManagedIdentity/userAssignedIdentities/example'),
  'capacity-reservation-group-id': resourceId('Microsoft.Compute/capacityReservationGroups/example'),
  'node-pool-snapshot-id': resourceId('Microsoft.ContainerService/snapshots/example'),
  'proximity-placement-group-id': resourceId('Microsoft.Compute/proximityPlacementGroups/example'),
  'cpu-cfs-quota-period': integers(1, 1000),
  'image-gc-percent': integers(1, 100),
  'container-log-max-size': integers(1, 2 ** 31 - 1),
  'container-log-max-files': integers(2, 2 ** 31 - 1),
  'pod-max-pids': integers(1, 2 ** 31 - 1),
  'first-local-port': integers(1024, 60_999),
  'last-local-port': integers(32_768, 65_535),
  'swap-file-size': integers(1, 2 ** 31 - 1),
  'unsafe-sysctl': {
    inside: ['kernel.sem', 'kernel.shm*', 'kernel.shmmax', 'kernel.msg*', 'fs.mqueue.*', 'net.*', 'net.core.somaxconn'],
    outside: [
      '',
      '*',
      'kernel.*',
      'kernel.semaphore',
      'kernel.threads-max',
      'fs.file-max',
      'vm.swappiness',
      'net',
      'net.*.x',
      'Net.*',
    ],
  },
  'maintenance-duration-hours': integers(4, 24),
  'maintenance-interval-days': integers(1, 7),
  'maintenance-interval-weeks': integers(1, 4),
  'maintenance-interval-months': integers(1, 6),
  'maintenance-day-of-month': integers(1, 31),
  'maintenance-hour': integers(0, 23),
  'maintenance-start-time': {
    inside: ['00:00', '09:30', '23:59'],
    outside: ['', '9:30', '24:00', '12:60', '12:5', '12:00:00', '2am', '-01:00'],
  },
  'maintenance-utc-offset': {
    inside: ['+00:00', '-00:00', '+05:30', '-03:30', '+12:45', '-12:00', '+14:00'],
    outside: ['', '00:00', '+1:00', '+0100', 'Z', 'UTC', 'Europe/Berlin', '+14:01', '-12:01', '+15:00', '+01:60'],
  },
  'maintenance-date': {
    inside: ['2026-01-01', '2026-12-31', '2028-02-29'],
    outside: ['', '2026-02-29', '2026-13-01', '2026-00-01', '2026-1-1', '24.12.2026', '2026-12-24T00:00:00Z'],
  },
  'maintenance-moment': {
    inside: ['2026-12-24T00:00:00Z', '2026-12-24T23:59:59Z'],
    outside: [
      ...['', '2026-12-24', '2026-12-24T18:00Z', '2026-12-24T18:00:00', '2026-12-24T18:00:00+01:00'],
      ...['2026-12-24T24:00:00Z', '2026-02-30T00:00:00Z', '2026-12-24 18:00:00Z', '2026-12-24T18:00:00.000Z'],
    ],
  },
  'node-pool-resource-id': resourceId('Microsoft.ContainerService/managedClusters/example/agentPools/example'),
  'private-dns-zone-id': {
    inside: [
      'System',
      'None',
      '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io',
    ],
    outside: [
      '',
      'Own',
      'system',
      'privatelink.westeurope.azmk8s.io',
      '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/example.com',
      '/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/rg/providers/microsoft.network/privatednszones/privatelink.westeurope.azmk8s.io',
      '/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/rg/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io',
      '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io',
    ],
  },
  'public-ip-id': resourceId('Microsoft.Network/publicIPAddresses/example'),
  'public-ip-prefix-id': resourceId('Microsoft.Network/publicIPPrefixes/example'),
  'disk-encryption-set-id': resourceId('Microsoft.Compute/diskEncryptionSets/example'),
  'key-vault-resource-id': resourceId('Microsoft.KeyVault/vaults/example'),
  'registry-resource-id': resourceId('Microsoft.ContainerRegistry/registries/example'),
  'route-table-id': resourceId('Microsoft.Network/routeTables/example'),
  'subnet-id': resourceId('Microsoft.Network/virtualNetworks/example/subnets/example'),
  'virtual-network-id': resourceId('Microsoft.Network/virtualNetworks/example'),
  'cluster-name': {
    inside: ['jm-inn-aks', 'a', 'a'.repeat(63), 'a_b'],
    outside: ['', 'a'.repeat(64), '-a', 'a_', 'a.b'],
  },
  'identity-name': {
    inside: ['jm-inn-aks-identity', 'abc', 'a'.repeat(128), '1_2'],
    outside: ['ab', 'a'.repeat(129), '-abc', 'a.b.c', ''],
  },
  'network-part-name': {
    inside: ['nodes', 'a', 'a'.repeat(80), 'a.b_'],
    outside: ['', 'a'.repeat(81), '-ab', 'ab-', 'ab.', 'a b'],
  },
  'registry-ip-range': {
    inside: ['203.0.113.0/24', '203.0.113.7', '203.0.113.7/32'],
    outside: [
      ...['', '203.0.113.07', '203.0.113.0/33', '10.0.0.0/8', '192.168.1.0/24', '172.16.0.0/12', '10.1.2.3'],
      ...['2001:db8::/32', '100.64.0.0/16', '127.0.0.1', '169.254.169.254', '168.63.129.16/32', '0.0.0.0/32'],
    ],
  },
  'registry-retention-days': integers(1, 365),
  'registry-dns-zone-id': {
    ...resourceId('Microsoft.Network/privateDnsZones/privatelink.azurecr.io'),
    outside: [
      '',
      `${PROVIDERS}Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net`,
      `${PROVIDERS}Microsoft.Network/privateDnsZones/azurecr.io`,
      `${PROVIDERS}Microsoft.Network/privatednszones/privatelink.azurecr.io`,
    ],
  },
  'upstream-repository': {
    inside: [
      ...[
        'docker.io/redis',
        'docker.io/library/redis',
        'mcr.microsoft.com/dotnet/aspnet',
        'ghcr.io/a/b_c',
        'quay.io/a/b',
      ],
      ...['public.ecr.aws/docker/library/redis', 'registry.k8s.io/pause', 'gcr.io/distroless/static'],
      'us-docker.pkg.dev/project/repository/image',
    ],
    outside: [
      ...['', 'redis', 'library/redis', 'docker.io', 'docker.io/', 'docker.io/library/redis:7.2', 'ghcr.io/A/b'],
      ...['index.docker.io/library/redis', 'https://ghcr.io/a/b', 'x.azurecr.io/a', 'pkg.dev/a', 'toString/a'],
      ...['ghcr.io/a/*', `ghcr.io/a/b@sha256:${'0'.repeat(64)}`, 'DOCKER.IO/library/redis'],
    ],
  },
  'upstream-registry': {
    inside: ['docker.io', 'ghcr.io', 'quay.io', 'registry.k8s.io', 'gcr.io', 'europe-west1-docker.pkg.dev'],
    outside: ['', 'mcr.microsoft.com', 'public.ecr.aws', 'pkg.dev', 'x.azurecr.io', 'docker.io/library', 'toString'],
  },
  'credential-set-name': {
    inside: ['abcde', 'docker-io', 'a'.repeat(50), '-----'],
    outside: ['', 'abcd', 'docker.io', 'docker_io', 'a'.repeat(51)],
  },
  'scope-map-name': {
    inside: ['abcde', 'a-b-c', 'a'.repeat(49)],
    outside: ['', 'abcd', 'a_bcd', 'a.bcd', 'a'.repeat(50)],
  },
  'scope-map-description': { inside: ['a', 'a'.repeat(256)], outside: ['', 'a'.repeat(257)] },
  'scope-map-repository': {
    inside: ['app', 'team/app', 'team/*', 'a/b/*', '*'],
    outside: ['', 'App', 'team/', '/app', 'team/*/app', 'team*', '**', '*/app', 'app:v1'],
  },
  'registry-token-name': {
    inside: ['abcde', 'a-b-c', 'a'.repeat(49)],
    outside: ['', 'abcd', '1abcd', '-abcd', 'a_bcd', 'a'.repeat(50)],
  },
  'registry-token-valid-days': { inside: [2, 90, 10_000], outside: [1, 0, -1, 2.5, Number.NaN, Infinity] },
  'webhook-name': { inside: ['abcde', 'Deploy1', 'a'.repeat(50)], outside: ['', 'abcd', 'my-hook', 'a'.repeat(51)] },
  'webhook-uri': {
    inside: ['https://ci.example.com', 'http://10.0.0.4:8080/x?y=z'],
    outside: ['', 'ci.example.com', 'ftp://ci.example.com', 'https://', 'https://ci.example.com/a b'],
  },
  'webhook-scope': {
    inside: ['app', 'app:*', 'app:v1', 'team/app:1.0-rc_2', 'team/*'],
    outside: ['', 'App', 'app:', 'app:v1:v2', 'app:-v1', '*:v1', 'app:v*', '/app'],
  },
  'agent-pool-name': { inside: ['abc', 'my-pool', 'a'.repeat(20)], outside: ['', 'ab', 'my_pool', 'a'.repeat(21)] },
  'agent-pool-count': { inside: [0, 1, 100], outside: [-1, 0.5, Number.NaN] },
  'registry-name': {
    inside: ['jminnacr', 'abcde', 'a'.repeat(50)],
    outside: ['abcd', 'a'.repeat(51), 'my-acr', 'my_acr'],
  },
  'resource-group-name': {
    inside: ['jm-inn-acr-aks-intro-rg', 'a', 'a'.repeat(90), '(a).b'],
    outside: ['', 'a'.repeat(91), 'ends.', 'a b'],
  },
  'task-name': {
    inside: ['build-front', 'abcde', 'a'.repeat(50)],
    outside: ['abcd', 'a'.repeat(51), 'build front', 'build/front'],
  },
  'virtual-network-name': {
    inside: ['vote-network', 'ab', 'a'.repeat(64), 'a.b_'],
    outside: ['', 'a', 'a'.repeat(65), '-ab', 'ab-', 'ab.', 'a b'],
  },
  'authorized-ip-range': {
    inside: ['203.0.113.0/24', '203.0.113.7', '203.0.113.7/32', '0.0.0.0/32'],
    outside: [
      '',
      '203.0.113.07',
      '203.0.113.0/33',
      '10.0.0.0/8',
      '192.168.1.0/24',
      '172.16.0.0/12',
      '203.0.113.256/32',
      '2001:db8::/32',
      '10.1.2.3',
      '100.64.0.0/16',
      '127.0.0.1',
      '169.254.169.254',
      '168.63.129.16/32',
      '224.0.0.0/4',
    ],
  },
  'dns-prefix': {
    inside: ['jm-inn-aks', 'a', 'a'.repeat(54)],
    outside: ['', 'a'.repeat(55), 'a_b', 'a-', '-a'],
  },
  'kubernetes-minor-version': {
    inside: ['1.35', '1.34'],
    outside: ['', '1', '1.35.1', 'v1.35', '1.5', '2.0', 'latest'],
  },
  'oidc-issuer-url': {
    inside: [
      'https://westeurope.oic.prod-aks.azure.com/00000000-0000-0000-0000-000000000000/11111111-1111-1111-1111-111111111111/',
    ],
    outside: ['', 'westeurope.oic.prod-aks.azure.com', 'http://westeurope.oic.prod-aks.azure.com/', 'https://a b'],
  },
  'ssh-public-key': {
    inside: [
      'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ me@here',
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE',
      'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ\n',
    ],
    outside: [
      '',
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      'ecdsa-sha2-nistp256 AAAAE2',
      'ssh-rsa',
      '/home/me/.ssh/id_rsa.pub',
      'ssh-rsa AAAA ${me}',
    ],
  },
  'ip-address': {
    inside: ['10.0.0.10', '0.0.0.0', '255.255.255.255'],
    outside: ['', '10.0.0', '10.0.0.256', '10.0.0.010', '10.0.0.0/16', 'fd00::1', 'dns'],
  },
  'load-balancer-idle-minutes': integers(4, 100),
  'load-balancer-ip-count': integers(1, 100),
  'ipv6-pod-range': {
    inside: ['fd12:3456:789a::/64', 'fd00::/80', '2001:db8:0:1::/72'],
    outside: ['fd12:3456:789a::/63', 'fd00::/81', 'fd00::1/64', 'fd00::', '10.244.0.0/16', '', 'fd00::/064'],
  },
  'ipv6-service-range': {
    inside: ['fd12:3456:789a:1::/108', 'fd00::/125'],
    outside: ['fd12:3456:789a:1::/107', 'fd00::/126', 'fd00::1/108', '10.0.0.0/16', ''],
  },
  'ipv6-network-range': {
    inside: ['fd00:db8:deca::/48', 'fd00::/8', 'fd00::/64'],
    outside: ['f000::/7', 'fd00::/65', 'fd00:db8:deca::1/48', 'fd00::', '10.0.0.0/8', ''],
  },
  'ipv6-subnet-range': {
    inside: ['fd00:db8:deca::/64', 'fd00:db8:deca:1::/64'],
    outside: ['fd00:db8:deca::/63', 'fd00:db8:deca::/65', 'fd00:db8:deca::1/64', '10.0.0.0/24', ''],
  },
  'pod-range': {
    inside: ['10.244.0.0/16', '10.0.0.0/8', '192.168.0.0/24'],
    outside: [
      '10.0.0.0/7',
      '192.168.0.0/25',
      '',
      '10.0.0.0',
      '10.0.0.1/16',
      '10.0.0.0/016',
      '010.0.0.0/16',
      '10.0.0/16',
      '10.0.0.256/24',
    ],
  },
  'ports-per-node': {
    inside: [1024, 0, 8, 64000],
    outside: [-8, 1, 1023, 64008, 12.5, Number.NaN],
  },
  'service-range': {
    inside: ['10.0.0.0/16', '10.8.0.0/13', '10.0.0.0/29'],
    outside: [
      '10.0.0.0/12',
      '10.0.0.0/30',
      '',
      '10.0.0.0',
      '10.0.0.1/16',
      '10.0.0.0/016',
      '010.0.0.0/16',
      '10.0.0/16',
      '10.0.0.256/24',
    ],
  },
  'node-label-value': {
    inside: ['web', '', 'a'.repeat(63), 'v1.0_x'],
    outside: ['a b', '-a', 'a'.repeat(64), 'a/b', 'a+b'],
  },
  'linux-node-pool-name': {
    inside: ['nodepool1', 'a', 'abcdefghijkl'],
    outside: ['', 'abcdefghijklm', '1pool', 'node-pool', 'Pool'],
  },
  'max-pods': integers(10, 250),
  'node-label-key': {
    inside: ['team', 'example.com/team', 'a'.repeat(63)],
    outside: [
      '',
      '-a',
      'a b',
      'a'.repeat(64),
      '/a',
      'kubernetes.azure.com/x',
      'kubernetes.io/x',
      'node.kubernetes.io/x',
    ],
  },
  'os-disk-size-gb': integers(30, 2048),
  'spot-max-price': {
    inside: [-1, 0.00001, 5],
    outside: [0, -0.5, 0.000001, Number.NaN],
  },
  'system-node-count': integers(1, 1000),
  'taint-key': {
    inside: ['team', 'example.com/team', 'a'.repeat(63)],
    outside: ['', '-a', 'a b', 'a'.repeat(64), '/a', 'a=b'],
  },
  'user-node-count': integers(0, 1000),
  zone: {
    inside: ['1', '2', '3'],
    outside: ['', '0', '4', 'westeurope-1', '1,2'],
  },
  'system-vm-size': {
    inside: ['Standard_D4s_v5', 'Standard_B2s', 'Standard_D2s_v5', 'Standard_E4-2s_v5', 'Standard_NC24ads_A100_v4'],
    outside: ['', 'large', 'Standard_B1s', 'Standard_B2ts_v2', 'Standard_F1s', 'Standard_D1_v2', 'Standard_D1s_v9'],
  },
  'user-vm-size': {
    inside: ['Standard_D4s_v5', 'Standard_A2', 'Standard_B2s'],
    outside: ['', 'large', 'Standard_B1s', 'Standard_B2ts_v2', 'Standard_F1s'],
  },
  'construct-id': {
    inside: ['second', 'a'],
    outside: [''],
  },
  'display-name': {
    inside: ['jm-inn-aks-acr-pull-sp', 'a', 'a'.repeat(120), 'costs $5 {really}'],
    outside: ['', ' ', 'a'.repeat(121), '${file("/etc/passwd")}', '%{ if true }'],
  },
  'password-rotation-days': integers(1, 729),
  'password-valid-days': integers(2, 730),
  'propagation-seconds': integers(0, 900),
  uuid: {
    inside: ['7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10', '00000000-0000-0000-0000-000000000000'],
    outside: ['', 'jm-inn-aks', '7d3f0a528a1e4c0b9b0e2f6f4d1c9a10', '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a1'],
  },
  'container-name': {
    inside: ['wait-for-database', 'a', '1a', 'a'.repeat(63)],
    outside: ['', 'a'.repeat(64), 'Init', 'a_b', '-a', 'a.b'],
  },
  'deployment-name': {
    inside: ['jm-inn-azure-vote-front-deployment', 'a', '1a', 'a'.repeat(63)],
    outside: ['', 'a'.repeat(64), 'Front', 'a_b', 'a-', '-a', 'a.b'],
  },
  'grace-seconds': integers(0, 2147483647),
  'access-name': {
    inside: ['system:node-reader', 'Reader of pods', 'a'],
    outside: ['', '.', '..', 'a/b', 'a%b'],
  },
  'metric-name': {
    inside: ['http_requests_per_second', 's0-azure-queue', 'a', '...'],
    outside: ['', '.', '..', 'a/b', '50%'],
  },
  'metric-value': {
    inside: [0.001, 1, 100, 2.5, 1e12],
    outside: [0, -1, 0.0001, 1.2345, 1e12 + 1, NaN, Infinity],
  },
  'api-version': {
    inside: ['v1', 'networking.k8s.io/v1', 'example.com/v1alpha1', 'apps/v1beta2'],
    outside: ['', '1', 'V1', 'apps/', '/v1', 'apps/v1/x', 'apps/v1gamma1'],
  },
  'manifest-base64': {
    inside: ['', 'c2VjcmV0', 'YQ==', 'YWI=', '+/+/'],
    outside: ['YQ', 'YQ=', 'a b=', '====', 'YW-_', 'secret!!'],
  },
  'label-value': {
    inside: ['shop', 'A.b_c-1', 'a'.repeat(63)],
    outside: ['', 'a'.repeat(64), 'my shop', '-a', 'a+b', 'a/b'],
  },
  'name-prefix': {
    inside: ['jm-inn-azure-vote', 'a', 'a'.repeat(40)],
    outside: ['', 'a'.repeat(41), '1a', 'Vote', 'a_b', 'a-'],
  },
  'namespace-name': {
    inside: ['vote', 'a', '1a', 'a'.repeat(63)],
    outside: ['', 'a'.repeat(64), 'Vote', 'a_b', '-a'],
  },
  'new-namespace-name': {
    inside: ['vote', 'a', '1a', 'a'.repeat(63), 'kubernetes'],
    outside: ['', 'Vote', 'default', 'kube-system', 'kube-vote'],
  },
  'object-name': {
    inside: ['managed-csi', 'a.b', 'a'.repeat(253)],
    outside: ['', 'a'.repeat(254), 'Managed', 'a_b', '-a', 'a..b', 'a.'],
  },
  port: integers(1, 65535),
  'port-name': {
    inside: ['redis', 'a', 'aaaaaaaaaaaaaaa', '8080-http'],
    outside: ['', 'aaaaaaaaaaaaaaaa', '8080', 'a--b', '-a', 'Redis', 'a_b'],
  },
  replicas: integers(0, 2147483647),
  seconds: integers(0, 2147483647),
  'service-account-name': {
    inside: ['orders', 'abc', 'a'.repeat(63), '1-a'],
    outside: ['', 'ab', 'a'.repeat(64), 'Orders', 'a_b', '-ab', 'ab-'],
  },
  'service-name': {
    inside: ['jm-inn-azure-vote-front-service', 'a', 'a1', 'a'.repeat(63)],
    outside: ['', 'a'.repeat(64), '1a', 'Front', 'a_b', 'a-', 'a.b'],
  },
  'stateful-set-name': {
    inside: ['jm-inn-azure-vote-back', 'a', '1a', 'a'.repeat(52)],
    outside: ['', 'a'.repeat(53), 'Back', 'a_b', 'a-', '-a', 'a.b'],
  },
  'route-name': {
    inside: ['a', '1', 'shop', 'a'.repeat(63)],
    outside: ['', 'Shop', '-a', 'a-', 'a.b', 'a'.repeat(64)],
  },
  'host-name': {
    inside: ['a', 'example.com', '*.example.com', 'xn--bcher-kva.example', '1.example.com', '1.2.3'],
    outside: [
      ...['', '*', '*.', '*example.com', 'a.*.com', 'Example.com', 'a_b.com', '-a.com', 'a..b', 'example.com.'],
      ...['203.0.113.7', 'https://example.com', 'example.com:443', 'example.com/a', `${'a'.repeat(64)}.com`],
      Array.from({ length: 64 }, () => 'abc').join('.'),
    ],
  },
  'route-path': {
    inside: ['/', '/api', '/api/', '/a.b/~c', '/a%20b', "/!$&'()*+,;=:@", '/.well-known', `/${'a'.repeat(1023)}`],
    outside: [
      ...['', 'api', '//', '/a//b', '/./', '/a/../b', '/..', '/a/.', '/a%2Fb', '/a%2fb', '/a b', '/a?b', '/a#b', '/ä'],
      ...['/a%2', `/${'a'.repeat(1024)}`],
    ],
  },
  'route-weight': integers(0, 1_000_000),
  'key-vault-certificate-uri': {
    inside: [
      'https://contoso.vault.azure.net/certificates/shop',
      `https://contoso.vault.azure.net/certificates/shop/${'0'.repeat(32)}`,
      'https://con-toso.vault.azure.cn/certificates/s-1',
    ],
    outside: [
      ...['', 'shop', 'https://contoso.vault.azure.net/', 'https://contoso.vault.azure.net/certificates/'],
      ...['http://contoso.vault.azure.net/certificates/shop', 'https://contoso.example.com/certificates/shop'],
      ...['https://contoso.vault.azure.net/keys/shop', 'https://contoso.vault.azure.net/certificates/shop/1'],
      'https://contoso.vault.azure.net/certificates/shop.com',
    ],
  },
  'service-port-name': {
    inside: ['a', '1', 'http', 'a'.repeat(63), 'a-b'],
    outside: ['', 'A', '-a', 'a-', 'a.b', 'a_b', 'a'.repeat(64)],
  },
  'app-protocol': {
    inside: ['http', 'HTTP2', 'kubernetes.io/h2c', 'a'.repeat(63), 'mssql_1.0'],
    outside: ['', '-http', 'http-', 'a/b/c', '/h2c', 'kubernetes.io/', 'Kubernetes.io/h2c', 'a'.repeat(64)],
  },
  'session-affinity-seconds': integers(1, 86_400),
  'external-name': {
    inside: ['a', 'example.com', 'orders.postgres.database.azure.com.', '1.example.com', 'a'.repeat(253)],
    outside: [
      '',
      '.',
      'Example.com',
      'a..b',
      '-a.com',
      '203.0.113.7',
      '203.0.113.7.',
      'https://a.com',
      'a.com:80',
      'a'.repeat(254),
    ],
  },
  'workload-name': {
    inside: ['jm-inn-azure-vote-front', 'a', 'a'.repeat(46), 'a1'],
    outside: ['', 'a'.repeat(47), '1a', 'Front', 'a_b', 'a-', 'a.b'],
  },
  capability: {
    inside: ['NET_BIND_SERVICE', 'CHOWN', 'SYS_ADMIN'],
    outside: ['', 'CAP_CHOWN', 'chown', 'ALL', 'NET-ADMIN', '${x}'],
  },
  'label-key': {
    inside: ['app', 'app.kubernetes.io/name', 'a'.repeat(63), 'A_b.c-1'],
    outside: ['', '/app', 'app/', 'a'.repeat(64), '-app', 'a b', 'A.b/c', 'a/b/c'],
  },
  'max-skew': integers(1, 2147483647),
  'user-or-group-id': integers(0, 2147483647),
  'scale-down-minutes': integers(1, 1440),
  'utilization-share': { inside: [0.5, 0, 1], outside: [-0.1, 1.1, 50, Number.NaN] },
  'drain-timeout-minutes': integers(5, 1440),
  'node-soak-minutes': integers(0, 30),
  'existing-range': {
    inside: ['10.240.0.0/14', '10.0.0.0/8', '10.0.0.0/29'],
    outside: [
      '10.0.0.0/7',
      '10.0.0.0/30',
      'fd00::/48',
      '',
      '10.0.0.0',
      '10.0.0.1/16',
      '10.0.0.0/016',
      '010.0.0.0/16',
      '10.0.0/16',
      '10.0.0.256/24',
      '127.0.0.0/8',
      '224.0.0.0/8',
      '240.0.0.0/16',
      '169.254.0.0/24',
    ],
  },
  'machine-address': {
    inside: ['10.8.0.4', '192.168.255.254', '203.0.113.7'],
    outside: [
      '',
      '10.8.0',
      '10.8.0.4/32',
      '0.0.0.0',
      '127.0.0.1',
      '224.0.0.1',
      '168.63.129.16',
      '169.254.169.254',
      '255.255.255.255',
    ],
  },
  'nat-idle-minutes': integers(4, 120),
  'nat-ip-count': integers(1, 16),
  'network-range': {
    inside: ['10.240.0.0/14', '10.0.0.0/8', '10.0.0.0/29'],
    outside: [
      '10.0.0.0/7',
      '10.0.0.0/30',
      'fd00::/48',
      '',
      '10.0.0.0',
      '10.0.0.1/16',
      '10.0.0.0/016',
      '010.0.0.0/16',
      '10.0.0/16',
      '10.0.0.256/24',
    ],
  },
  'security-rule-ports': {
    inside: ['443', '30000-32767', '0', '65535', '*'],
    outside: ['', '65536', '443-80', '80,443', '1-2-3', '-1', 'https'],
  },
  'security-rule-priority': integers(100, 4096),
  'traffic-source-range': {
    inside: ['203.0.113.0/24', '203.0.113.7', '0.0.0.0/1', '2001:db8::/32', '2001:db8::7', '2001:db8::7/128'],
    outside: [
      '',
      '203.0.113.7/24',
      '203.0.113',
      'office',
      '203.0.113.0/33',
      '2001:db8::7/32',
      '2001:db8::/129',
      'fe80::1%1',
      '127.0.0.1',
      '224.0.0.0/4',
      '169.254.169.254',
      'ff02::1',
      '::1',
      '255.255.255.255',
    ],
  },
  'git-commit': {
    inside: ['1705b17', '0'.repeat(40)],
    outside: ['main', '1705b1', 'ABCDEF0', '0'.repeat(41)],
  },
  'git-folder': {
    inside: ['azure-vote', 'src/app', '.docker', 'a/.b', '..a'],
    outside: ['/azure-vote', 'azure-vote/', '../other', 'a/../b', 'a b', './a', '', '.', '..', 'a//b', '${a}'],
  },
  'git-repository': {
    inside: [
      'https://github.com/Azure-Samples/azure-voting-app-redis',
      'https://github.com/a/b.git',
      'https://dev.azure.com/contoso/Our%20Shop/_git/web',
      'https://contoso@dev.azure.com/contoso/shop/_git/web',
      'https://contoso.visualstudio.com/DefaultCollection/shop/_git/web',
      'https://git.contoso.com:8443/shop/web',
    ],
    outside: [
      'git@github.com:a/b.git',
      'http://github.com/a/b',
      'https://github.com/a/b#main',
      'https://token@github.com/a/b',
      'https://token@dev.azure.com/contoso/shop/_git/web',
      'https://contoso:token@dev.azure.com/contoso/shop/_git/web',
      'https://dev.azure.com/contoso/Our Shop/_git/web',
      'https://github.com/a/b?token=x',
      'https://github.com/a/b/',
      'https://github.com/.git',
      'https://github.com',
      'https://github.com/${a}/b',
      '',
    ],
  },
  'disk-gibibytes': integers(1, 32767),
  'redis-host': {
    inside: ['redis.contoso.com', '10.1.0.4', 'contoso.redis.cache.windows.net', 'redis'],
    outside: [
      '',
      'redis.contoso.com:6379',
      'redis://redis.contoso.com',
      'my redis',
      '-redis',
      'contoso.westeurope.redis.azure.net',
    ],
  },
  'vote-processes': integers(3, 128),
  'vote-title': {
    inside: ['Cats or dogs?', 'a'],
    outside: ['', ' '],
  },
  'vote-value': {
    inside: ['Cats', 'Reset', 'a'],
    outside: ['', ' ', 'reset'],
  },
  'azure-name': {
    inside: ['vote-ip', 'a', 'A_b.c_', 'a'.repeat(80)],
    outside: ['', 'a'.repeat(81), '-a', 'a-', 'a.', 'a b', 'a/b'],
  },
  'dns-label': {
    inside: ['contoso-vote', 'abc', `a${'1'.repeat(62)}`],
    outside: ['', 'ab', `a${'1'.repeat(63)}`, '1abc', 'abc-', 'Contoso', 'a.bc', 'a_bc'],
  },
  'health-probe-count': integers(2, 23),
  'health-probe-interval': integers(5, 119),
  'health-probe-path': {
    inside: ['/healthz', '/'],
    outside: ['', 'healthz', 'http://web/healthz', '/a b'],
  },
  'idle-timeout-minutes': integers(4, 100),
  'load-balancer-address': {
    inside: ['10.240.0.25', '10.0.0.0', '192.168.255.254'],
    outside: [
      '',
      '10.240.0',
      '10.240.0.256',
      '010.240.0.25',
      '10.240.0.25/32',
      'web',
      '127.0.0.1',
      '224.0.0.1',
      '168.63.129.16',
      '169.254.0.1',
    ],
  },
  'load-balancer-port': {
    inside: [80, 10249, 10251],
    outside: [10250],
  },
  'node-port': integers(30000, 32767),
  'service-tag': {
    inside: ['AzureFrontDoor.Backend', 'AzureCloud', 'Storage.WestEurope'],
    outside: ['', 'Azure Cloud', 'AzureCloud,Internet', '10.0.0.0/8', 'Storage.', 'Internet', 'internet'],
  },
  'source-range': {
    inside: ['203.0.113.0/24', '10.0.0.0/8', '192.0.2.7/32', '0.0.0.0/1', '2001:db8::/32'],
    outside: [
      '',
      '203.0.113.7',
      '203.0.113.0/33',
      '010.0.0.0/8',
      '10.1/16',
      'example.com',
      '10.0.0.0/08',
      '10.0.0.0/8/8',
      '127.0.0.0/8',
      '224.0.0.0/4',
      '169.254.169.254/32',
      'ff00::/8',
      'fe80::/10',
    ],
  },
  'image-digest': {
    inside: [
      `sha256:${'0'.repeat(64)}`,
      'sha384:0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f',
      'sha512:afafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafafaf',
    ],
    outside: [
      '',
      'v1',
      'sha256:',
      `sha256:${'0'.repeat(63)}`,
      `sha256:${'0'.repeat(65)}`,
      `sha256:${'A'.repeat(64)}`,
      `@sha256:${'0'.repeat(64)}`,
      `sha256:${'g'.repeat(64)}`,
      `md5:${'0'.repeat(32)}`,
      `sha512:${'0'.repeat(64)}`,
    ],
  },
  'image-reference': {
    inside: [
      'redis:7.2',
      'redis',
      'ghcr.io/owner/name:v1',
      `a/b@sha256:${'0'.repeat(64)}`,
      `redis:7.2@sha256:${'0'.repeat(64)}`,
      'localhost:5000/a__b:1.0',
    ],
    outside: [
      '',
      'Redis:7',
      'redis:',
      'redis:7.2:1',
      'a//b',
      'https://ghcr.io/a/b',
      'redis:-1',
      'a b',
      `${'a'.repeat(256)}:1`,
      `redis@sha256:${'0'.repeat(63)}`,
      `redis@sha256:${'0'.repeat(64)}:7.2`,
    ],
  },
  'image-repository': {
    inside: ['jm-inn-azure-vote-front-image', 'a', 'team/app'],
    outside: ['', 'Team/app', '/app', 'app/', 'a//b', 'app:v1', 'a b', 'a'.repeat(256)],
  },
  'image-tag': {
    inside: ['v1', '_', 'a'.repeat(128), '1.0.0-rc.1'],
    outside: ['', 'a'.repeat(129), '-v1', '.v1', 'v1+build', 'v 1', 'a:b'],
  },
  'config-key': {
    inside: ['password', 'a.b_c-D', 'a'.repeat(253)],
    outside: ['', 'a'.repeat(254), 'a b', 'a/b', '.', '..', '..a'],
  },
  'config-size': {
    inside: [1000, 0, 1048576],
    outside: [1048577],
  },
  'environment-name': {
    inside: ['REDIS', '_a', 'a.b-c', '1A', 'A B', '.', '..a', 'Logging:Level', '~!'],
    outside: ['', 'A=B', '=', 'Ä', 'A\n', 'A\t', 'A'],
  },
  'field-path': {
    inside: ['metadata.name', 'status.podIP', "metadata.labels['app']"],
    outside: ['', 'name', 'metadata.labels', 'status.phase', 'spec.containers'],
  },
  'file-path': {
    inside: ['/app/config_file.cfg', '/a', '/etc/app/.hidden'],
    outside: ['', '/', 'app/config', '/app/', '/a//b', '/a/../b', '/a:b', '/a b'],
  },
  'memory-limit': {
    inside: ['128Mi', '6Mi', '1Gi'],
    outside: ['128', '5Mi', '64k'],
  },
  'memory-quantity': {
    inside: ['128Mi', '0', '1e9', '64M', '0.5Gi', '512m', '100u'],
    outside: ['', '128mi', '-1Mi', '1 Gi', 'Mi'],
  },
  quantity: {
    inside: ['250m', '0', '0.5', '128Mi', '1e3', '.5', '2.'],
    outside: ['', '250mm', '-1', '1 Gi', '1mi', 'Mi', '0,5'],
  },
  'user-id': integers(1, 2147483647),
  'probe-count': integers(1, 2147483647),
  'probe-delay': integers(0, 2147483647),
  'probe-path': {
    inside: ['/healthz', '/', '/ready?deep=1', 'healthz', '/a b'],
    outside: [''],
  },
  'success-once': {
    inside: [1],
    outside: [0, 2],
  },
  'autoscaled-replicas': integers(1, 2147483647),
  'pods-per-period': integers(1, 2147483647),
  'policy-period-seconds': integers(1, 1800),
  'stabilization-seconds': integers(0, 3600),
  'timeout-minutes': integers(1, 1440),
  'utilization-percent': integers(1, 2147483647),
  'job-name': {
    inside: ['a', '1', 'a-b', 'a'.repeat(54)],
    outside: ['', '-a', 'a-', 'A', 'a_b', 'a.b', 'a'.repeat(55)],
  },
  'cron-job-name': {
    inside: ['a', '1', 'a-b', 'a'.repeat(52)],
    outside: ['', '-a', 'a-', 'A', 'a_b', 'a.b', 'a'.repeat(53)],
  },
  'backoff-limit': integers(0, 2 ** 31 - 1),
  'active-deadline-seconds': integers(1, 2 ** 31 - 1),
  completions: integers(1, 2 ** 31 - 1),
  parallelism: integers(1, 2 ** 31 - 1),
  'ttl-seconds-after-finished': integers(0, 2 ** 31 - 1),
  'jobs-history-limit': integers(0, 2 ** 31 - 1),
  'starting-deadline-seconds': integers(10, 2 ** 31 - 1),
  'cron-schedule': {
    inside: [
      ...['* * * * *', '? * ? * ?', '0 0 1 1 0', '59 23 31 12 6', '*/15 * * * *', '5/10 0-23/2 1,15 * *'],
      ...['0 3 * jan-mar mon-fri', '0 3 * JAN,Dec Sun', ' 0  3 * * 1 ', '0 0 31 2 *', '*/61 * * * *'],
      ...[
        '@yearly',
        '@annually',
        '@monthly',
        '@weekly',
        '@daily',
        '@midnight',
        '@hourly',
        '@every 1h30m',
        '@every .5h',
      ],
    ],
    outside: [
      ...['', ' ', '* * * *', '0 * * * * *', 'every day', '@reboot', '@every', '@every 5', '@Daily', '@daily '],
      ...['60 * * * *', '* 24 * * *', '* * 0 * *', '* * 32 * *', '* * * 0 *', '* * * 13 *', '* * * * 7', '-1 * * * *'],
      ...['* * * foo *', '* * * * monday', 'jan * * * *', '*/0 * * * *', '*/x * * * *', '1.5 * * * *', '5-1 * * * *'],
      ...[
        '* * * * fri-mon',
        '1,,2 * * * *',
        '1-2-3 * * * *',
        '1/2/3 * * * *',
        '1- * * * *',
        '* * L * *',
        '* * * * 1#2',
      ],
      ...['TZ=UTC * * * * *', 'CRON_TZ=Europe/Berlin 0 3 * * *'],
    ],
  },
  'cron-schedule-comes': {
    inside: [
      '0 0 29 2 *',
      '0 0 31 1 *',
      '0 0 31 2,3 *',
      '0 0 31 2 1',
      '0 0 30-31 */2 *',
      '0 0 31 2 ?/2',
      '@monthly',
      '0 0 *',
    ],
    outside: ['0 0 30 2 *', '0 0 31 2 *', '0 0 31 feb *', '0 0 31 4,6,9,11 *', '0 0 30,31 2 ?', '0 0 30/1 2 *'],
  },
  'time-zone': {
    inside: [
      'Etc/UTC',
      'UTC',
      'Europe/Berlin',
      'America/Port_of_Spain',
      'America/Argentina/Buenos_Aires',
      'Etc/GMT+5',
      'US/Eastern',
    ],
    outside: [
      '',
      ' ',
      'Local',
      'europe/berlin',
      'Europe/berlin',
      'EUROPE/BERLIN',
      'US/EASTERN',
      'Berlin',
      'CEST',
      '+01:00',
      '../UTC',
      'Europe/Berlin ',
      'Mars/Base',
    ],
  },
};
