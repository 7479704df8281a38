import type { ServicePrincipal as EntraServicePrincipal } from '@cdktf/provider-azuread/lib/service-principal';
import type { ServicePrincipalPassword } from '@cdktf/provider-azuread/lib/service-principal-password';
import type { Rotating } from '@cdktf/provider-time/lib/rotating';
import type { Sleep } from '@cdktf/provider-time/lib/sleep';
import { Fn, Op, Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { displayName, passwordRotationDays, passwordValidDays, propagationSeconds, uuid } from './identity-rules';
import { entraBindings, rotations, sleeps } from './late-bindings';
import { numberText } from '../core/values/number-text';
import { createAfter } from '../core/order/order';
import { check, checkEach, checkGiven, checkLiteral, orExample } from '../core/rules/rule';
import { isKnown } from '../core/values/known';
import { preventDestroy as keep } from '../azure/protection';
import type { GrantPrincipal, IGrantable } from './grants';
import { type Violation, violation } from '../core/problems/violation';
import { reportProblems } from '../core/problems/report';

/** A service principal that a cluster can use as its identity, created here or elsewhere. */
export interface IServicePrincipal extends IGrantable {
  /** The client id (also called application id), with which the cluster logs in. */
  readonly clientId: string;
  /** The password, as a reference: never a literal. */
  readonly clientSecret: string;
  /** The constructs that must exist before the principal can be used. */
  readonly prerequisites: IConstruct[];
}

/** Properties of `ServicePrincipal`. */
export interface ServicePrincipalProps {
  /** The name of the application and its service principal, as Microsoft Entra ID shows it. */
  readonly displayName: string;
  /**
   * The object ids of the users and service principals that own the application and its service principal, in addition
   * to the principal that deploys: owners can replace the password without being administrators. Specify everyone who
   * deploys, or each deployment by someone else changes the owners. Groups cannot be owners.
   *
   * @default - the principal that deploys first; later deployments do not change the owners
   * @see https://learn.microsoft.com/entra/identity/enterprise-apps/overview-assign-app-owners
   */
  readonly owners?: string[];
  /**
   * The days that a password is valid, 2 to 730.
   *
   * @default 365
   */
  readonly passwordValidDays?: number;
  /**
   * The days after which the next deployment replaces the password: fewer than it is valid.
   *
   * @default - half of the days that it is valid for
   */
  readonly passwordRotationDays?: number;
  /**
   * The seconds to wait, 0 to 900, until Microsoft Entra ID knows a new principal or password everywhere. A cluster
   * that is created sooner fails with `ServicePrincipalNotFound`.
   *
   * @default 60
   */
  readonly propagationSeconds?: number;
  /**
   * Makes Terraform reject every plan that would destroy or replace the application or its service principal, since
   * they would be recreated with other ids and without their roles. The password is still rotated.
   *
   * @default false
   * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy
   */
  readonly preventDestroy?: boolean;
}

/** Attributes of an existing service principal. */
export interface ServicePrincipalAttributes {
  /** The client id (also called application id). */
  readonly clientId: string;
  /** The object id of the service principal, which roles are given to: `az ad sp show --id <clientId> --query id`. */
  readonly objectId: string;
  /** The password: a reference, such as the `stringValue` of a sensitive `TerraformVariable`; a literal is a problem. */
  readonly clientSecret: string;
}

/** The default number of days that a password is valid. */
const DEFAULT_VALID_DAYS = 365;
const DEFAULT_PROPAGATION_SECONDS = 60;
const DAY_SECONDS = 86_400;

/**
 * A service principal with its application and a password, which expires and is replaced before it does.
 *
 * Prefer the identity that Azure creates for a cluster: it has no password that can leak or expire. The password is in
 * the Terraform state. A deployment after the rotation date creates the next password, passes it to the cluster, and
 * then removes the old one; without a deployment before the password expires, the cluster can no longer use Azure.
 *
 * Needs the `azuread` and the `time` provider in the stack. The `time` provider waits and remembers the date, since a
 * local command would depend on the operating system, and the clock must not be read when the program runs.
 *
 * @see https://learn.microsoft.com/azure/aks/kubernetes-service-principal
 *
 * @example
 * const principal = new ServicePrincipal(stack, 'principal', { displayName: 'shop-aks' });
 * new AksCluster(stack, 'cluster', {
 *   resourceGroup,
 *   clusterName: 'shop-aks',
 *   identity: ClusterIdentity.servicePrincipal(principal),
 * });
 */
export class ServicePrincipal extends Construct implements IServicePrincipal {
  /** An existing service principal, such as one that an administrator created. */
  public static fromServicePrincipalAttributes(
    scope: Construct,
    id: string,
    attributes: ServicePrincipalAttributes,
  ): IServicePrincipal {
    return new ImportedServicePrincipal(scope, id, attributes);
  }

  public readonly clientId: string;
  public readonly clientSecret: string;
  public readonly grantPrincipal: GrantPrincipal;
  /** The end of its password in seconds since 1970, as a token. @internal */
  public readonly _passwordEnd: string;
  private readonly wait: Sleep;

  constructor(scope: Construct, id: string, props: ServicePrincipalProps) {
    super(scope, id);
    props = declared(this, 'ServicePrincipalProps', props);
    const validDays = props.passwordValidDays ?? DEFAULT_VALID_DAYS;
    const rotationDays = props.passwordRotationDays ?? defaultRotationDays(validDays);
    const waitSeconds = props.propagationSeconds ?? DEFAULT_PROPAGATION_SECONDS;
    reportProblems(this, () => [
      ...checkGiven(displayName, 'displayName', props.displayName),
      ...checkEach(uuid, 'owners', props.owners),
      ...checkLiteral(passwordValidDays, 'passwordValidDays', validDays),
      ...rotationProblems(rotationDays, validDays),
      ...check(propagationSeconds, 'propagationSeconds', waitSeconds),
    ]);

    const principal = this.createPrincipal(props);
    createAfter(principal, () => []);
    const rotation = new (rotations().Rotating)(this, 'rotation', { rotationDays });
    const password = this.createPassword(principal, validDays, rotation);
    this._passwordEnd = Token.asString(Op.add(rotation.unix, Op.mul(validDays, DAY_SECONDS)));
    this.wait = new (sleeps().Sleep)(this, 'propagation', {
      createDuration: `${numberText(waitSeconds)}s`,
      triggers: { password: password.keyId },
    });
    this.clientId = principal.clientId;
    this.clientSecret = password.value;
    this.grantPrincipal = { objectId: principal.objectId, principalType: 'ServicePrincipal' };
  }

  public get prerequisites(): IConstruct[] {
    return [this.wait];
  }

  private createPrincipal({ displayName: name, owners, preventDestroy }: ServicePrincipalProps): EntraServicePrincipal {
    const bindings = entraBindings();
    const creator = new bindings.DataAzureadClientConfig(this, 'creator', {});
    // without an owner, a creator who is not an administrator could not add the password
    const ownership =
      owners === undefined
        ? // the next deployment may be by somebody else, and must not change the owners
          { owners: [creator.objectId], lifecycle: { ignoreChanges: ['owners'] } }
        : { owners: Token.asList(Fn.distinct(Fn.concat([[creator.objectId], owners]))) };
    const application = new bindings.Application(this, 'application', { displayName: name, ...ownership });
    const principal = new bindings.ServicePrincipal(this, 'Resource', { clientId: application.clientId, ...ownership });
    if (preventDestroy === true) {
      [application, principal].forEach(keep);
    }
    return principal;
  }

  private createPassword(
    principal: EntraServicePrincipal,
    validDays: number,
    rotation: Rotating,
  ): ServicePrincipalPassword {
    return new (entraBindings().ServicePrincipalPassword)(this, 'password', {
      servicePrincipalId: principal.id,
      endDate: Fn.timeadd(rotation.rfc3339, `${validDays * 24}h`),
      rotateWhenChanged: { rotation: rotation.id },
      // the cluster has the next password before this one is removed
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

checkArguments(ServicePrincipal);

/** Half of the days that a password is valid. */
function defaultRotationDays(validDays: number): number {
  return Math.floor((isKnown(validDays) ? orExample(passwordValidDays, validDays) : DEFAULT_VALID_DAYS) / 2);
}

function rotationProblems(rotationDays: number, validDays: number): Violation[] {
  const problems = check(passwordRotationDays, 'passwordRotationDays', rotationDays);
  const areKnown = isKnown(rotationDays) && isKnown(validDays);
  if (problems.length > 0 || !areKnown || rotationDays < orExample(passwordValidDays, validDays)) {
    return problems;
  }
  return [
    violation(
      'password-rotation-before-end',
      `'passwordRotationDays' must be less than 'passwordValidDays' (${validDays}), got ${rotationDays}: ` +
        'the password would expire before it is replaced',
    ),
  ];
}

class ImportedServicePrincipal extends Construct implements IServicePrincipal {
  public readonly clientId: string;
  public readonly clientSecret: string;
  public readonly grantPrincipal: GrantPrincipal;
  public readonly prerequisites: IConstruct[] = [];

  constructor(scope: Construct, id: string, attributes: ServicePrincipalAttributes) {
    super(scope, id);
    reportProblems(this, () => attributesProblems(attributes));
    this.clientId = attributes.clientId;
    this.clientSecret = attributes.clientSecret;
    this.grantPrincipal = { objectId: attributes.objectId, principalType: 'ServicePrincipal' };
  }
}

/** Whether a value is a reference as a whole, and not a text that contains one. */
function isReference(value: string): boolean {
  return Token.isUnresolved(value) && /^\$\{TfToken\[[^\]]+\]\}$/.test(value);
}

function attributesProblems({ clientId, objectId, clientSecret }: ServicePrincipalAttributes): Violation[] {
  const problems = [...checkGiven(uuid, 'clientId', clientId), ...checkGiven(uuid, 'objectId', objectId)];
  if (isKnown(objectId) && String(objectId).toLowerCase() === String(clientId).toLowerCase()) {
    problems.push(
      violation(
        'object-id-not-client-id',
        "'objectId' must be the id of the service principal and not the client id: a role assigned to the client id has " +
          "no effect. Find it with 'az ad sp show --id <clientId> --query id'",
      ),
    );
  }
  if (!isReference(clientSecret)) {
    problems.push(
      violation(
        'secret-not-literal',
        "'clientSecret' must not be a literal, since the synthesized JSON would contain it: pass the 'stringValue' of a " +
          "TerraformVariable with 'sensitive: true'",
      ),
    );
  }
  return problems;
}
