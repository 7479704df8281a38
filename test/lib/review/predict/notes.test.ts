import { review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program } from '../fixtures';

const REGISTRY = 'azurerm_container_registry';
const SET = 'kubernetes_stateful_set_v1';
const POOL = 'azurerm_kubernetes_cluster_node_pool';
const TASK = 'azurerm_container_registry_task';
const PROTECTED = { lifecycle: { prevent_destroy: true } };

const REJECTED = 'prevent_destroy is set: Terraform rejects this change';
const UNGUARDED = 'this change removes prevent_destroy, which would have blocked it';
const RENAMED = 'destroyed at the old address and created at the new one, unless a moved block declares the rename';
const ROLES = 'the new identity does not have the roles of the previous one: assign them to it first';
const PULLED = 'pulled from another registry, under the same tag: the image must exist there before';
const EVICTED = 'pods that do not tolerate a taint with NoExecute are evicted from the nodes immediately';
const DELETED =
  'there are fewer pods, and when_scaled is "Delete": the claims of those that go are deleted, with their data';
const BUILT =
  'the image is built from another source under the same tag: no pod is replaced, and nodes that have cached the tag ' +
  'keep the old image. Give the image a new tag';
const KEPT =
  'claims that exist keep their size and class, also when the set is replaced: those of the template are for new pods';
const SAME_SIZE =
  'the claims of a StatefulSet keep their size: the apply does nothing and succeeds, and every plan shows the change again. ' +
  'Revert it, or delete the set without its pods first: kubectl delete statefulset --cascade=orphan';
const POLICY =
  'the reclaim policy of a class never changes: the apply does nothing and succeeds, and every plan shows the change ' +
  'again. Give the class another name, for new claims; each volume that exists keeps its own policy';

const isNoFault = (note: string) => !note.startsWith('known fault of');

/** A StatefulSet with claims. */
const set = (size: string, rest: JsonObject = {}, name = 's'): JsonObject => ({
  metadata: { name },
  spec: { volume_claim_template: { spec: { resources: { requests: { storage: size } } } }, ...rest },
});
const deletes = (name: string): JsonObject => ({ persistent_volume_claim_retention_policy: { [name]: 'Delete' } });
const identity = (type: string): JsonObject => ({ identity: { type } });
const image = (name: string): JsonObject => ({
  metadata: { name: 'web' },
  spec: { template: { spec: { container: [{ name: 'web', image: name }] } } },
});
const build = (path: string, content = 'c'): JsonObject => ({
  encoded_step: { context_path: path, task_content: content },
});

test.each<[what: string, type: string, before: JsonObject, after: JsonObject, notes: string[]]>([
  ['an update', REGISTRY, { name: 'a' }, { name: 'a', tags: { a: 'b' } }, []],
  ['an update under protection', REGISTRY, PROTECTED, { ...PROTECTED, tags: { a: 'b' } }, []],
  ['a replacement', REGISTRY, { name: 'a' }, { name: 'b' }, []],
  [
    'a replacement that creates first',
    REGISTRY,
    { name: 'a' },
    { name: 'b', lifecycle: { create_before_destroy: true } },
    [],
  ],
  ['a replacement under protection', REGISTRY, { name: 'a' }, { name: 'b', ...PROTECTED }, [REJECTED]],
  ['a replacement without protection', REGISTRY, { name: 'a', ...PROTECTED }, { name: 'b' }, [UNGUARDED]],
  ['an update without protection', REGISTRY, PROTECTED, { tags: { a: 'b' } }, []],
  ['no instance under protection', REGISTRY, PROTECTED, { count: 0, ...PROTECTED }, [REJECTED]],
  ['no instance without protection', REGISTRY, PROTECTED, { count: 0 }, [UNGUARDED]],
  ['no instance', REGISTRY, {}, { count: 0 }, []],
  ['another identity', REGISTRY, identity('SystemAssigned'), identity('UserAssigned'), [ROLES]],
  ['a further identity', REGISTRY, identity('SystemAssigned'), identity('SystemAssigned, UserAssigned'), []],
  [
    'the same identities',
    REGISTRY,
    identity('UserAssigned,SystemAssigned'),
    identity('SystemAssigned, UserAssigned'),
    [],
  ],
  ['one identity of two', REGISTRY, identity('SystemAssigned, UserAssigned'), identity('SystemAssigned'), [ROLES]],
  ['a first identity', REGISTRY, {}, identity('SystemAssigned'), []],
  ['no identity', REGISTRY, identity('SystemAssigned'), {}, []],
  ['some identity', REGISTRY, identity('SystemAssigned'), identity('${var.type}'), []],
  ['an identity after some', REGISTRY, identity('${var.type}'), identity('SystemAssigned'), []],
  [
    'another identity of another registry',
    REGISTRY,
    { name: 'a', ...identity('SystemAssigned') },
    { name: 'b', ...identity('UserAssigned') },
    [],
  ],
  ['larger claims', SET, set('1Gi'), set('2Gi'), [SAME_SIZE]],
  ['larger claims of another set', SET, set('1Gi'), set('2Gi', {}, 't'), [KEPT]],
  [
    'larger claims of another set that deletes them',
    SET,
    set('1Gi', deletes('when_deleted')),
    set('2Gi', deletes('when_deleted'), 't'),
    [],
  ],
  ['the same claims of another set', SET, set('1Gi'), set('1Gi', {}, 't'), []],
  ['more pods', SET, set('1Gi'), set('1Gi', { replicas: 2 }), []],
  ['fewer pods', SET, set('1Gi', { replicas: 2 }), set('1Gi', { replicas: 1 }), []],
  [
    'fewer pods whose claims go',
    SET,
    set('1Gi', { replicas: 2 }),
    set('1Gi', { replicas: 1, ...deletes('when_scaled') }),
    [DELETED],
  ],
  [
    'no pod, whose claim goes',
    SET,
    set('1Gi', deletes('when_scaled')),
    set('1Gi', { replicas: 0, ...deletes('when_scaled') }),
    [DELETED],
  ],
  ['as many pods whose claims go', SET, set('1Gi'), set('1Gi', deletes('when_scaled')), []],
  ['fewer pods of another set', SET, set('1Gi', { replicas: 2 }), set('1Gi', deletes('when_scaled'), 't'), []],
  [
    'fewer pods of a Deployment',
    'kubernetes_deployment_v1',
    { spec: { replicas: 2 } },
    { spec: deletes('when_scaled') },
    [],
  ],
  [
    'another reclaim policy',
    'kubernetes_storage_class',
    { reclaim_policy: 'Delete' },
    { reclaim_policy: 'Retain' },
    [POLICY],
  ],
  ['another reclaim policy of a volume', 'x_volume', { reclaim_policy: 'Delete' }, { reclaim_policy: 'Retain' }, []],
  [
    'an image of another registry',
    'kubernetes_deployment_v1',
    image('a.io/x/web:v1'),
    image('b.io/x/web:v1'),
    [PULLED],
  ],
  ['another image of another registry', 'kubernetes_deployment_v1', image('a.io/x/web:v1'), image('b.io/x/api:v1'), []],
  ['another tag', 'kubernetes_deployment_v1', image('a.io/x/web:v1'), image('a.io/x/web:v2'), []],
  ['another tag of an image of no registry', 'kubernetes_deployment_v1', image('nginx:1.25'), image('nginx:1.35'), []],
  ['an image of a registry', 'kubernetes_deployment_v1', image('web:v1'), image('a.io/web:v1'), [PULLED]],
  ['no image', 'x_y', { image: 'a.io/x' }, {}, []],
  ['another argument', 'x_y', { address: 'a.io/x' }, { address: 'b.io/x' }, []],
  ['a first image', 'x_y', {}, { image: 'a.io/x' }, []],
  [
    'a taint that evicts',
    POOL,
    { node_taints: ['a=b:NoSchedule'] },
    { node_taints: ['a=b:NoSchedule', 'c=d:NoExecute'] },
    [EVICTED],
  ],
  [
    'a taint that evicts instead of another one',
    POOL,
    { node_taints: ['a=b:NoExecute'] },
    { node_taints: ['c=d:NoExecute'] },
    [EVICTED],
  ],
  [
    'a taint that does not evict',
    POOL,
    { node_taints: ['c=d:NoExecute'] },
    { node_taints: ['a=b:NoSchedule', 'c=d:NoExecute'] },
    [],
  ],
  [
    'a taint that evicts, and a label',
    POOL,
    {},
    { node_labels: { a: 'b' }, node_taints: ['c=d:NoExecute'] },
    [EVICTED],
  ],
  [
    'a taint of another pool',
    POOL,
    { vnet_subnet_id: '/a' },
    { vnet_subnet_id: '/b', name: 'b', node_taints: ['c=d:NoExecute'] },
    [],
  ],
  [
    'another reclaim policy of another class',
    'kubernetes_storage_class',
    { metadata: { name: 'a' }, reclaim_policy: 'Delete' },
    { metadata: { name: 'b' }, reclaim_policy: 'Retain' },
    [],
  ],
  [
    'another Service, of other pods and in the network',
    'kubernetes_service',
    { metadata: { name: 'a' }, spec: { type: 'LoadBalancer', selector: { app: 'a' } } },
    { metadata: { name: 'b' }, spec: { type: 'ClusterIP', selector: { app: 'b' } } },
    [],
  ],
  [
    'dynamic blocks of another registry',
    REGISTRY,
    { name: 'a', dynamic: [{ rule: { for_each: ['a'] } }] },
    { name: 'b', dynamic: [{ rule: { for_each: ['b'] } }] },
    [],
  ],
  ['a label like a taint', POOL, { node_labels: { a: 'b' } }, { node_labels: { a: 'c:NoExecute' } }, []],
  ['another source', TASK, build('https://a#main'), build('https://a#next'), [BUILT]],
  ['another source and tag', TASK, build('https://a#main'), build('https://a#next', 'd'), []],
  ['another task', TASK, build('https://a#main'), build('https://a#main', 'd'), []],
  ['a source of something else', 'x_task', build('https://a#main'), build('https://a#next'), []],
  [
    'other pods',
    'kubernetes_service',
    { spec: { selector: { app: 'a' } } },
    { spec: { selector: { app: 'b' } } },
    ['its traffic switches to other pods immediately: they must be ready before'],
  ],
  [
    'other pods of a budget',
    'x_budget',
    { spec: { selector: { app: 'a' } } },
    { spec: { selector: { app: 'b' } } },
    [],
  ],
  [
    'a public Service in the network',
    'kubernetes_service',
    { spec: { type: 'LoadBalancer' } },
    { spec: { type: 'ClusterIP' } },
    ['lost: the address of the Service in the internet'],
  ],
  [
    'an update with dynamic blocks',
    'x_y',
    { dynamic: [{ rule: { for_each: ['a'] } }, { path: { for_each: [] } }] },
    { dynamic: [{ rule: { for_each: ['b'] } }, { path: { for_each: [] } }] },
    ['dynamic blocks are compared as written: rule, path'],
  ],
])('a change to %s says what else there is to know', (_, type, before, after, notes) => {
  const [change] = review(program({ [type]: { it: before } }), program({ [type]: { it: after } })).changes;
  expect(change?.notes.filter(isNoFault)).toEqual(notes);
});

const A = `${REGISTRY}.a`;
const B = `${REGISTRY}.b`;
const registry = (id: string, given: JsonObject = {}): JsonObject => ({ [id]: { name: 'r', ...given } });

test.each<[what: string, before: JsonObject, after: JsonObject, rest: JsonObject, notes: string[]]>([
  ['new', {}, registry('a'), {}, []],
  ['imported', {}, registry('a'), { import: [{ to: A, id: '/r' }] }, ['already exists and is imported']],
  ['gone', registry('a'), {}, {}, []],
  ['gone with its protection', registry('a', PROTECTED), {}, {}, [UNGUARDED]],
  [
    'forgotten',
    registry('a'),
    {},
    { removed: [{ from: A, lifecycle: { destroy: false } }] },
    ['stays deployed, but is no longer managed'],
  ],
  ['renamed', registry('a'), registry('b'), {}, [RENAMED]],
  ['renamed with its protection', registry('a', PROTECTED), registry('b', PROTECTED), {}, [RENAMED, UNGUARDED]],
  ['moved', registry('a'), registry('b'), { moved: [{ from: A, to: B }] }, [`moved from ${A}`]],
])('a resource that is %s says what else there is to know', (_, before, after, rest, notes) => {
  const found = review(program({ [REGISTRY]: before as never }), program({ [REGISTRY]: after as never }, rest)).changes;
  expect(found.map((change) => change.notes.filter(isNoFault))).toEqual([notes]);
});

test('what a module makes is not seen', () => {
  const side = (n: number) => program({}, { module: { m: { source: './m', n } } });
  expect(review(side(1), side(2)).changes[0]?.notes).toEqual(['changes inside the module are not seen']);
});

/** A Deployment whose creation is waited for, and a registry, whose provider fails once it is there. */
const faulty = (name: string, rest: JsonObject = {}) =>
  program({
    kubernetes_deployment_v1: { web: { metadata: { name } } },
    [REGISTRY]: { a: { name: 'r', tags: { of: name }, ...rest } },
  });
const NOTHING = program({});
const side = (id: string, rest: JsonObject = {}) => program({ [REGISTRY]: registry(id) as never }, rest);
const IMPORTED = program({ [REGISTRY]: registry('a') as never }, { import: [{ to: A, id: '/r' }] });

test.each<[action: string, before: typeof NOTHING, after: typeof NOTHING, faults: string[]]>([
  ['creates', NOTHING, faulty('a'), ['kubernetes']],
  ['imports', NOTHING, IMPORTED, ['azurerm']],
  ['replaces and updates', faulty('a'), faulty('b'), ['azurerm', 'kubernetes']],
  ['replaces', faulty('a'), faulty('b', { name: 's' }), ['kubernetes']],
  ['moves', side('a'), side('b', { moved: [{ from: A, to: B }] }), []],
  ['destroys', faulty('a'), NOTHING, []],
])('the known faults of the providers are told of what a change %s', (_, before, after, faults) => {
  const notes = review(before, after).changes.flatMap((change) => change.notes);
  const found = notes.flatMap((note) => /^known fault of (\w+)/.exec(note)?.[1] ?? []);
  expect(found.sort()).toEqual(faults);
});
