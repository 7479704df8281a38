import { TerraformStack } from 'cdktf';
import fc from 'fast-check';
import {
  AcrRegistry,
  type AcrRegistryProps,
  AcrRoleAssignmentMode,
  AcrUpstreamCredentials,
  type AcrUpstreamCredentialsProps,
  AksCluster,
  type IAcrRegistry,
  type IKeyVault,
  KeyVault,
  Problems,
  VoteApp,
  Workload,
} from '../../../constructs';
import { cacheRuleName } from '../../../constructs/registry/cache-rule-names';
import { brokenInvariants } from '../../terraform-invariants';
import { at, type Json, only, RESOURCE_GROUP, synth, testApp, testStack, token, warningsOf } from '../../util';

const REGISTRY_ID = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/jminnacr';
const REDIS = 'docker.io/library/redis';

function registryIn(stack: TerraformStack, props: Partial<AcrRegistryProps> = {}, id = 'registry'): AcrRegistry {
  return new AcrRegistry(stack, id, { resourceGroup: RESOURCE_GROUP, registryName: 'jminnacr', ...props });
}

/** The same registry, as a program knows it that did not make it. */
function imported(stack: TerraformStack, id = 'imported'): IAcrRegistry {
  return AcrRegistry.fromRegistryAttributes(stack, id, { registryId: REGISTRY_ID, registryName: 'jminnacr' });
}

function vaultIn(stack: TerraformStack): IKeyVault {
  return KeyVault.fromKeyVaultName(stack, 'vault', { keyVaultName: 'contoso-shop', resourceGroupName: 'shop' });
}

function credentialsIn(
  stack: TerraformStack,
  registry: IAcrRegistry,
  props: Partial<AcrUpstreamCredentialsProps> = {},
  id = 'docker-hub',
): AcrUpstreamCredentials {
  return new AcrUpstreamCredentials(stack, id, {
    registry,
    upstream: 'docker.io',
    keyVault: props.keyVault ?? vaultIn(stack),
    usernameSecretName: 'hub-user',
    passwordSecretName: 'hub-token',
    ...props,
  });
}

function clusterIn(stack: TerraformStack): AksCluster {
  return new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
}

function rules(json: Json): { readonly [address: string]: object } {
  return json.resource?.azurerm_container_registry_cache_rule ?? {};
}

describe('cached', () => {
  test('is an image of the registry, with one rule for its repository', () => {
    const stack = testStack();
    const registry = registryIn(stack);
    const image = registry.cached('mcr.microsoft.com/dotnet/samples', 'aspnetapp');
    registry.cached('mcr.microsoft.com/dotnet/samples', 'dotnetapp');
    registry.cachedByDigest('mcr.microsoft.com/dotnet/samples', `sha256:${'0'.repeat(64)}`);
    new Workload(stack, 'web', { name: 'web', image, containerPort: 8080 });
    registry.grantPull(clusterIn(stack));
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(rules(json)).toEqual({
      'registry_cache-mcr-microsoft-com-dotnet-samples-b0154d55_1BDD2716': expect.objectContaining({
        name: 'mcr-microsoft-com-dotnet-samples-b0154d55',
        container_registry_id: '${azurerm_container_registry.registry_EFEA226F.id}',
        source_repo: 'mcr.microsoft.com/dotnet/samples',
        target_repo: 'mcr.microsoft.com/dotnet/samples',
      }),
    });
    expect(only(json, 'kubernetes_deployment_v1')).toMatchObject({
      depends_on: [
        expect.stringMatching(/^azurerm_container_registry_cache_rule\.registry_cache-mcr-/),
        expect.stringMatching(/^azurerm_role_assignment\.cluster_kubelet_pull-registry_/),
      ],
      spec: {
        template: {
          spec: {
            container: [
              expect.objectContaining({
                image:
                  '${azurerm_container_registry.registry_EFEA226F.login_server}/mcr.microsoft.com/dotnet/samples:aspnetapp',
              }),
            ],
          },
        },
      },
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test.each(['docker.io/redis', REDIS])('knows %s as an official image', (upstream) => {
    const stack = testStack();
    const registry = registryIn(stack);
    credentialsIn(stack, registry);
    const image = registry.cached(upstream, '7.2');

    expect(image.reference).toMatch(/\/docker\.io\/library\/redis:7\.2$/);
    expect(only(synth(stack), 'azurerm_container_registry_cache_rule')).toMatchObject({ source_repo: REDIS });
  });

  test.each([
    'docker.io/bitnami/charts',
    'mcr.microsoft.com/oss/nginx',
    'public.ecr.aws/docker/library/redis',
    'ghcr.io/owner/name',
    'quay.io/prometheus/node-exporter',
    'registry.k8s.io/pause',
    'gcr.io/distroless/static',
    'europe-west1-docker.pkg.dev/project/repository/image',
  ])('caches %s', (upstream) => {
    const stack = testStack();
    const registry = registryIn(stack);
    const host = upstream.split('/', 1)[0]!;
    const login = /^docker\.io|pkg\.dev$/.test(host);
    if (login) {
      credentialsIn(stack, registry, { upstream: host });
    }
    registry.cached(upstream, 'v1');

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_container_registry_cache_rule')).toHaveProperty('source_repo', upstream);
  });

  test.each([
    ['redis', 'images of Docker Hub begin with "docker.io/"'],
    ['library/redis', 'images of Docker Hub begin with "docker.io/"'],
    ['index.docker.io/library/redis', 'images of Docker Hub begin with "docker.io/"'],
    ['registry.hub.docker.com/library/redis', 'images of Docker Hub begin with "docker.io/"'],
    ['docker.io/library/redis:7.2', 'give the tag or the digest by itself'],
    ['registry.gitlab.com/group/project', 'Azure supports no others'],
    ['other.azurecr.io/app', 'version 4.55 of the provider cannot set the identity'],
    ['docker.io', 'Azure supports no others'],
    ['docker.io/Library/redis', 'Azure supports no others'],
    ['docker.io/library/*', 'Azure supports no others'],
    ['constructor/x', 'images of Docker Hub begin with "docker.io/"'],
    ['toString', 'images of Docker Hub begin with "docker.io/"'],
  ])('refuses %s, once, and makes no rule for it', (upstream, reason) => {
    const stack = testStack();
    const registry = registryIn(stack);
    new Workload(stack, 'web', { name: 'web', image: registry.cached(upstream, '7.2'), containerPort: 80 });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(
        /^\[stack\/registry\] cached\(".*", "7\.2"\): 'upstream' must be a repository with its registry/,
      ),
    ]);
    expect(Problems.of(stack)[0]).toContain(reason);
    expect(rules(synth(stack))).toEqual({});
  });

  test('must know the repository, and checks tags and digests', () => {
    const stack = testStack();
    const registry = registryIn(stack);
    registry.cached(token(stack).stringValue, 'v1');
    registry.cached('ghcr.io/a/b', 'v 1');
    registry.cachedByDigest('ghcr.io/a/b', 'sha256:1');

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("'upstream' must be known when the program runs"),
      expect.stringContaining("'tag' must be 1 to 128"),
      expect.stringContaining("'digest' must be a digest"),
    ]);
  });

  test('warns of a retired source, which the name of the registry would hide', () => {
    const stack = testStack();
    const registry = registryIn(stack);
    credentialsIn(stack, registry);
    registry.cached('docker.io/bitnami/redis', '7.2');

    expect(warningsOf(stack)).toEqual([expect.stringContaining('"docker.io/bitnami/redis" is from a retired source')]);
  });

  test('makes one rule for one registry, whichever construct stands for it', () => {
    const stack = testStack();
    registryIn(stack).cached('ghcr.io/a/b', 'v1');
    imported(stack).cached('ghcr.io/a/b', 'v2');

    expect(Object.keys(rules(synth(stack)))).toHaveLength(1);
  });

  test('warns of rules of two stacks for one repository', () => {
    const app = testApp();
    const [one, two] = [testStack(app, 'one'), testStack(app, 'two')];
    imported(one).cached('ghcr.io/a/b', 'v1');
    imported(two).cached('ghcr.io/a/b', 'v1');

    expect(warningsOf(two)).toEqual([
      expect.stringContaining('"ghcr.io/a/b" is cached by one/imported/cache-ghcr-io-a-b-'),
    ]);
  });

  test('comes before workloads of other stacks', () => {
    const app = testApp();
    const [platform, application] = [testStack(app, 'platform'), testStack(app, 'application')];
    const image = registryIn(platform).cached('ghcr.io/a/b', 'v1');
    new Workload(application, 'web', { name: 'web', image, containerPort: 80 });
    synth(application);

    expect(application.dependsOn(platform)).toBe(true);
    expect(Problems.of(app)).toEqual([]);
  });

  test('lets the vote application run on a redis from there', () => {
    const stack = testStack();
    const registry = registryIn(stack);
    credentialsIn(stack, registry);
    registry.grantPull(clusterIn(stack));
    new VoteApp(stack, 'vote', {
      namePrefix: 'vote',
      front: { image: registry.image('azure-vote-front', 'v1') },
      backend: { image: registry.cached(REDIS, '7.2') },
    });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(at(json, 'kubernetes_deployment_v1', 'vote_back')).toMatchObject({
      depends_on: expect.arrayContaining([expect.stringMatching(/^azurerm_container_registry_cache_rule\./)]),
    });
    expect(brokenInvariants(json)).toEqual([]);
  });
});

describe('the names of cache rules', () => {
  const part = fc.stringMatching(/^[a-z0-9]+([._-][a-z0-9]+)*$/).filter((text) => text.length <= 60);
  const upstream = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => ['ghcr.io', ...parts].join('/'));

  test('are those that the provider takes, and the same in every run', () => {
    fc.assert(
      fc.property(upstream, (repository) => {
        const name = cacheRuleName(repository);
        expect(name).toMatch(/^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$/);
        expect(name.length).toBeGreaterThanOrEqual(5);
        expect(name.length).toBeLessThan(50);
        expect(cacheRuleName(repository)).toBe(name);
      }),
    );
  });

  test('tell repositories apart that are spelled alike', () => {
    const alike = ['quay.io/a/b-c', 'quay.io/a-b/c', 'quay.io/a.b/c', 'quay.io/a_b/c', `quay.io/${'a'.repeat(60)}/x`];
    const names = [...alike, `quay.io/${'a'.repeat(60)}/y`].map(cacheRuleName);

    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the credentials of a registry for an upstream', () => {
  test('are needed for Docker Hub and for regions of Google, where Azure rejects a rule without', () => {
    const stack = testStack();
    const registry = registryIn(stack);
    registry.cached(REDIS, '7.2');
    registry.cached('us-docker.pkg.dev/project/repository/image', 'v1');

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(
        /^\[stack\/registry\/cache-docker-io-library-redis-\w+\] "docker\.io\/library\/redis" can only be cached with credentials for docker\.io.*create an AcrUpstreamCredentials for stack\/registry with 'upstream' "docker\.io"$/,
      ),
      expect.stringContaining('with \'upstream\' "us-docker.pkg.dev"'),
    ]);
  });

  test('are names of secrets, a role on them, and no password', () => {
    const stack = testStack();
    const registry = registryIn(stack);
    registry.cached(REDIS, '7.2');
    credentialsIn(stack, registry);
    const json = synth(stack);

    expect(only(json, 'azurerm_container_registry_credential_set')).toMatchObject({
      name: 'docker-io',
      container_registry_id: '${azurerm_container_registry.registry_EFEA226F.id}',
      login_server: 'docker.io',
      identity: { type: 'SystemAssigned' },
      authentication_credentials: {
        username_secret_id: 'https://contoso-shop.vault.azure.net/secrets/hub-user',
        password_secret_id: 'https://contoso-shop.vault.azure.net/secrets/hub-token',
      },
    });
    expect(only(json, 'azurerm_role_assignment')).toMatchObject({
      scope: expect.stringMatching(/^\$\{data\.azurerm_key_vault\.vault_\w+\.id\}$/),
      role_definition_name: 'Key Vault Secrets User',
      principal_id: expect.stringMatching(
        /^\$\{azurerm_container_registry_credential_set\.docker-hub_\w+\.identity\[0\]\.principal_id\}$/,
      ),
      principal_type: 'ServicePrincipal',
    });
  });

  test('are found by every rule for their upstream, after their role, whichever came first', () => {
    const stack = testStack();
    const registry = registryIn(stack);
    registry.cached(REDIS, '7.2');
    registry.cached('quay.io/a/b', 'v1');
    credentialsIn(stack, registry);
    registry.cached('docker.io/library/nginx', '1.27');
    const json = synth(stack);
    const withLogin = {
      credential_set_id: '${azurerm_container_registry.registry_EFEA226F.id}/credentialSets/docker-io',
      depends_on: [
        expect.stringMatching(/^azurerm_container_registry_credential_set\.docker-hub_/),
        expect.stringMatching(/^azurerm_role_assignment\.docker-hub_/),
      ],
    };

    expect(at(json, 'azurerm_container_registry_cache_rule', 'registry_cache-docker-io-library-redis')).toMatchObject(
      withLogin,
    );
    expect(at(json, 'azurerm_container_registry_cache_rule', 'registry_cache-docker-io-library-nginx')).toMatchObject(
      withLogin,
    );
    const quay = at(json, 'azurerm_container_registry_cache_rule', 'registry_cache-quay-io');
    expect(quay).not.toHaveProperty('credential_set_id');
    expect(quay).not.toHaveProperty('depends_on');
  });

  test('of a platform serve rules of an application, without an output', () => {
    const app = testApp();
    const [platform, application] = [testStack(app, 'platform'), testStack(app, 'application')];
    credentialsIn(platform, registryIn(platform));
    imported(application).cached(REDIS, '7.2');
    const json = synth(application);

    expect(Problems.of(app)).toEqual([]);
    expect(application.dependsOn(platform)).toBe(true);
    expect(only(json, 'azurerm_container_registry_cache_rule')).toMatchObject({
      credential_set_id: `${REGISTRY_ID}/credentialSets/docker-io`,
    });
    expect(json.data).toBeUndefined();
  });

  test('may be there already', () => {
    const stack = testStack();
    const registry = imported(stack);
    AcrUpstreamCredentials.fromCredentialsName(stack, 'docker-hub', {
      registry,
      upstream: 'docker.io',
      credentialsName: 'hub-login',
    });
    registry.cached(REDIS, '7.2');

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_container_registry_cache_rule')).toMatchObject({
      credential_set_id: `${REGISTRY_ID}/credentialSets/hub-login`,
    });
  });

  test.each([
    ['mcr.microsoft.com', 'Azure pulls from it anonymously'],
    ['public.ecr.aws', 'Azure pulls from it anonymously'],
    ['registry.gitlab.com', 'it caches images of docker.io'],
  ])('are refused for %s', (upstream, reason) => {
    const stack = testStack();
    credentialsIn(stack, registryIn(stack), { upstream });

    expect(Problems.of(stack)).toEqual([expect.stringContaining(reason)]);
  });

  test('are there once for an upstream', () => {
    const stack = testStack();
    const registry = registryIn(stack);
    const keyVault = vaultIn(stack);
    credentialsIn(stack, registry, { keyVault });
    credentialsIn(stack, registry, { keyVault, credentialsName: 'another' }, 'again');

    expect(Problems.of(stack)).toEqual([
      `[stack/again] 'upstream' must be unique among the credentials of a registry, got "docker.io" twice for ` +
        'stack/registry: cached images use it to find their credentials',
    ]);
  });

  test('serve registries with permissions by repository as well', () => {
    const stack = testStack();
    const registry = registryIn(stack, { roleAssignmentMode: AcrRoleAssignmentMode.REPOSITORIES });
    const image = registry.cached('ghcr.io/a/b', 'v1');
    registry.grantPull(clusterIn(stack));
    new Workload(stack, 'web', { name: 'web', image, containerPort: 80 });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Container Registry Repository Reader',
    });
  });
});
