import { array, assert, constantFrom, property } from 'fast-check';
import type { Json } from '../../../../lib/terraform-json/json';
import { allows, rulesOf } from '../../../../lib/review/access/permission';

test.each([
  ['a/read', 'a/read', true],
  ['a/read', 'a/write', false],
  ['*', 'a/read', true],
  ['a/*', 'a/read', true],
  ['a/*', 'a/', true],
  ['a/*', 'b/read', false],
  ['a/read', 'a/*', false],
  ['*/read', 'a/b/read', true],
  ['*/read', 'a/b/write', false],
  ['a/*/read', 'a/b/read', true],
  ['a/*/read', 'a/read', false],
  ['Microsoft.Web/*', 'microsoft.web/Sites/READ', true],
  ['ab*ba', 'aba', false],
  ['a*b*b', 'ab', false],
  ['a*b*c', 'axcxb', false],
  ['a*b*c*d', 'a-b-c-d', true],
  ['Owner', 'AcrPull', true],
  ['AcrPull', 'Owner', false],
])('"%s" allows "%s": %s', (wide, narrow, expected) => {
  expect(allows(wide, narrow)).toBe(expected);
});

test('an asterisk stands for any text', () => {
  const texts = (...letters: string[]) => array(constantFrom(...letters), { maxLength: 8 }).map((all) => all.join(''));
  assert(
    property(texts('a', 'b', '*'), texts('a', 'b'), (pattern, text) => {
      expect(allows(pattern, text)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
    }),
  );
});

test('a role of Kubernetes allows each verb on each resource of each group', () => {
  const rule: Json[] = [
    { api_groups: ['', 'apps'], resources: ['pods', 'deployments'], verbs: ['get', 'list'] },
    { api_groups: [''], resources: ['secrets'], resource_names: ['a', 'b'], verbs: ['get'] },
    { resources: ['nodes'], verbs: ['get'] },
    { non_resource_urls: ['/healthz'], verbs: ['get'] },
  ];
  expect(rulesOf({ rule })).toEqual([
    ...['get pods', 'get pods.apps', 'get deployments', 'get deployments.apps'],
    ...['list pods', 'list pods.apps', 'list deployments', 'list deployments.apps'],
    ...['get secrets named a or b', 'get nodes', 'get /healthz'],
  ]);
});
