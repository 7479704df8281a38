import type { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import type { TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { checkArguments, declared } from '../../core/declared';
import { claimResource } from '../../core/names/unique';
import { createAfter } from '../../core/order/order';
import { reportProblems } from '../../core/problems/report';
import { check, checkGiven } from '../../core/rules/rule';
import { kubernetesNames } from '../../kubernetes/kubernetes-names';
import { namespaceName, objectName, serviceAccountName } from '../../kubernetes/kubernetes-rules';
import { namespacesFirst } from '../../kubernetes/namespaces';
import { requireChosenProvider } from '../../stack-checks/kubernetes-provider';
import type { IKubernetesServiceAccount } from './i-kubernetes-service-account';
import type { KubernetesGrant, KubernetesGrantOptions } from './kubernetes-grant';
import type { KubernetesRole } from './kubernetes-role';
import { serviceAccounts } from './late-bindings';
import { RoleBindings } from './role-bindings';

/** Properties of `KubernetesServiceAccount`. */
export interface KubernetesServiceAccountProps {
  /**
   * Its name: 3 to 63 lower-case letters, digits and "-". Changing it replaces the service account.
   */
  readonly serviceAccountName: string;
  /**
   * Its namespace, which is that of its pods: its name, or the `namespaceName` of a `KubernetesNamespace`.
   *
   * @default "default"
   */
  readonly namespace?: string;
  /**
   * The provider of its cluster.
   *
   * @default - the only Kubernetes provider of the stack
   */
  readonly provider?: TerraformProvider;
}

/** Attributes of an existing service account. */
export interface ServiceAccountAttributes {
  /** Its name. */
  readonly serviceAccountName: string;
  /**
   * Its namespace.
   *
   * @default "default"
   */
  readonly namespace?: string;
  /**
   * Whether its pods use the Kubernetes API, with roles that it already has.
   *
   * @default - true if `grant` is called
   */
  readonly usesKubernetesApi?: boolean;
  /**
   * The provider of its cluster.
   *
   * @default - the only Kubernetes provider of the stack
   */
  readonly provider?: TerraformProvider;
}

/**
 * A service account for pods, to use the Kubernetes API with its own roles. For pods that use Azure, see
 * `AksServiceAccount`, which can be given both.
 *
 * @example
 * const serviceAccount = new KubernetesServiceAccount(stack, 'orders-account', { serviceAccountName: 'orders' });
 * serviceAccount.grant('view', KubernetesRole.view());
 * new Worker(stack, 'orders', { name: 'orders', image: registry.image('orders', 'v1'), serviceAccount });
 *
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/
 */
export class KubernetesServiceAccount extends Construct implements IKubernetesServiceAccount {
  /** An existing service account, such as one that an operator created. */
  public static fromServiceAccountAttributes(
    scope: Construct,
    id: string,
    attributes: ServiceAccountAttributes,
  ): IKubernetesServiceAccount {
    return new ImportedServiceAccount(scope, id, attributes);
  }

  /** The name of the service account. */
  public readonly serviceAccountName: string;
  /** The namespace of the service account. */
  public readonly namespace: string;
  /** The labels that pods need to run as it: none. */
  public readonly podLabels: { readonly [label: string]: string } = {};
  private readonly bindings: RoleBindings;
  private readonly resource: ServiceAccountV1;

  constructor(scope: Construct, id: string, props: KubernetesServiceAccountProps) {
    super(scope, id);
    props = declared(this, 'KubernetesServiceAccountProps', props);
    this.serviceAccountName = props.serviceAccountName;
    this.namespace = props.namespace ?? 'default';
    reportProblems(this, () => [
      ...checkGiven(serviceAccountName, 'serviceAccountName', props.serviceAccountName),
      ...check(namespaceName, 'namespace', props.namespace),
    ]);
    requireChosenProvider(this);
    namespacesFirst(this);
    this.bindings = new RoleBindings(this, props.provider);
    this.resource = new (serviceAccounts().ServiceAccountV1)(this, 'Resource', {
      provider: props.provider,
      metadata: { name: this.serviceAccountName, namespace: this.namespace },
      // pods that need a token mount it explicitly
      automountServiceAccountToken: false,
    });
    claimResource(
      this,
      'serviceAccountName',
      this.resource,
      kubernetesNames.serviceAccount(this.serviceAccountName, this.namespace, props.provider),
    );
    createAfter(this.resource, () => []);
  }

  /** Whether pods get a token for the Kubernetes API: they do if it has a role. */
  public get usesKubernetesApi(): boolean | undefined {
    return this.bindings.all.length > 0;
  }

  /** The constructs that must exist before pods run as it. */
  public get prerequisites(): IConstruct[] {
    return [this.resource, ...this.bindings.all];
  }

  public grant(id: string, role: KubernetesRole, options: KubernetesGrantOptions = {}): KubernetesGrant {
    return this.bindings.give(id, role, options);
  }
}

checkArguments(KubernetesServiceAccount);

class ImportedServiceAccount extends Construct implements IKubernetesServiceAccount {
  public readonly serviceAccountName: string;
  public readonly namespace: string;
  public readonly podLabels: { readonly [label: string]: string } = {};
  private readonly bindings: RoleBindings;

  constructor(
    scope: Construct,
    id: string,
    private readonly attributes: ServiceAccountAttributes,
  ) {
    super(scope, id);
    this.serviceAccountName = attributes.serviceAccountName;
    this.namespace = attributes.namespace ?? 'default';
    this.bindings = new RoleBindings(this, attributes.provider);
    reportProblems(this, () => [
      ...checkGiven(objectName, 'serviceAccountName', attributes.serviceAccountName),
      ...check(namespaceName, 'namespace', attributes.namespace),
    ]);
    requireChosenProvider(this);
    namespacesFirst(this);
  }

  public get usesKubernetesApi(): boolean {
    return this.attributes.usesKubernetesApi ?? this.bindings.all.length > 0;
  }

  public get prerequisites(): IConstruct[] {
    return [...this.bindings.all];
  }

  public grant(id: string, role: KubernetesRole, options: KubernetesGrantOptions = {}): KubernetesGrant {
    return this.bindings.give(id, role, options);
  }
}

checkArguments(ImportedServiceAccount, 'IKubernetesServiceAccount');
