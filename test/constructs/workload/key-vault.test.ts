import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { type App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AksCluster,
  type AksClusterProps,
  AksServiceAccount,
  ContainerImage,
  CronJob,
  DaemonSet,
  EnvValue,
  type IKeyVault,
  type IServiceAccount,
  Job,
  KeyVault,
  type KeyVaultFile,
  KubernetesServiceAccount,
  Problems,
  Volume,
  Worker,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { only, RESOURCE_GROUP, synth, testApp, token, type Block } from '../../util';

const UUID = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';
const VAULT_ID = `/subscriptions/${UUID}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/`;
const IMAGE = ContainerImage.fromReference('ghcr.io/contoso/shop:1');

/** A stack with a cluster that exists, a Key Vault and a service account that uses Azure. */
class Shop extends TerraformStack {
  public readonly vault: IKeyVault;
  public readonly serviceAccount: IServiceAccount;

  constructor(app: App, id = 'shop') {
    super(app, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    const cluster = AksCluster.fromClusterName(this, 'cluster', { clusterName: 'aks', resourceGroupName: 'rg' });
    new KubernetesProvider(this, 'kubernetes', cluster.kubernetesProviderConfig(this));
    this.vault = this.vaultOf('vault', 'Shop-KV');
    this.serviceAccount = new AksServiceAccount(this, 'account', {
      cluster,
      resourceGroup: RESOURCE_GROUP,
      serviceAccountName: 'web',
    });
  }

  public vaultOf(id: string, keyVaultName: string): IKeyVault {
    return KeyVault.fromKeyVaultAttributes(this, id, {
      keyVaultId: VAULT_ID + keyVaultName,
      keyVaultName,
      tenantId: UUID,
    });
  }

  public get password(): EnvValue {
    return EnvValue.fromKeyVaultSecret(this.vault, 'password');
  }

  public workload(props: Partial<WorkloadProps>): Workload {
    const { serviceAccount } = this;
    return new Workload(this, 'web', { name: 'web', image: IMAGE, containerPort: 8080, serviceAccount, ...props });
  }
}

/** The synthesized SecretProviderClasses by their names. */
function classesOf(stack: TerraformStack): { readonly [name: string]: Block } {
  const manifests = Object.values(synth(stack).resource?.['kubernetes_manifest'] ?? {});
  return Object.fromEntries(
    manifests.map((one) => [String(inside(one, 'manifest', 'metadata', 'name')), inside(one, 'manifest') as Block]),
  );
}

/** What is at a path in a block. */
function inside(block: Block, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, step) => (value as { [key: string]: unknown })[step], block);
}

function problemsOf(change: (shop: Shop) => Partial<WorkloadProps>): string[] {
  const shop = new Shop(testApp());
  shop.workload(change(shop));
  return Problems.of(shop);
}

describe('secrets of a Key Vault as environment variables', () => {
  test('are a class for the account of the pods, a Secret that the driver keeps, and a mount for that', () => {
    const shop = new Shop(testApp());
    shop.workload({ environment: { PASSWORD: shop.password, TOKEN: EnvValue.fromKeyVaultSecret(shop.vault, 'api') } });
    const container = inside(only(synth(shop), 'kubernetes_deployment_v1'), 'spec', 'template', 'spec') as Block;

    expect(Problems.of(shop)).toEqual([]);
    expect(classesOf(shop)).toEqual({
      'web-shop-kv': {
        apiVersion: 'secrets-store.csi.x-k8s.io/v1',
        kind: 'SecretProviderClass',
        metadata: {
          name: 'web-shop-kv',
          namespace: 'default',
          labels: { app: 'web', 'app.kubernetes.io/managed-by': 'terraform', 'app.kubernetes.io/name': 'web' },
        },
        spec: {
          provider: 'azure',
          parameters: {
            clientID: expect.stringMatching(/^\$\{azurerm_user_assigned_identity\.account_identity_\w+\.client_id}$/),
            keyvaultName: 'Shop-KV',
            tenantId: UUID,
            objects:
              'array:\n' +
              '  - |\n    objectName: "api"\n    objectType: secret\n' +
              '  - |\n    objectName: "password"\n    objectType: secret\n',
          },
          secretObjects: [
            {
              secretName: 'web-shop-kv',
              type: 'Opaque',
              data: [
                { key: 'api', objectName: 'api' },
                { key: 'password', objectName: 'password' },
              ],
            },
          ],
        },
      },
    });
    expect(container).toMatchObject({
      container: [
        {
          env: [
            { name: 'PASSWORD', value_from: { secret_key_ref: { name: 'web-shop-kv', key: 'password' } } },
            { name: 'TOKEN', value_from: { secret_key_ref: { name: 'web-shop-kv', key: 'api' } } },
          ],
          volume_mount: [{ name: 'key-vault-shop-kv', mount_path: '/mnt/key-vault/shop-kv', read_only: true }],
        },
      ],
      volume: [
        {
          name: 'key-vault-shop-kv',
          csi: {
            driver: 'secrets-store.csi.k8s.io',
            read_only: true,
            volume_attributes: { secretProviderClass: 'web-shop-kv' },
          },
        },
      ],
    });
  });

  test('come after their class and the role of the account, which is given once', () => {
    const shop = new Shop(testApp());
    shop.workload({ environment: { PASSWORD: shop.password } });
    new Worker(shop, 'worker', {
      name: 'worker',
      image: IMAGE,
      serviceAccount: shop.serviceAccount,
      environment: { PASSWORD: shop.password },
    });
    const json = synth(shop);
    const [role] = Object.keys(json.resource!['azurerm_role_assignment']!);

    expect(only(json, 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Key Vault Secrets User',
      scope: `${VAULT_ID}Shop-KV`,
    });
    for (const deployment of Object.values(json.resource!['kubernetes_deployment_v1']!)) {
      expect(deployment['depends_on']).toEqual(
        expect.arrayContaining([
          `azurerm_role_assignment.${role}`,
          expect.stringMatching(/^kubernetes_manifest\.\w+_secrets-of-shop-kv_\w+$/),
        ]),
      );
    }
  });

  test('are of several vaults, whatever the constructs that stand for them', () => {
    const shop = new Shop(testApp());
    const again = shop.vaultOf('again', 'shop-kv');
    const other = shop.vaultOf('other', 'other');
    shop.workload({
      environment: {
        A: shop.password,
        B: EnvValue.fromKeyVaultSecret(again, 'api'),
        C: EnvValue.fromKeyVaultSecret(other, 'password'),
      },
    });

    expect(Problems.of(shop)).toEqual([]);
    expect(Object.keys(classesOf(shop))).toEqual(['web-other', 'web-shop-kv']);
    expect(inside(classesOf(shop)['web-shop-kv']!, 'spec', 'secretObjects', 0, 'data')).toHaveLength(2);
  });

  test('are mounted in the containers that have them, and in no other', () => {
    const shop = new Shop(testApp());
    const environment = { PASSWORD: shop.password };
    shop.workload({
      initContainers: [
        { name: 'first', image: IMAGE, environment },
        { name: 'second', image: IMAGE },
      ],
      sidecars: [{ name: 'proxy', image: IMAGE, environment }],
    });
    const spec = inside(only(synth(shop), 'kubernetes_deployment_v1'), 'spec', 'template', 'spec') as {
      [part: string]: Block[];
    };
    const mounted = [...spec['init_container']!, ...spec['container']!].filter((one) => 'volume_mount' in one);

    expect(mounted.map(({ name }) => name)).toEqual(['first', 'proxy']);
    expect(spec['volume']).toHaveLength(1);
  });
});

describe('secrets of a Key Vault as files', () => {
  const volumeOf = (vault: IKeyVault, files: KeyVaultFile[] = [{ secretName: 'key', fileName: 'tls.key' }]): Volume =>
    Volume.fromKeyVault('tls', vault, files);

  test('are a class of their own for each volume, without a Secret, and cannot be written', () => {
    const shop = new Shop(testApp());
    shop.workload({ volumes: [{ mountPath: '/tls', volume: volumeOf(shop.vault) }] });
    const spec = inside(classesOf(shop)['web-tls']!, 'spec') as Block;

    expect(Problems.of(shop)).toEqual([]);
    expect(inside(spec, 'parameters', 'objects')).toBe(
      'array:\n  - |\n    objectName: "key"\n    objectType: secret\n    objectAlias: "tls.key"\n',
    );
    expect(spec).not.toHaveProperty('secretObjects');
    expect(only(synth(shop), 'kubernetes_deployment_v1')).toMatchObject({
      spec: {
        template: {
          spec: {
            container: [{ volume_mount: [{ name: 'tls', mount_path: '/tls', read_only: true }] }],
            volume: [{ name: 'tls', csi: { volume_attributes: { secretProviderClass: 'web-tls' } } }],
          },
        },
      },
    });
  });

  test('replace the pods when others are named, which they would not look at again', () => {
    const annotations = [['key'], ['key', 'certificate'], ['key']].map((names) => {
      const shop = new Shop(testApp());
      const files = names.map((secretName) => ({ secretName }));
      shop.workload({ volumes: [{ mountPath: '/tls', volume: volumeOf(shop.vault, files) }] });
      const { metadata } = inside(only(synth(shop), 'kubernetes_deployment_v1'), 'spec', 'template') as {
        metadata: { annotations: { [name: string]: string } };
      };
      return metadata.annotations['checksum/key-vault'];
    });

    expect(annotations[0]).toBe(annotations[2]);
    expect(annotations[0]).not.toBe(annotations[1]);
  });

  test.each<[string, KeyVaultFile[], string]>([
    ['no file', [], "'volumes[0].volume.files' must name at least one secret, got none"],
    [
      'two files of one name',
      [{ secretName: 'key' }, { secretName: 'other', fileName: 'key' }],
      '\'volumes[0].volume.files[1].fileName\' must differ from the other files of the volume, got "key" again',
    ],
    [
      'a name that is none',
      [{ secretName: 'a_b' }],
      "'volumes[0].volume.files[0].secretName' must be the name of a secret",
    ],
    [
      'a file in a folder',
      [{ secretName: 'a', fileName: 'b/c' }],
      "'volumes[0].volume.files[0].fileName' must be the name",
    ],
  ])('are refused with %s', (_, files, expected) => {
    const problems = problemsOf(({ vault }) => ({
      volumes: [{ mountPath: '/tls', volume: volumeOf(vault, files) }],
    }));

    expect(problems).toEqual([expect.stringContaining(expected)]);
  });
});

test.each<[string, (scope: Construct, options: Omit<WorkloadProps, 'containerPort'>) => Construct]>([
  ['a Workload', (scope, options) => new Workload(scope, 'pods', { ...options, containerPort: 8080 })],
  ['a Worker', (scope, options) => new Worker(scope, 'pods', options)],
  ['a DaemonSet', (scope, options) => new DaemonSet(scope, 'pods', options)],
  ['a Job', (scope, options) => new Job(scope, 'pods', options)],
  ['a CronJob', (scope, options) => new CronJob(scope, 'pods', { ...options, schedule: '30 3 * * *' })],
  [
    'a migration',
    (scope, { environment = {}, ...options }) =>
      new Workload(scope, 'pods', {
        ...options,
        containerPort: 8080,
        migration: { command: ['migrate'], environment },
      }),
  ],
])('%s has secrets of a Key Vault, after its class and its role', (_, make) => {
  const shop = new Shop(testApp());
  const { serviceAccount, password } = shop;
  make(shop, { name: 'pods', image: IMAGE, serviceAccount, environment: { PASSWORD: password } });
  const { resource = {} } = synth(shop);
  const waiting = Object.entries(resource)
    .filter(([type]) => /deployment|daemon_set|job/.test(type))
    .flatMap(([, resources]) => Object.values(resources))
    .filter((one) => JSON.stringify(one['spec']).includes('secretProviderClass'));

  expect(Problems.of(shop)).toEqual([]);
  expect(waiting).toHaveLength(1);
  expect(waiting[0]!['depends_on']).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^kubernetes_manifest\..*secrets-of-shop-kv/),
      expect.stringMatching(/^azurerm_role_assignment\.account_vault-secrets/),
    ]),
  );
});

describe('secrets of a Key Vault are refused', () => {
  test.each<[string, (shop: Shop) => Partial<WorkloadProps>, string]>([
    [
      'without a service account',
      ({ password }) => ({ environment: { PASSWORD: password }, serviceAccount: undefined }),
      "[shop/web] 'serviceAccount' must be one with an Azure identity, for the secrets of shop/vault, got none: use that of " +
        'cluster.addServiceAccount(...)',
    ],
    [
      'with an account that does not use Azure',
      (shop) => ({
        environment: { PASSWORD: shop.password },
        serviceAccount: new KubernetesServiceAccount(shop, 'plain', { serviceAccountName: 'plain' }),
      }),
      "[shop/web] 'serviceAccount' must be one with an Azure identity, for the secrets of shop/vault, got shop/plain: use that of " +
        'cluster.addServiceAccount(...)',
    ],
    [
      'for a migration without an account',
      ({ password }) => ({
        serviceAccount: undefined,
        migration: { command: ['a'], environment: { PASSWORD: password } },
      }),
      "[shop/web] 'serviceAccount' must be one with an Azure identity, for the secrets of shop/vault, got none: use that of " +
        'cluster.addServiceAccount(...)',
    ],
    [
      'by a name that no secret has',
      ({ vault }) => ({ environment: { PASSWORD: EnvValue.fromKeyVaultSecret(vault, 'my_password') } }),
      "[shop/web] 'environment.PASSWORD.secretName' must be the name of a secret of a Key Vault: 1 to 127 letters, digits " +
        'and \'-\', such as "database-password", got "my_password"',
    ],
    [
      'of a vault whose name only Terraform knows',
      (shop) => ({
        environment: {
          PASSWORD: EnvValue.fromKeyVaultSecret(shop.vaultOf('late', token(shop).stringValue), 'password'),
        },
      }),
      "[shop/web] 'keyVaultName' of shop/late must be known when the program runs, since objects are named after it: use a literal name",
    ],
    [
      'where their folder is in use',
      ({ password }) => ({
        environment: { PASSWORD: password },
        volumes: [{ mountPath: '/mnt/key-vault/shop-kv', volume: Volume.emptyDirectory('cache') }],
      }),
      '[shop/web] \'volumes[0].mountPath\' must be unique in the container, got "/mnt/key-vault/shop-kv" again: ' +
        'use another one',
    ],
    [
      'where the name of their volume is in use',
      ({ password }) => ({
        environment: { PASSWORD: password },
        volumes: [{ mountPath: '/cache', volume: Volume.emptyDirectory('key-vault-shop-kv') }],
      }),
      "[shop/web] 'volumes[0].volume.name' must differ from every other volume of the pod, got " +
        '"key-vault-shop-kv" again: use one Volume for all containers that share it, or choose another name',
    ],
  ])('%s', (_, change, expected) => {
    expect(problemsOf(change)).toEqual([expected]);
  });

  /** The problems of pods in a second stack, which looks up a cluster that the first one makes. */
  function inTwoStacks(props: Partial<AksClusterProps>): string[] {
    const app = testApp();
    const platform = new TerraformStack(app, 'platform');
    new AzurermProvider(platform, 'azurerm', { features: [{}] });
    new AksCluster(platform, 'cluster', {
      resourceGroup: { name: 'rg', location: 'westeurope' },
      clusterName: 'aks',
      ...props,
    });
    const shop = new Shop(app);
    shop.workload({ environment: { PASSWORD: shop.password } });
    return Problems.of(shop);
  }

  test('by a cluster without the provider for them, which another stack of the program makes', () => {
    expect(inTwoStacks({})).toEqual([
      "[shop/web] platform/cluster does not support Key Vault secrets in its pods: set 'keyVaultSecretsProvider'",
    ]);
    expect(inTwoStacks({ keyVaultSecretsProvider: {} })).toEqual([]);
  });

  test('in the stack that makes the cluster, since their kind is not known before', () => {
    const app = testApp();
    const stack = new TerraformStack(app, 'one');
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    const cluster = new AksCluster(stack, 'cluster', {
      resourceGroup: RESOURCE_GROUP,
      clusterName: 'aks',
      keyVaultSecretsProvider: {},
    });
    new KubernetesProvider(stack, 'kubernetes', cluster.kubernetesProviderConfig(stack));
    const keyVault = KeyVault.fromKeyVaultName(stack, 'vault', { keyVaultName: 'shop-kv', resourceGroupName: 'rg' });
    new Worker(stack, 'worker', {
      name: 'worker',
      image: IMAGE,
      serviceAccount: cluster.addServiceAccount('web', { resourceGroup: RESOURCE_GROUP, serviceAccountName: 'web' }),
      environment: { PASSWORD: EnvValue.fromKeyVaultSecret(keyVault, 'password') },
    });

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining(
        'custom resources must be in another stack than their cluster, got one/worker/secrets-of-shop-kv in the stack',
      ),
    ]);
  });
});

test('an isolated workload needs no way out for an account that reads a Key Vault for it', () => {
  expect(problemsOf(({ password }) => ({ isolated: true, environment: { PASSWORD: password } }))).toEqual([]);
  expect(problemsOf(() => ({ isolated: true }))).toEqual([
    expect.stringContaining("'isolated' must allow outbound port 443 for pods"),
  ]);
});
