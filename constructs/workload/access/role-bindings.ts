import type { TerraformProvider, TerraformResource } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { addChild } from '../../core/names/add-child';
import { createAfter } from '../../core/order/order';
import { reportProblems, reportWarnings } from '../../core/problems/report';
import { type Violation, when } from '../../core/problems/violation';
import { check } from '../../core/rules/rule';
import { namespaceName } from '../../kubernetes/kubernetes-rules';
import type { IServiceAccount } from '../../kubernetes/service-account';
import { requireSideBySide } from '../../stack-checks/side-by-side';
import { clusterRoleBindings, clusterRoles, roleBindings, roles } from './late-bindings';
import { KubernetesGrant, type KubernetesGrantOptions } from './kubernetes-grant';
import type { KubernetesRole, PolicyRule } from './kubernetes-role';

const API_GROUP = 'rbac.authorization.k8s.io';

/** The Kubernetes roles of a service account. */
export class RoleBindings {
  private readonly grants = new Map<IConstruct, KubernetesGrant>();

  constructor(
    private readonly account: IServiceAccount,
    private readonly provider: TerraformProvider | undefined,
  ) {}

  /** The constructs of the roles, which must exist before pods use the Kubernetes API. */
  public get all(): readonly IConstruct[] {
    return [...this.grants.keys()];
  }

  /** Gives the service account a role. */
  public give(grantId: string, role: KubernetesRole, options: KubernetesGrantOptions): KubernetesGrant {
    const scope = addChild(this.account, grantId, 'grant', Construct, (ownId) =>
      this.createGrant(ownId, role, options),
    );
    const grant = this.grants.get(scope) ?? KubernetesGrant._of(this.account, scope);
    this.grants.set(scope, grant);
    return grant;
  }

  private createGrant(id: string, role: KubernetesRole, options: KubernetesGrantOptions): Construct {
    const scope = new Construct(this.account, id);
    reportProblems(scope, () => [...role._problems('role'), ...optionProblems(options)]);
    reportWarnings(scope, role._warnings('role'));
    const binding =
      options.wholeCluster === true ? this.bindCluster(scope, role) : this.bindNamespace(scope, role, options);
    requireSideBySide(scope);
    createAfter(binding, () => []);
    return scope;
  }

  private bindNamespace(scope: Construct, role: KubernetesRole, options: KubernetesGrantOptions): TerraformResource {
    const { provider, account } = this;
    const namespace = options.namespace ?? account.namespace;
    const name =
      namespace === account.namespace ? `${account.serviceAccountName}-${role.roleName}` : this.longName(role);
    const metadata = { name, namespace };
    let roleRef = { apiGroup: API_GROUP, kind: 'ClusterRole', name: role.roleName };
    if (role._rules !== undefined) {
      const own = new (roles().RoleV1)(scope, 'role', { provider, metadata, rule: role._rules.map(renderRule) });
      roleRef = { apiGroup: API_GROUP, kind: 'Role', name: own.metadata.name };
    }
    const { RoleBindingV1 } = roleBindings();
    return new RoleBindingV1(scope, 'Resource', { provider, metadata, roleRef, subject: [this.subject] });
  }

  private bindCluster(scope: Construct, role: KubernetesRole): TerraformResource {
    const { provider } = this;
    const metadata = { name: this.longName(role) };
    let roleRef = { apiGroup: API_GROUP, kind: 'ClusterRole', name: role.roleName };
    if (role._rules !== undefined) {
      const { ClusterRoleV1 } = clusterRoles();
      const own = new ClusterRoleV1(scope, 'role', { provider, metadata, rule: role._rules.map(renderRule) });
      roleRef = { ...roleRef, name: own.metadata.name };
    }
    const { ClusterRoleBindingV1 } = clusterRoleBindings();
    return new ClusterRoleBindingV1(scope, 'Resource', { provider, metadata, roleRef, subject: [this.subject] });
  }

  /** A name that is different for service accounts of different namespaces. */
  private longName(role: KubernetesRole): string {
    return `${this.account.namespace}-${this.account.serviceAccountName}-${role.roleName}`;
  }

  private get subject(): { kind: string; name: string; namespace: string } {
    return { kind: 'ServiceAccount', name: this.account.serviceAccountName, namespace: this.account.namespace };
  }
}

function renderRule({ apiGroups = [''], resources, verbs, resourceNames }: PolicyRule): {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
  resourceNames?: string[];
} {
  return { apiGroups, resources, verbs, resourceNames };
}

function optionProblems({ namespace, wholeCluster }: KubernetesGrantOptions): Violation[] {
  return [
    ...check(namespaceName, 'namespace', namespace),
    ...when(
      wholeCluster === true && namespace !== undefined,
      'grant-of-namespace-or-cluster',
      () => `'namespace' must not be given with 'wholeCluster', got ${namespace}: remove one of them`,
    ),
  ];
}
