import { review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { change, program, type Resources } from '../fixtures';

const CLASS = { metadata: { name: 'own' }, storage_provisioner: 'disk.csi.azure.com' };
const CLAIM = {
  metadata: { name: 'data' },
  spec: { access_modes: ['ReadWriteOnce'], resources: { requests: { storage: '8Gi' } } },
};
const SET = {
  metadata: { name: 'db' },
  spec: {
    replicas: '3',
    service_name: 'db',
    selector: { match_labels: { app: 'db' } },
    template: { metadata: { labels: { app: 'db' } }, spec: { container: [{ name: 'db', image: 'db:1' }] } },
    volume_claim_template: [{ metadata: { name: 'data' }, spec: { ...CLAIM.spec, storage_class_name: 'managed-csi' } }],
  },
};
const POLICY = 'spec.persistent_volume_claim_retention_policy';

/** The change of the resource named "it". */
function changeOf(before: Resources, after: Resources) {
  return review(program(before), program(after)).changes.find(({ address }) => address.endsWith('.it'));
}

const both = <T>(types: readonly string[], rows: readonly T[][]): [string, ...T[]][] =>
  types.flatMap((type) => rows.map((row): [string, ...T[]] => [type, ...row]));

describe('a claim that is lost', () => {
  const gone = (type: string, className: string | undefined, classes: Resources) =>
    changeOf({ ...classes, [type]: { it: change(CLAIM, { 'spec.storage_class_name': className }) } }, classes);
  const ownClass = (policy?: string): Resources => ({
    kubernetes_storage_class_v1: { own: change(CLASS, { reclaim_policy: policy }) },
  });
  const [LOST, KEPT, UNKNOWN] = [/^the data of the volume: its class/, /its class keeps the data/, /unless its class/];

  test.each(
    both<string | Resources | RegExp | undefined>(
      ['kubernetes_persistent_volume_claim', 'kubernetes_persistent_volume_claim_v1'],
      [
        ['managed-csi', {}, LOST],
        ['azurefile-csi-premium', {}, LOST],
        ['own', ownClass(), LOST],
        ['own', ownClass('Delete'), LOST],
        ['own', ownClass('Retain'), KEPT],
        ['${kubernetes_storage_class_v1.own.metadata[0].name}', ownClass('Retain'), KEPT],
        ['own', ownClass('${var.policy}'), UNKNOWN],
        ['of-others', {}, UNKNOWN],
        ['${var.class}', {}, UNKNOWN],
        [undefined, {}, UNKNOWN],
      ],
    ),
  )('%s of %p, with %j, says so', (type, className, classes, lost) => {
    expect(gone(type, className as string | undefined, classes as Resources)).toMatchObject({
      action: 'destroy',
      holds: expect.stringMatching(lost as RegExp),
    });
  });

  test('grows in place, and is replaced where it shrinks', () => {
    const sized = (storage: string): Resources => ({
      kubernetes_persistent_volume_claim_v1: {
        it: change(CLAIM, { 'spec.resources.requests.storage': storage, 'spec.storage_class_name': 'managed-csi' }),
      },
    });

    expect(changeOf(sized('8Gi'), sized('16Gi'))).toMatchObject({ action: 'update' });
    expect(changeOf(sized('8Gi'), sized('8192Mi'))).toBeUndefined();
    expect(changeOf(sized('8Gi'), sized('4Gi'))).toMatchObject({
      action: 'replace',
      holds: expect.stringMatching(LOST),
    });
  });

  test('is lost by the class that it has, and not by the one that it would get', () => {
    const classes = ownClass('Retain');
    const of = (storageClass: string): Resources => ({
      ...classes,
      kubernetes_persistent_volume_claim_v1: { it: change(CLAIM, { 'spec.storage_class_name': storageClass }) },
    });

    expect(changeOf(of('managed-csi'), of('own'))).toMatchObject({
      action: 'replace',
      holds: expect.stringMatching(LOST),
    });
    expect(changeOf(of('own'), of('managed-csi'))).toMatchObject({
      action: 'replace',
      holds: expect.stringMatching(KEPT),
    });
  });
});

describe('a StatefulSet that is lost', () => {
  const types = ['kubernetes_stateful_set', 'kubernetes_stateful_set_v1'];
  const gone = (type: string, set: JsonObject) => changeOf({ [type]: { it: set } }, {});

  test.each(
    both<JsonObject | string>(types, [
      [SET, 'the running pods of the set; their claims stay, with the data'],
      [
        change(SET, { [POLICY]: [{ when_deleted: 'Retain' }] }),
        'the running pods of the set; their claims stay, with the data',
      ],
      [
        change(SET, { [POLICY]: [{ when_deleted: 'Delete' }] }),
        'the running pods of the set, and the data of their claims, unless the class of these retains it',
      ],
      [
        change(SET, { [POLICY]: { when_deleted: '${var.policy}' } }),
        'the running pods of the set, and the data of their claims, unless these are retained',
      ],
      [change(SET, { 'spec.volume_claim_template': undefined }), 'the running pods of the set'],
    ]),
  )('as %s is said with its data', (type, set, holds) => {
    expect(gone(type, set as JsonObject)).toMatchObject({ action: 'destroy', holds });
  });

  test('leaves claims behind that its successor takes as they are', () => {
    const faster = [{ metadata: { name: 'data' }, spec: change(CLAIM.spec, { storage_class_name: 'fast' }) }];
    const replaced = (set: JsonObject) =>
      changeOf(
        { kubernetes_stateful_set_v1: { it: set } },
        { kubernetes_stateful_set_v1: { it: change(set, { 'spec.volume_claim_template': faster }) } },
      );
    const notes = (set: JsonObject): string[] =>
      (replaced(set)?.notes ?? []).filter((one) => /^claims that exist keep their size and class/.test(one));

    expect(replaced(SET)).toMatchObject({ action: 'replace' });
    expect(notes(SET)).toHaveLength(1);
    expect(notes(change(SET, { [POLICY]: [{ when_deleted: 'Delete' }] }))).toEqual([]);
  });

  test('is not changed by another size of its claims, which a review says', () => {
    const of = (storage: string): Resources => ({
      kubernetes_stateful_set_v1: {
        it: change(SET, {
          'spec.volume_claim_template': [
            { metadata: { name: 'data' }, spec: change(CLAIM.spec, { 'resources.requests.storage': storage }) },
          ],
        }),
      },
    });

    expect(changeOf(of('8Gi'), of('16Gi'))).toMatchObject({
      action: 'update',
      notes: [
        expect.stringMatching(/^the claims of a StatefulSet keep their size: the apply does nothing and succeeds/),
      ],
    });
  });

  test.each([
    ['3', '2', 'Delete', 1],
    ['2', '3', 'Delete', 0],
    ['3', '2', 'Retain', 0],
    ['3', '${var.replicas}', 'Delete', 0],
  ])('with %s pods, then %s, and "%s" loses claims of pods: %i', (before, after, policy, notes) => {
    const set = change(SET, { 'spec.replicas': before, [POLICY]: [{ when_scaled: policy }] });
    const found = changeOf(
      { kubernetes_stateful_set_v1: { it: set } },
      { kubernetes_stateful_set_v1: { it: change(set, { 'spec.replicas': after }) } },
    );

    expect(found).toMatchObject({ action: 'update' });
    expect(found?.notes.filter((one) => /^there are fewer pods, and when_scaled is "Delete"/.test(one))).toHaveLength(
      notes,
    );
  });
});

test.each(['kubernetes_storage_class', 'kubernetes_storage_class_v1'])('%s takes no volumes with it', (type) => {
  expect(changeOf({ [type]: { it: CLASS } }, {})).toMatchObject({
    action: 'destroy',
    holds: 'the class, without which its claims cannot be created or grow; their volumes stay',
  });
});

test.each(['kubernetes_storage_class', 'kubernetes_storage_class_v1'])('%s keeps its reclaim policy', (type) => {
  const of = (policy: string): Resources => ({ [type]: { it: change(CLASS, { reclaim_policy: policy }) } });

  expect(changeOf(of('Delete'), of('Retain'))).toMatchObject({
    action: 'update',
    notes: [expect.stringMatching(/^the reclaim policy of a class never changes: the apply does nothing and succeeds/)],
  });
});
