import { checkArguments } from '../../core/declared';
import { type Violation, when } from '../../core/problems/violation';
import { emptyProblems } from '../../core/rules/restriction';
import { check, checkEach, checkGiven } from '../../core/rules/rule';
import { itemsOf } from '../../core/values/known';
import { KubernetesVerb } from './kubernetes-verb';
import * as rules from './role-rules';

/** A rule of a role. */
export interface PolicyRule {
  /**
   * The API groups of the resources, such as "apps". "" is the core group, with pods, Services and ConfigMaps; "*"
   * stands for all groups.
   *
   * @default - the core group
   */
  readonly apiGroups?: string[];
  /**
   * The resources, by their plural names in lower case, such as "configmaps" or "pods/log"; "*" stands for all
   * resources.
   */
  readonly resources: string[];
  /** The verbs that are allowed. */
  readonly verbs: KubernetesVerb[];
  /**
   * The names of the objects, if not all are included. Not for "create" and "deletecollection", whose requests name no
   * object.
   *
   * @default - all objects of the resources
   */
  readonly resourceNames?: string[];
}

/** The name and the rules of a role. */
interface RoleParts {
  readonly name: string;
  /** The rules of a new role; undefined for an existing one. */
  readonly rules?: readonly PolicyRule[];
}

/**
 * A Kubernetes role: the permissions of a service account in the Kubernetes API. For Azure roles, see `ClusterRole` and
 * the `grantX` methods.
 *
 * @example
 * const account = new KubernetesServiceAccount(stack, 'orders-account', { serviceAccountName: 'orders' });
 * account.grant('settings', KubernetesRole.read('read-settings', ['configmaps']));
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class KubernetesRole {
  /** Read access to most objects of a namespace, but not to Secrets and roles: the built-in role "view". */
  public static view(): KubernetesRole {
    return new KubernetesRole({ name: 'view' });
  }

  /** Read and write access to most objects of a namespace, including Secrets: the built-in role "edit". */
  public static edit(): KubernetesRole {
    return new KubernetesRole({ name: 'edit' });
  }

  /** Full access to a namespace, including its roles: the built-in role "admin". */
  public static admin(): KubernetesRole {
    return new KubernetesRole({ name: 'admin' });
  }

  /**
   * Read access to the objects of some resources.
   *
   * @param name The name of the role
   * @param resources Their plural names in lower case, such as "configmaps"
   * @param apiGroup Their API group; the core group if omitted
   */
  public static read(name: string, resources: string[], apiGroup = ''): KubernetesRole {
    const verbs = [KubernetesVerb.GET, KubernetesVerb.LIST, KubernetesVerb.WATCH];
    return new KubernetesRole({ name, rules: [{ apiGroups: [apiGroup], resources, verbs }] });
  }

  /**
   * Read and write access to the objects of some resources, including deletion.
   *
   * @param name The name of the role
   * @param resources Their plural names in lower case, such as "configmaps"
   * @param apiGroup Their API group; the core group if omitted
   */
  public static readWrite(name: string, resources: string[], apiGroup = ''): KubernetesRole {
    const { GET, LIST, WATCH, CREATE, UPDATE, PATCH, DELETE } = KubernetesVerb;
    const verbs = [GET, LIST, WATCH, CREATE, UPDATE, PATCH, DELETE];
    return new KubernetesRole({ name, rules: [{ apiGroups: [apiGroup], resources, verbs }] });
  }

  /**
   * A role with custom rules.
   *
   * @param name The name of the role
   * @param rules The rules, at least one
   */
  public static custom(name: string, rules: PolicyRule[]): KubernetesRole {
    return new KubernetesRole({ name, rules });
  }

  /**
   * An existing ClusterRole, such as one that an operator created.
   *
   * @param name Its name
   */
  public static fromClusterRoleName(name: string): KubernetesRole {
    return new KubernetesRole({ name });
  }

  private constructor(private readonly parts: RoleParts) {}

  /** The name of the role. */
  public get roleName(): string {
    return this.parts.name;
  }

  /** The rules of a new role; undefined for an existing one. @internal */
  public get _rules(): readonly PolicyRule[] | undefined {
    return this.parts.rules;
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    const { name, rules: own } = this.parts;
    return [
      ...checkGiven(rules.roleName, `${property}.name`, name),
      ...emptyProblems(`${property}.rules`, own, 'rule', 'remove the grant if nothing is allowed'),
      ...itemsOf(own).flatMap((rule, index) => ruleProblems(`${property}.rules[${index}]`, rule)),
    ];
  }

  /** @internal */
  public _warnings(property: string): Violation[] {
    const reasons = [...new Set(itemsOf(this.parts.rules).flatMap(powersOf))];
    return when(
      reasons.length > 0 || this.parts.name === 'cluster-admin',
      'role-of-much-power',
      () =>
        `'${property}' ${this.parts.name} ${reasons.join(', and ') || 'may do everything'}: an attacker in a pod could, too. List only what is needed, or acknowledge it`,
    );
  }
}

checkArguments(KubernetesRole);

function ruleProblems(property: string, rule: PolicyRule): Violation[] {
  // requests for a subresource, such as a token of a service account, name the object
  const isForObjects = itemsOf(rule.resources).some((resource) => !resource.includes('/'));
  const unnamed = itemsOf(rule.verbs).filter((verb) => isForObjects && rules.VERBS_WITHOUT_NAME.includes(verb));
  return [
    ...emptyProblems(`${property}.apiGroups`, rule.apiGroups, 'group', 'leave it out for the core group'),
    ...checkEach(rules.apiGroup, `${property}.apiGroups`, rule.apiGroups),
    ...emptyProblems(`${property}.resources`, rule.resources, 'resource', 'leave the rule out'),
    ...checkEach(rules.apiResource, `${property}.resources`, rule.resources),
    ...emptyProblems(`${property}.verbs`, rule.verbs, 'verb', 'leave the rule out'),
    ...emptyProblems(`${property}.resourceNames`, rule.resourceNames, 'name', 'leave it out for all objects'),
    ...itemsOf(rule.resourceNames).flatMap((name) => check(rules.roleName, `${property}.resourceNames`, name)),
    ...when(
      rule.resourceNames !== undefined && unnamed.length > 0,
      'resource-names-of-verbs',
      () =>
        `'${property}.resourceNames' must be left out for ${unnamed.map((verb) => `"${verb}"`).join(' and ')}, whose requests do not name an object, so they would always be denied: put these verbs into a separate rule`,
    ),
  ];
}

/** The permissions of a rule that amount to further roles, or to access to Secrets. */
function powersOf({ apiGroups, resources, verbs, resourceNames }: PolicyRule): string[] {
  const all = { groups: itemsOf(apiGroups ?? ['']), resources: itemsOf(resources), verbs: itemsOf(verbs) };
  const isCore = all.groups.some((group) => group === '' || group === '*');
  const allows = (...wanted: KubernetesVerb[]): boolean =>
    all.verbs.some((verb) => verb === KubernetesVerb.ALL || wanted.includes(verb));
  const isFor = (...wanted: string[]): boolean => isCore && all.resources.some((one) => wanted.includes(one));
  const { GET, LIST, WATCH, CREATE, UPDATE, PATCH, BIND, ESCALATE, IMPERSONATE } = KubernetesVerb;
  return [
    ...(all.verbs.includes(KubernetesVerb.ALL) ? ['may do everything with its resources'] : []),
    ...(all.resources.includes('*') || all.groups.includes('*') ? ['includes resources that are added later'] : []),
    ...(resourceNames === undefined && isFor('secrets') && allows(GET, LIST, WATCH) ? ['reads every Secret'] : []),
    ...(isFor('pods/exec', 'pods/attach') && allows(GET, CREATE) ? ['runs commands in pods'] : []),
    ...(isFor('pods') && allows(CREATE, UPDATE, PATCH) ? ['runs pods as any service account'] : []),
    ...(isFor('serviceaccounts/token') && allows(CREATE) ? ['creates tokens of service accounts'] : []),
    ...(isFor('nodes/proxy') ? ['reaches the kubelets of nodes'] : []),
    ...(all.verbs.some((verb) => [BIND, ESCALATE, IMPERSONATE].includes(verb))
      ? ['may grant itself other rights']
      : []),
  ];
}
