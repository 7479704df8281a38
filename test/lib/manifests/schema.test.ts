import { kindOf } from '../../../lib/manifests/kinds';
import { manifestObjects, typeErrors } from '../../manifests';
import { providerSchema } from '../../../tools/provider-schema';
import { filled, USER_KEY } from '../../filled';

const schema = providerSchema();
const types = Object.keys(schema).filter((type) => typeof kindOf(type) === 'object');

test('every resource of the provider is known', () => {
  expect(Object.keys(schema)).toHaveLength(82);
  expect(Object.keys(schema).filter((type) => kindOf(type) === 'its type is unknown')).toEqual(['kubernetes_manifest']);
  expect(types).toHaveLength(71);
});

const objects = types.flatMap((type) => manifestObjects({ resource: { [type]: { all: filled(schema[type]!) } } }));

test('every field of every resource becomes one that Kubernetes has, of the type that it has there', () => {
  expect(objects).toHaveLength(types.length);
  expect(typeErrors(objects, 'made up')).toEqual([]);
});

test("no key of the provider's is left, and those of the user stay", () => {
  expect(keys(objects).filter((key) => key === USER_KEY).length).toBeGreaterThan(500);
  expect(keys(objects).filter((key) => /of\/the/.test(key) && key !== USER_KEY)).toEqual([]);
  expect(keys(objects).filter((key) => key.includes('_') && key !== USER_KEY)).toEqual([]);
});

function keys(value: unknown): string[] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [...(Array.isArray(value) ? [] : [key]), ...keys(inner)])
    : [];
}
