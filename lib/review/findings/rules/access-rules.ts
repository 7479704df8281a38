import { all, any, not, type Answer } from '../../objects/answer';
import { some, type Block } from '../../objects/block';
import type { KubernetesObject } from '../../objects/kubernetes-object';
import { onObjects, onResources, type RuleProps } from '../rule';

const RBAC = 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/';
const ROLES = ['Role', 'ClusterRole'];
const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'];
const FEDERATION = 'https://docs.github.com/actions/concepts/security/openid-connect';
const AZURE_ROLES = 'https://learn.microsoft.com/azure/role-based-access-control/best-practices';

/** The issuer of GitHub Actions tokens. */
const GITHUB = 'https://token.actions.githubusercontent.com';

/** The claims whose values the author of a pull request can choose. */
const CHOSEN_BY_OTHERS = ['workflow', 'environment', 'ref', 'context', 'head_ref', 'base_ref'];

/** Rules about permissions in Kubernetes. */
export const KUBERNETES_ACCESS_RULES = {
  'role-wildcard': {
    title: 'allows everything of a kind by "*"',
    reason: 'It also allows what later versions of Kubernetes and of operators add.',
    fix: {
      typescript: 'rules: [...] with the verbs and resources by name',
      terraform: 'rule.api_groups, resources and verbs by name',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: {
      checkov: ['CKV_K8S_49'],
      trivy: ['KSV-0044', 'KSV-0045', 'KSV-0046', 'KSV-0112'],
      kubeLinter: ['wildcard-in-rules'],
    },
    source: RBAC,
    over: onObjects(ROLES, (role) =>
      someRule(role, (rule) => any(['apiGroups', 'resources', 'verbs'].map((name) => lists(rule, name, ['*'])))),
    ),
  },
  'role-reads-secrets': {
    title: 'allows reading secrets',
    reason: 'Anyone who can read secrets can act as their owners.',
    fix: {
      typescript: "rules: [...] with resourceNames: ['the-secret']",
      terraform: 'rule.resource_names of the secrets that are needed',
    },
    severity: 'medium',
    profile: 'strict',
    equivalents: { trivy: ['KSV-0041', 'KSV-0113'], kubeLinter: ['access-to-secrets'] },
    source: RBAC,
    over: onObjects(ROLES, (role) =>
      someRule(role, (rule) =>
        all([
          lists(rule, 'resources', ['secrets', '*']),
          lists(rule, 'verbs', ['get', 'list', 'watch', '*']),
          not(rule.has('resourceNames')),
        ]),
      ),
    ),
  },
  'role-runs-pods': {
    title: 'allows starting pods, or commands in them',
    reason: 'A pod can use every secret and every service account of its namespace.',
    fix: {
      typescript: 'rules: [...] without this verb',
      terraform: 'rule.verbs without create on pods, workloads and pods/exec',
    },
    severity: 'medium',
    profile: 'strict',
    equivalents: { trivy: ['KSV-0048', 'KSV-0053', 'KSV-0054'], kubeLinter: ['access-to-create-pods'] },
    source: RBAC,
    over: onObjects(ROLES, (role) =>
      someRule(role, (rule) =>
        all([
          lists(rule, 'resources', [
            ...['pods', 'pods/exec', 'pods/attach', 'deployments', 'daemonsets', 'statefulsets', 'replicasets'],
            ...['jobs', 'cronjobs', '*'],
          ]),
          lists(rule, 'verbs', ['create', '*']),
        ]),
      ),
    ),
  },
  'role-escalates': {
    title: 'allows privilege escalation',
    reason: 'With bind, escalate or impersonate, a user can gain every permission of the cluster.',
    fix: {
      typescript: 'rules: [...] without these verbs',
      terraform: 'rule.verbs without bind, escalate and impersonate',
    },
    severity: 'high',
    profile: 'baseline',
    equivalents: { trivy: ['KSV-0043', 'KSV-0050'] },
    source: RBAC,
    over: onObjects(ROLES, (role) =>
      someRule(role, (rule) => lists(rule, 'verbs', ['bind', 'escalate', 'impersonate'])),
    ),
  },
  'binding-cluster-admin': {
    title: 'grants cluster administrator rights',
    reason: 'The subject can do anything in every namespace, and read every secret.',
    fix: { typescript: 'KubernetesRole.edit() or a narrower one', terraform: 'role_ref of a narrower role' },
    severity: 'high',
    profile: 'baseline',
    equivalents: { trivy: ['KSV-0111'], kubeLinter: ['cluster-admin-role-binding'] },
    source: RBAC,
    over: onObjects(['ClusterRoleBinding'], ({ body }) =>
      body.block('roleRef').is('name', (name) => name === 'cluster-admin'),
    ),
  },
  'binding-default-account': {
    title: 'grants rights to a default service account',
    reason: 'Every pod of the namespace that names no account has them.',
    fix: { typescript: 'a KubernetesServiceAccount of its own', terraform: 'subject.name of an account of its own' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_42'] },
    source: RBAC,
    over: onObjects(BINDINGS, (binding) =>
      someSubject(binding, (kind, name) => kind === 'ServiceAccount' && name === 'default'),
    ),
  },
  'binding-everybody': {
    title: 'grants rights to everyone',
    reason: 'These groups and users include everyone who can reach the API server or sign in.',
    fix: { terraform: 'subject of a group of its own' },
    severity: 'critical',
    profile: 'baseline',
    equivalents: { trivy: ['KSV-0122', 'KSV-0123', 'KSV-01011'] },
    source: RBAC,
    over: onObjects(BINDINGS, (binding) =>
      someSubject(binding, (_, name) =>
        ['system:anonymous', 'system:unauthenticated', 'system:authenticated', 'system:masters'].includes(name),
      ),
    ),
  },
  'account-default-token': {
    title: 'is a default service account whose pods get a token',
    reason: 'Every pod that names no account can then use the API.',
    fix: { terraform: 'automount_service_account_token = false' },
    severity: 'low',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_41'] },
    source: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/',
    over: onObjects(['ServiceAccount'], ({ body, metadata }, { resource }) =>
      all([
        resource.type.startsWith('kubernetes_default_service_account') ||
          metadata.is('name', (name) => name === 'default'),
        body.isTrue('automountServiceAccountToken', true),
      ]),
    ),
  },
} satisfies Readonly<Record<string, RuleProps>>;

/** Rules about permissions in Azure. */
export const AZURE_ACCESS_RULES = {
  'role-assignment-owner': {
    title: 'allows a principal to grant any role',
    reason:
      'Owner, User Access Administrator and Role Based Access Control Administrator can give themselves anything.',
    fix: { terraform: 'role_definition_name of a narrower role' },
    severity: 'high',
    profile: 'baseline',
    equivalents: {},
    source: AZURE_ROLES,
    over: onResources(['azurerm_role_assignment'], (given) =>
      all([
        given.is('role_definition_name', (name) =>
          ['Owner', 'User Access Administrator', 'Role Based Access Control Administrator'].includes(name),
        ),
        // a condition can limit which roles may be granted.
        not(given.has('condition')),
      ]),
    ),
  },
  'role-definition-wildcard': {
    title: 'is a custom role that allows everything',
    reason: 'It equals Owner, but is not listed in reports of owners.',
    fix: { terraform: 'permissions.actions by name' },
    severity: 'high',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_39'], trivy: ['AZU-0030'] },
    source: AZURE_ROLES,
    over: onResources(['azurerm_role_definition'], (given) =>
      some(given.blocks('permissions'), (one) => lists(one, 'actions', ['*'])),
    ),
  },
  'role-definition-grants': {
    title: 'is a custom role that allows granting roles',
    reason: 'Anyone with it can grant themselves any role.',
    fix: { terraform: 'permissions.actions without Microsoft.Authorization' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { trivy: ['AZU-0052'] },
    source: AZURE_ROLES,
    over: onResources(['azurerm_role_definition'], (given) =>
      some(given.blocks('permissions'), (one) =>
        some(one.list('actions'), (action) =>
          /^microsoft\.authorization\/(?:\*|roledefinitions\/(?:\*|write)|roleassignments\/(?:\*|write))/i.test(action),
        ),
      ),
    ),
  },
  'federated-credential-open': {
    title: 'accepts GitHub tokens that others can obtain',
    reason: 'A subject with a wildcard, or without the repository, also matches other repositories.',
    fix: { terraform: 'subject = "repo:owner/name:environment:production"' },
    severity: 'high',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_249'] },
    source: FEDERATION,
    over: onResources(
      ['azuread_application_federated_identity_credential', 'azurerm_federated_identity_credential'],
      (given) =>
        all([
          given.is('issuer', (issuer) => issuer.startsWith(GITHUB)),
          given.is('subject', (subject) => !isOfOneRepository(subject), true),
        ]),
    ),
  },
} satisfies Readonly<Record<string, RuleProps>>;

/** Whether a subject of GitHub tokens belongs to one repository. */
function isOfOneRepository(subject: string): boolean {
  const [claim = '', value = ''] = subject.split(':');
  return (
    !CHOSEN_BY_OTHERS.includes(claim) && claim !== '*' && value !== '*' && value !== '' && isRepository(claim, value)
  );
}

function isRepository(claim: string, value: string): boolean {
  return claim !== 'repo' || /^[\w.-]+\/[\w.-]+$/.test(value);
}

function someRule({ body }: KubernetesObject, holds: (rule: Block) => Answer): Answer {
  return some(body.blocks('rules'), holds);
}

function someSubject({ body }: KubernetesObject, holds: (kind: string, name: string) => boolean): Answer {
  return some(body.blocks('subjects'), (subject) =>
    subject.is('name', (name) => subject.is('kind', (kind) => holds(kind, name))),
  );
}

/** Whether a list contains any of some texts. */
function lists(block: Block, name: string, texts: readonly string[]): Answer {
  return some(block.list(name), (text) => texts.includes(text));
}
