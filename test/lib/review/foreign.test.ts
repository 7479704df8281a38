import {
  compareManifests,
  depict,
  renderHtml,
  renderJson,
  renderMarkdown,
  renderMermaid,
  renderSvg,
  renderTerminal,
  review,
  type StackFiles,
} from '../../../lib/review';
import type { JsonObject } from '../../../lib/terraform-json/json';
import { shuffled, stack } from './fixtures';
import { BASE, HEAD } from './vote';

/** Programs that know nothing of us: each as it was, and as it is. */
const FOREIGN: Record<string, [JsonObject, JsonObject]> = {
  AWS: [
    {
      terraform: { required_providers: { aws: { source: 'aws', version: '6.0.0' } } },
      provider: { aws: [{ region: 'eu-west-1' }] },
      resource: {
        aws_instance: { web: { ami: 'a', instance_type: 't3.micro', tags: { Name: 'web' } } },
        aws_security_group: { sg: { ingress: [{ cidr_blocks: ['10.0.0.0/8'], from_port: 22 }] } },
      },
    },
    {
      terraform: { required_providers: { aws: { source: 'aws', version: '6.0.0' } } },
      provider: { aws: [{ region: 'eu-west-1' }] },
      resource: {
        aws_instance: { web: { ami: 'b', instance_type: 't3.micro', tags: { Name: 'web' } } },
        aws_security_group: { sg: { ingress: [{ cidr_blocks: ['0.0.0.0/0'], from_port: 22 }] } },
      },
    },
  ],
  Google: [
    { resource: { google_container_cluster: { c: { name: 'c', location: 'europe-west1', provider: 'google-beta' } } } },
    { resource: { google_container_cluster: { c: { name: 'c', location: 'europe-west4', provider: 'google-beta' } } } },
  ],
  'modules, for_each and dynamic blocks': [
    {
      module: { net: { source: './net', version: '1.0.0', cidr: '10.0.0.0/16' } },
      locals: { zones: ['a'] },
      resource: {
        aws_subnet: {
          all: {
            for_each: '${toset(local.zones)}',
            zone: '${each.key}',
            dynamic: { tag: { for_each: '${var.tags}', content: { key: '${tag.key}' } } },
          },
        },
      },
    },
    {
      module: { net: { source: './net', version: '2.0.0', cidr: '10.0.0.0/16' } },
      locals: { zones: ['a', 'b'] },
      resource: {
        aws_subnet: {
          all: {
            for_each: '${toset(local.zones)}',
            zone: '${each.value}',
            dynamic: { tag: { for_each: '${var.tags}', content: { key: '${tag.value}' } } },
          },
        },
      },
    },
  ],
  'lists where maps are usual': [
    {
      resource: [{ odd_resource: [{ a: [{ triggers: { x: '1' } }] }] }],
      variable: [{ v: [{ default: 1 }] }],
      terraform: [{ required_version: '>= 1.5', required_providers: [{ x: '1.0' }] }],
    },
    {
      resource: [{ odd_resource: [{ a: [{ triggers: { x: '2' } }] }] }],
      variable: [{ v: [{ default: 2 }] }],
      terraform: [{ required_version: '>= 1.6', required_providers: [{ x: '2.0' }] }],
    },
  ],
  'values that nobody expects': [
    {
      resource: {
        odd_thing: { constructor: { a: null, b: [], c: {}, d: [null, 1, 'x', [2]], ['__proto__']: 'x', toString: 1 } },
      },
      output: { o: 3 as never },
      moved: { from: 1, to: null },
    },
    {
      resource: {
        odd_thing: { constructor: { a: 1, b: [1, { a: 2 }], c: [[]], d: 'text', e: { f: [{}, {}] }, toString: 2 } },
      },
      output: [],
      moved: [{}],
      data: { x: { y: 5 as never } },
    },
  ],
  'names that every object has': [
    {},
    {
      resource: {
        constructor: { toString: { a: 1 } },
        ['__proto__']: { a: { b: 1 } },
        azurerm_key_vault: { valueOf: { name: 'v' } },
      },
      data: { hasOwnProperty: { x: {} } },
      output: { constructor: { value: '${constructor.toString.a}' } },
      variable: { ['__proto__']: { default: 1 } },
      provider: { ['__proto__']: [{ constructor: 1 }] },
    },
  ],
  'other shapes than those that are read': [
    {
      resource: 'x',
      data: 5,
      provider: null as never,
      output: true,
      locals: 'y',
      terraform: 3,
      import: [1],
      removed: [[1]],
    },
    {
      resource: {
        null_resource: {
          n: { provisioner: 'x' },
          m: { provisioner: [['a'], { 'local-exec': 'y' }, { 'remote-exec': { inline: {} } }] },
        },
        azurerm_network_interface: { a: { dynamic: 'x' }, b: { dynamic: { c: { for_each: [1], content: 'x' } } } },
        azurerm_network_security_group: { g: { security_rule: ['a', 1, null, { source_address_prefixes: { a: 1 } }] } },
        kubernetes_network_policy_v1: {
          p: { spec: [{ pod_selector: 'x', ingress: [1, { from: [{ ip_block: [{ cidr: 5 }] }] }] }] },
        },
        azurerm_linux_web_app: { w: { site_config: ['x'], identity: [['a']] } },
      },
      data: { external: { e: 'x', f: { program: { a: 1 } } }, http: { h: { url: [1] } } },
      provider: { azurerm: { features: 'x' }, kubernetes: [{ exec: 'y' }] },
    },
  ],
  'nothing at all': [{}, {}],
};

describe.each(Object.entries(FOREIGN))('%s', (_, [before, after]) => {
  const found = () => review([stack(before)], [stack(after)]);

  test('is reviewed without a crash, in both directions', () => {
    const back = review([stack(after)], [stack(before)]);
    expect(
      [found(), back]
        .map((result) => renderMarkdown(result) + renderTerminal(result, false) + renderJson(result))
        .join().length,
    ).toBeGreaterThan(0);
  });

  test('is drawn without a crash, in both directions', async () => {
    const outputs = async (base: StackFiles[], head: StackFiles[]) => {
      const result = review(base, head);
      const picture = depict(base, head, result);
      const page = await renderHtml(result, picture, compareManifests(base, head, result));
      return [page, renderMermaid(picture, 'both'), await renderSvg(picture, { view: 'both' })];
    };
    const texts = await Promise.all([
      outputs([stack(before)], [stack(after)]),
      outputs([stack(after)], [stack(before)]),
    ]);
    const shown = texts.flat().map((text) => text.replace(/<script>.*<\/script>/s, ''));
    expect(shown.filter((text) => text === '' || /undefined|NaN|\[object/.test(text))).toEqual([]);
  });

  test('is given no prediction that nothing supports', () => {
    const { changes, counts } = found();
    expect(counts.replace).toBe(0);
    expect(changes.filter(({ provenance }) => provenance.kind === 'predicted')).toEqual([]);
  });
});

test('types without knowledge are named as unknown', () => {
  const [before, after] = FOREIGN['AWS']!;
  const { unknown } = review([stack(before)], [stack(after)]);
  expect(unknown.join('\n')).toContain('aws_instance, aws_security_group');
  expect(unknown.join('\n')).toContain(
    'look related to network exposure, which is not analyzed for their types: aws_security_group',
  );
});

test('what a module does inside is not claimed to be seen', () => {
  const [before, after] = FOREIGN['modules, for_each and dynamic blocks']!;
  const { changes } = review([stack(before)], [stack(after)]);
  expect(changes.find(({ address }) => address === 'module.net')).toMatchObject({
    action: 'update',
    attributes: [{ path: 'version', before: '1.0.0', after: '2.0.0' }],
    notes: ['changes inside the module are not seen'],
  });
  expect(changes.find(({ address }) => address === 'aws_subnet.all')?.notes[0]).toContain('compared as written: tag');
});

test('the same input gives the same bytes, whatever the order of its keys', () => {
  const bytes = (base: typeof BASE, head: typeof HEAD) => {
    const found = review(base, head);
    return renderJson(found) + renderMarkdown(found) + renderTerminal(found, true);
  };
  const turned = (program: typeof BASE) =>
    program.map(({ files, ...rest }) => ({ ...rest, files: files.map((file) => shuffled(file) as JsonObject) }));
  expect(bytes(turned(BASE), turned(HEAD))).toBe(bytes(BASE, HEAD));
  for (const [before, after] of Object.values(FOREIGN)) {
    const other = bytes(turned([stack(before)]), turned([stack(after)]));
    expect(other).toBe(bytes([stack(before)], [stack(after)]));
  }
});
