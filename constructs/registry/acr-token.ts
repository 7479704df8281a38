import type { ContainerRegistryToken } from '@cdktf/provider-azurerm/lib/container-registry-token';
import type { ContainerRegistryTokenPassword } from '@cdktf/provider-azurerm/lib/container-registry-token-password';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { azureNames } from '../azure/azure-names';
import { checkArguments, declared } from '../core/declared';
import { claimResource } from '../core/names/unique';
import { reportProblems } from '../core/problems/report';
import { checkGiven, checkLiteral, orExample } from '../core/rules/rule';
import type { IAcrScopeMap } from './acr-scope-map';
import { tokenRotations, tokens } from './late-bindings';
import { createInRegistry } from './registry-prerequisites';
import { tokenName, tokenValidDays } from './registry-value-rules';

/** Properties of `AcrToken`. */
export interface AcrTokenProps {
  /** The permissions of the token, and their registry. */
  readonly scopeMap: IAcrScopeMap;
  /** The name of the token, which is also its user name: 5 to 49 letters, digits and "-". Changing it replaces the token. */
  readonly tokenName: string;
  /**
   * Whether the token works.
   *
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * The number of days that its password is valid, at least 2. The first deployment in the second half of this period
   * creates the next password, and invalidates the old one.
   *
   * @default 90
   */
  readonly passwordValidDays?: number;
}

/** The default number of days that a password is valid. */
const DEFAULT_VALID_DAYS = 90;

/**
 * A user name and a password for a registry, with the permissions of a scope map: for devices, partners and tools that
 * have no identity in Microsoft Entra ID. Clusters, workloads and pipelines in Azure need no password: use `grantPull`.
 *
 * The password is only in the Terraform state, as a sensitive value: pass it on as an attribute, such as to a secret of
 * a Key Vault. It expires. The next password replaces it in place, and invalidates the old one: for clients that need
 * an uninterrupted password, create two tokens and switch between them.
 *
 * Needs the `time` provider in the stack, which remembers the date.
 *
 * @alias adminEnabled, adminUserEnabled
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions
 *
 * @example
 * const scopeMap = new AcrScopeMap(stack, 'partners', {
 *   registry,
 *   scopeMapName: 'partners',
 *   permissions: [AcrPermission.pull('shop/*')],
 * });
 * const token = new AcrToken(stack, 'contoso', { scopeMap, tokenName: 'contoso', passwordValidDays: 30 });
 * new Workload(stack, 'mirror', {
 *   name: 'mirror',
 *   image: registry.image('mirror', 'v1'),
 *   containerPort: 8080,
 *   environment: { PASSWORD: EnvValue.fromSecretValue(token.password) },
 * });
 */
export class AcrToken extends Construct {
  /** The user name. */
  public readonly tokenName: string;
  private readonly resource: ContainerRegistryToken;
  private readonly passwords: ContainerRegistryTokenPassword;

  constructor(scope: Construct, id: string, props: AcrTokenProps) {
    super(scope, id);
    props = declared(this, 'AcrTokenProps', props);
    const { scopeMap, passwordValidDays: validDays = DEFAULT_VALID_DAYS } = props;
    const { registry } = scopeMap;
    reportProblems(this, () => [
      ...checkGiven(tokenName, 'tokenName', props.tokenName),
      ...checkLiteral(tokenValidDays, 'passwordValidDays', validDays),
    ]);
    this.tokenName = props.tokenName;
    this.resource = new (tokens().ContainerRegistryToken)(this, 'Resource', {
      name: props.tokenName,
      resourceGroupName: registry.resourceGroupName,
      containerRegistryName: registry.registryName,
      scopeMapId: scopeMap.scopeMapId,
      ...(props.enabled === undefined ? {} : { enabled: props.enabled }),
    });
    claimResource(this, 'tokenName', this.resource, azureNames.token(props.tokenName, registry.registryName));
    createInRegistry(this.resource, registry);
    this.passwords = this.createPassword(orExample(tokenValidDays, validDays));
  }

  /** The Azure resource id of the token. */
  public get tokenId(): string {
    return this.resource.id;
  }

  /** The password: a reference to a sensitive attribute. */
  public get password(): string {
    return this.passwords.password1.value;
  }

  private createPassword(validDays: number): ContainerRegistryTokenPassword {
    const rotation = new (tokenRotations().Rotating)(this, 'rotation', { rotationDays: Math.floor(validDays / 2) });
    return new (tokens().ContainerRegistryTokenPassword)(this, 'password', {
      containerRegistryTokenId: this.resource.id,
      password1: { expiry: Fn.timeadd(rotation.rfc3339, `${validDays * 24}h`) },
    });
  }
}

checkArguments(AcrToken);
