import type { ContainerRegistryCredentialSet } from '@cdktf/provider-azurerm/lib/container-registry-credential-set';
import { Construct, type IConstruct } from 'constructs';
import { azureNames } from '../azure/azure-names';
import { checkArguments, declared, isStandIn } from '../core/declared';
import { claimResource } from '../core/names/unique';
import { reportProblems } from '../core/problems/report';
import { type Violation, when } from '../core/problems/violation';
import { check, checkGiven, checkLiteral, orExample } from '../core/rules/rule';
import { show } from '../core/values/shown';
import type { GrantPrincipal, IGrantable } from '../identity/grants';
import type { IKeyVault } from '../key-vault/i-key-vault';
import { keyVaultSecretName } from '../key-vault/key-vault-rules';
import { credentialSetName } from './registry-value-rules';
import type { IAcrRegistry } from './i-acr-registry';
import { credentialSets } from './late-bindings';
import { hasEarlier, rememberCredentials } from './upstream-credentials';
import { upstreamRegistry } from './upstream-rules';

/** Properties of `AcrUpstreamCredentials`. */
export interface AcrUpstreamCredentialsProps {
  /** The registry that logs in. */
  readonly registry: IAcrRegistry;
  /** The host of the registry to which it logs in, such as "docker.io". Changing it replaces the credentials. */
  readonly upstream: string;
  /** The Key Vault with the user name and the password. */
  readonly keyVault: IKeyVault;
  /** The name of the secret with the user name. */
  readonly usernameSecretName: string;
  /** The name of the secret with the password, or preferably a read-only access token. */
  readonly passwordSecretName: string;
  /**
   * The name of the credentials in the registry: 5 to 50 letters, digits and "-". Changing it replaces them.
   *
   * @default - the upstream, with "-" instead of other characters
   */
  readonly credentialsName?: string;
}

/** Attributes of existing credentials of a registry. */
export interface AcrUpstreamCredentialsAttributes {
  /** The registry that has them. */
  readonly registry: IAcrRegistry;
  /** The host of the registry to which they belong, such as "docker.io". */
  readonly upstream: string;
  /** The name of the credentials in the registry: `az acr credential-set list`. */
  readonly credentialsName: string;
}

/**
 * Credentials with which a registry logs in to an upstream (a credential set), for all cached images from there.
 *
 * They remain in the Key Vault: the registry gets the role to read them, and reads them whenever it pulls. Terraform
 * only knows the names of the secrets. A new version of a secret needs no deployment.
 *
 * @see https://learn.microsoft.com/azure/container-registry/artifact-cache-cli#create-the-credentials
 *
 * @example
 * const keyVault = KeyVault.fromKeyVaultName(stack, 'vault', { keyVaultName: 'contoso-shop', resourceGroupName: 'shop' });
 * new AcrUpstreamCredentials(stack, 'docker-hub', {
 *   registry,
 *   upstream: 'docker.io',
 *   keyVault,
 *   usernameSecretName: 'docker-hub-user',
 *   passwordSecretName: 'docker-hub-token',
 * });
 * const redis = registry.cached('docker.io/library/redis', '7.2');
 */
export class AcrUpstreamCredentials extends Construct implements IGrantable {
  /** Existing credentials of a registry: nothing is looked up when Terraform runs. */
  public static fromCredentialsName(
    scope: Construct,
    id: string,
    attributes: AcrUpstreamCredentialsAttributes,
  ): IConstruct {
    return new ImportedUpstreamCredentials(scope, id, attributes);
  }

  /** The host of the upstream. */
  public readonly upstream: string;
  /** The name of the credentials in the registry. */
  public readonly credentialsName: string;
  private readonly resource: ContainerRegistryCredentialSet;

  constructor(scope: Construct, id: string, props: AcrUpstreamCredentialsProps) {
    super(scope, id);
    props = declared(this, 'AcrUpstreamCredentialsProps', props);
    const { registry, keyVault, upstream } = props;
    const name = props.credentialsName ?? orExample(upstreamRegistry, upstream).replace(/[^a-z0-9]+/g, '-');
    reportProblems(this, () => [
      ...checkLiteral(upstreamRegistry, 'upstream', upstream),
      ...checkGiven(keyVaultSecretName, 'usernameSecretName', props.usernameSecretName),
      ...checkGiven(keyVaultSecretName, 'passwordSecretName', props.passwordSecretName),
      ...check(credentialSetName, 'credentialsName', name),
      ...onceProblems(registry, upstream, hasEarlier(registry, this)),
    ]);
    this.upstream = upstream;
    this.credentialsName = name;
    this.resource = new (credentialSets().ContainerRegistryCredentialSet)(this, 'Resource', {
      name,
      containerRegistryId: registry.registryId,
      loginServer: upstream,
      identity: { type: 'SystemAssigned' },
      authenticationCredentials: {
        usernameSecretId: secretId(keyVault, props.usernameSecretName),
        passwordSecretId: secretId(keyVault, props.passwordSecretName),
      },
    });
    claimResource(this, 'credentialsName', this.resource, azureNames.credentialSet(name, registry.registryName));
    keyVault.grantReadSecrets(this);
    rememberCredentials(registry, this);
  }

  /** The identity of the credential set, which reads the secrets. */
  public get grantPrincipal(): GrantPrincipal {
    return { objectId: this.resource.identity.principalId, principalType: 'ServicePrincipal' };
  }

  /** The credential set and its role on the secrets. */
  public get prerequisites(): IConstruct[] {
    return [this];
  }
}

checkArguments(AcrUpstreamCredentials);

class ImportedUpstreamCredentials extends Construct {
  public readonly upstream: string;
  public readonly credentialsName: string;
  public readonly prerequisites: IConstruct[] = [];

  constructor(scope: Construct, id: string, { registry, upstream, credentialsName }: AcrUpstreamCredentialsAttributes) {
    super(scope, id);
    reportProblems(this, () => [
      ...checkLiteral(upstreamRegistry, 'upstream', upstream),
      ...checkGiven(credentialSetName, 'credentialsName', credentialsName),
      ...onceProblems(registry, upstream, hasEarlier(registry, this)),
    ]);
    this.upstream = upstream;
    this.credentialsName = credentialsName;
    rememberCredentials(registry, this);
  }
}

function secretId({ keyVaultName }: IKeyVault, secretName: string): string {
  return `https://${keyVaultName}.vault.azure.net/secrets/${secretName}`;
}

function onceProblems(registry: IAcrRegistry, upstream: string, isSecond: boolean): Violation[] {
  return when(
    isSecond && !isStandIn(registry),
    'upstream-credentials-once',
    () =>
      `'upstream' must be unique among the credentials of a registry, got ${show(upstream)} twice for ${registry.node.path}: cached images use it to find their credentials`,
  );
}
