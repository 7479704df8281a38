import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestsYaml } from '../../../lib/manifests';
import { run as command } from '../../../lib/manifests/command';
import { readSettings } from '../../../lib/vote/settings';
import { VoteStack } from '../../../lib/vote/vote-stack';
import { invalidManifests, manifestObjects, misplacedPlaceholders } from '../../manifests';
import { type Block, type Json, synth, temporaryFolder, testApp } from '../../util';

const ROOT = join(__dirname, '../../..');

function voteJson(): Json {
  return synth(new VoteStack(testApp(), 'vote', readSettings(ROOT, {}).settings));
}

/** The YAML of resources. */
function yamlOf(resource: Json['resource'], others: object = {}): string {
  return manifestsYaml({ resource, ...others });
}

test("the article's stack is this YAML, which Kubernetes takes", () => {
  expect(manifestsYaml({ ...voteJson() })).toMatchSnapshot();
  expect(invalidManifests(voteJson())).toEqual([]);
  expect(misplacedPlaceholders(voteJson())).toEqual([]);
});

describe('a value known only at apply', () => {
  const image = (text: string, resource: Json['resource'] = {}): unknown => {
    const pod = { metadata: { name: 'a' }, spec: { container: [{ image: text }] } };
    const [object] = manifestObjects({ resource: { kubernetes_pod_v1: { a: pod }, ...resource } });
    return (object!.spec as { containers: [{ image: unknown }] }).containers[0].image;
  };

  test.each([
    ['${azurerm_container_registry.registry.login_server}', '<azurerm_container_registry.registry.login_server>'],
    ['${azurerm_container_registry.a.login_server}/b:v1', '<azurerm_container_registry.a.login_server>/b:v1'],
    ['a/${var.name}:${var.tag}', 'a/<var.name>:<var.tag>'],
    ['${join("}", [var.a, "{"])}:v1', '<join("}", [var.a, "{"])>:v1'],
    ['${{for a in var.b : a => "x"}["c"]}', '<{for a in var.b : a => "x"}["c"]>'],
    ['%{ if var.a }b%{ endif }', '<if var.a>b<endif>'],
    ['$${literal} and %%{literal}', '${literal} and %{literal}'],
    ['${"$"}${var.price} and $$${literal}', '$<var.price> and $${literal}'],
    ['${data.azurerm_x.registry_EFEA226F.id}', '<data.azurerm_x.registry_EFEA226F.id>'],
    ['100% and $5 and ${', '100% and $5 and <>'],
  ])('is a named placeholder, and the rest of the text stays: %j', (text, expected) => {
    expect(image(text)).toBe(expected);
  });

  test('has the name that CDKTF was given, without the hash that it adds, unless two would be one', () => {
    const nameOf = (name: string, ...others: string[]): unknown =>
      image(`\${azurerm_x.${name}.id}`, { azurerm_x: Object.fromEntries([name, ...others].map((one) => [one, {}])) });

    expect(nameOf('registry_EFEA226F')).toBe('<azurerm_x.registry.id>');
    expect(nameOf('registry_EFEA226F', 'registry_0000000A')).toBe('<azurerm_x.registry_EFEA226F.id>');
    expect(nameOf('registry_20260131')).toBe('<azurerm_x.registry_20260131.id>');
  });

  test('does not break the YAML where Kubernetes wants a number', () => {
    const spec = { replicas: '${var.replicas}', strategy: { rolling_update: { max_surge: '${a["b: #c"]}%' } } };

    expect(yamlOf({ kubernetes_deployment_v1: { a: { spec } } })).toContain('\n  replicas: <var.replicas>\n');
    expect(manifestObjects({ resource: { kubernetes_deployment_v1: { a: { spec } } } })[0]!.spec).toEqual({
      replicas: '<var.replicas>',
      strategy: { rollingUpdate: { maxSurge: '<a["b: #c"]>%' } },
    });
  });
});

describe('the values of a Secret', () => {
  test('are never shown, wherever they come from', () => {
    const values = { plain: 'hunter2', mixed: 'hunter2${var.a}', made: '${base64encode("hunter2")}', number: 4242 };
    const resource = {
      kubernetes_secret_v1: {
        a: { data: values, binary_data: { binary: 'aHVudGVyMg==' }, type: 'Opaque' },
        b: { data_wo: { written: 'hunter2' }, data_wo_revision: 1, binary_data_wo: { once: 'aHVudGVyMg==' } },
        c: { data: '${merge({ password = "hunter2" }, var.a)}' },
      },
      kubernetes_secret: { a: { data: { referred: '${random_password.redis.result}' } } },
      kubernetes_manifest: {
        a: {
          manifest: { apiVersion: 'v1', kind: 'Secret', data: { raw: 'aHVudGVyMg==' }, stringData: { s: 'hunter2' } },
        },
        b: { manifest: { apiVersion: 'v1', kind: 'List', items: [{ kind: 'Secret', data: { listed: 'hunter2' } }] } },
      },
    };
    const text = yamlOf(resource);

    expect(text).not.toMatch(/hunter2|aHVudGVyMg|4242/);
    expect(text.match(/^ *(\w+): <.*>$/gm)!.map((line) => line.trim())).toEqual([
      'raw: <value of raw>',
      's: <value of s>',
      'referred: <random_password.redis.result>',
      ...['plain', 'mixed', 'made', 'number', 'binary'].map((key) => `${key}: <value of ${key}>`),
      ...['written', 'once'].map((key) => `${key}: <value of ${key}>`),
      'listed: <value of listed>',
    ]);
  });

  test('have placeholders that Kubernetes takes as text, and a comment', () => {
    const resource = { kubernetes_secret_v1: { a: { metadata: { name: 'a' }, binary_data: { key: 'AA==' } } } };

    expect(invalidManifests({ resource })).toEqual([]);
    expect(yamlOf(resource)).toMatchInlineSnapshot(`
     "# kubernetes_secret_v1.a
     # the values of a Secret are not shown: fill them in
     apiVersion: v1
     kind: Secret
     metadata:
       name: a
     stringData:
       key: <value of key>
     "
    `);
  });
});

describe('of Terraform JSON that nobody of us wrote', () => {
  test('every form of nesting is read', () => {
    const service = { metadata: [{ name: 'a' }], spec: [{ port: [{ port: 80 }] }] };
    const forms = [
      { kubernetes_service_v1: { a: service } },
      { kubernetes_service_v1: { a: [service] } },
      { kubernetes_service_v1: [{ a: service }] },
      [{ kubernetes_service_v1: { a: service } }, { azurerm_resource_group: { a: {} } }],
    ];
    const texts = forms.map((resource) => manifestsYaml({ resource }));

    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain('name: a\n');
    expect(manifestsYaml({})).toBe('');
  });

  test('loops are shown once, with a comment', () => {
    const resource = {
      kubernetes_config_map_v1: {
        each: { for_each: '${var.teams}', metadata: { name: '${each.key}' } },
        some: { count: 3, metadata: { name: 'some-${count.index}' }, provider: 'kubernetes.second' },
      },
      kubernetes_pod_v1: {
        dynamic: {
          metadata: { generate_name: 'a-' },
          spec: {
            container: { name: 'own' },
            dynamic: [{ container: { for_each: ['b', 'c'], content: [{ name: '${container.value}' }] } }],
          },
        },
      },
    };
    expect(yamlOf(resource)).toMatchInlineSnapshot(`
     "# kubernetes_config_map_v1.each
     # Terraform creates it in a loop; it is listed once
     apiVersion: v1
     kind: ConfigMap
     metadata:
       name: <each.key>
     ---
     # kubernetes_config_map_v1.some
     # Terraform creates it in a loop; it is listed once
     # for the cluster of the provider kubernetes.second
     apiVersion: v1
     kind: ConfigMap
     metadata:
       name: some-<count.index>
     ---
     # kubernetes_pod_v1.dynamic
     # Terraform creates spec.container in a loop; it is listed once
     # for "kubectl create": "apply" does not support generated names
     apiVersion: v1
     kind: Pod
     metadata:
       generateName: a-
     spec:
       containers:
         - name: own
         - name: <container.value>
     "
    `);
  });

  test('a Job whose name only Terraform computes to its end gets one from Kubernetes', () => {
    const named = (type: string, name: string): string =>
      yamlOf({ [type]: { migration: { metadata: { name, namespace: 'shop' }, spec: {} } } });

    expect(named('kubernetes_job_v1', 'api-migrate-${substr(sha256(var.password), 0, 8)}')).toContain(
      '# for "kubectl create": "apply" does not support generated names\napiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: api-migrate-\n  namespace: shop\n',
    );
    expect(named('kubernetes_job_v1', 'api-migrate-0a1b2c3d')).toContain('  name: api-migrate-0a1b2c3d\n');
    expect(named('kubernetes_job_v1', '${var.name}')).toContain('  name: <var.name>\n');
    // others refer to it
    expect(named('kubernetes_service_v1', 'api-${var.name}')).toContain('  name: api-<var.name>\n');
  });

  test('a manifest stays as it is, and what has none is named', () => {
    const resource = {
      kubernetes_manifest: {
        route: {
          manifest: {
            apiVersion: 'gateway.networking.k8s.io/v1',
            kind: 'HTTPRoute',
            metadata: { name: 'a', labels: { some_key: '1' } },
            spec: { parentRefs: [{ name: '${kubernetes_service_v1.a.metadata[0].name}' }], port: 80 },
          },
        },
        file: { manifest: '${yamldecode(file("a.yaml"))}' },
      },
      kubernetes_labels: { a: { labels: {} } },
      kubernetes_ingress: { a: { spec: {} } },
      kubernetes_flux_capacitor_v3: { a: { spec: {} } },
      helm_release: { a: {} },
    };
    expect(yamlOf(resource)).toMatchInlineSnapshot(`
     "# kubernetes_flux_capacitor_v3.a: no manifest: its type is unknown
     # kubernetes_ingress.a: no manifest: networking.k8s.io/v1beta1 left Kubernetes with 1.22; kubernetes_ingress_v1 is its successor
     # kubernetes_labels.a: no manifest: it changes an object that is defined elsewhere
     # kubernetes_manifest.file: no manifest: only Terraform can compute its manifest
     # kubernetes_manifest.route
     apiVersion: gateway.networking.k8s.io/v1
     kind: HTTPRoute
     metadata:
       name: a
       labels:
         some_key: "1"
     spec:
       parentRefs:
         - name: <kubernetes_service_v1.a.metadata[0].name>
       port: 80
     "
    `);
  });
});

describe('npm run manifests', () => {
  interface Result {
    readonly stdout: string;
    readonly stderr: string;
    readonly status: number | null;
  }

  /** Runs the command in this process. */
  const run = (...args: string[]): Result => {
    const said = { stdout: '', stderr: '' };
    const write = (text: string) => void (said.stdout += text);
    const status = command(args, { write, writeError: (text) => void (said.stderr += text) });
    return { ...said, status };
  };

  /** Starts the command as npm does. */
  const start = (...args: string[]): Result =>
    spawnSync(process.execPath, ['-r', 'tsx/cjs', join(ROOT, 'lib/manifests/cli.ts'), ...args], {
      cwd: ROOT,
      encoding: 'utf8',
    });
  const configMap = (name: string): Block => ({ metadata: { name } });

  /** A folder as CDKTF writes it, with two stacks. */
  function cdktfOut(): string {
    const folder = temporaryFolder();
    const stacks = Object.fromEntries(
      ['web', 'platform'].map((name) => [name, { name, synthesizedStackPath: `stacks/${name}/cdk.tf.json` }]),
    );
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: '0.21.0', stacks }));
    for (const name of ['web', 'platform']) {
      mkdirSync(join(folder, 'stacks', name), { recursive: true });
      const resource = name === 'web' ? { kubernetes_config_map_v1: { a: configMap('a') } } : {};
      writeFileSync(join(folder, 'stacks', name, 'cdk.tf.json'), JSON.stringify({ resource }));
    }
    return folder;
  }

  const WEB = '# kubernetes_config_map_v1.a\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

  test('prints the stacks that CDKTF wrote', () => {
    expect(start(cdktfOut())).toMatchObject({
      stdout: `# Stack platform\n---\n# Stack web\n${WEB}`,
      stderr: '',
      status: 0,
    });
  });

  test('ends with 1 and one line for what is wrong', () => {
    const stderr = `manifests: Unknown option '--wat'; "npm run manifests -- --help" shows the usage\n`;
    expect(start('--wat')).toMatchObject({ stdout: '', stderr, status: 1 });
  });

  test('writes a file for each with --out', () => {
    const out = join(temporaryFolder(), 'new', 'folder');
    const { stdout, status } = run(cdktfOut(), '--out', out);

    expect(status).toBe(0);
    expect(stdout).toBe(`${join(out, 'platform.yaml')}\n${join(out, 'web.yaml')}\n`);
    expect(readdirSync(out)).toEqual(['platform.yaml', 'web.yaml']);
    expect(readFileSync(join(out, 'web.yaml'), 'utf8')).toBe(`# Stack web\n${WEB}`);
  });

  test('reads a folder of plain Terraform JSON as one stack, and a file alone', () => {
    const folder = join(temporaryFolder(), 'plain');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'a.tf.json'),
      JSON.stringify({ resource: [{ kubernetes_config_map_v1: { a: configMap('a') } }] }),
    );
    writeFileSync(
      join(folder, 'b.tf.json'),
      JSON.stringify({ resource: { kubernetes_config_map_v1: { b: configMap('b') } } }),
    );

    expect(run(folder).stdout).toBe(`# Stack plain\n${WEB}---\n${WEB.replaceAll(/\ba$/gm, 'b').replace('.a', '.b')}`);
    expect(run(join(folder, 'a.tf.json')).stdout).toBe(`# Stack plain\n${WEB}`);
  });

  test('answers what it cannot read with one line', () => {
    const folderWith = (name: string, text: string): string => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, name), text);
      return folder;
    };
    const empty = temporaryFolder();
    const broken = folderWith('a.tf.json', '{');
    const without = folderWith('manifest.json', '[]');
    const lost = folderWith('manifest.json', '{"stacks":{"a":{"synthesizedStackPath":"b.json"}}}');
    const pathless = folderWith('manifest.json', '{"stacks":{"a":{}}}');
    const cases: [string[], string][] = [
      [['no-such-folder'], 'no-such-folder: no such folder; synthesize first, with "npm start" or "cdktf synth"'],
      [[empty], `${empty}: neither manifest.json nor a *.tf.json file in it; synthesize the program first`],
      [[broken], `${join(broken, 'a.tf.json')}: not valid JSON`],
      [
        [without],
        `${join(without, 'manifest.json')}: no "stacks" in it; this is not the manifest of a synthesized program`,
      ],
      [[lost], `${join(lost, 'b.json')}: cannot be read (ENOENT)`],
      [[pathless], `${join(pathless, 'manifest.json')}: stack 'a' names no file inside this folder`],
      [['a', 'b'], 'one folder at a time, got a b'],
      [['--wat'], "Unknown option '--wat'"],
    ];
    for (const [args, message] of cases) {
      const stderr = `manifests: ${message}; "npm run manifests -- --help" shows the usage\n`;
      expect(run(...args)).toMatchObject({ stdout: '', stderr, status: 1 });
    }
    const taken = join(folderWith('file', ''), 'file');
    expect(run(folderWith('a.tf.json', '{}'), '--out', taken)).toMatchObject({
      stderr: expect.stringMatching(/file.*\.yaml: cannot be written \(\w+\)/),
      status: 1,
    });
    expect(run('--help')).toMatchObject({ stdout: expect.stringMatching(/^Usage: npm run manifests/), status: 0 });
    expect(existsSync(join(ROOT, 'no-such-folder'))).toBe(false);
  });
});

test('the order is that of applying, then the namespace and the name, whatever the order of the JSON', () => {
  const named = (name: string, namespace?: string): Block => ({ metadata: { name, namespace } });
  const forward = {
    kubernetes_service_v1: { x: named('b'), y: named('a') },
    kubernetes_deployment_v1: { x: named('a', 'z'), y: named('b', 'c'), z: named('a', 'c') },
    kubernetes_manifest: { x: { manifest: { apiVersion: 'a/v1', kind: 'Any', ...named('a') } } },
    kubernetes_namespace_v1: { x: named('z') },
    kubernetes_secret_v1: { x: named('a') },
  };
  const reversed = Object.fromEntries(
    Object.entries(forward)
      .reverse()
      .map(([type, resources]) => [type, Object.fromEntries(Object.entries(resources).reverse())]),
  );

  expect(manifestsYaml({ resource: forward })).toBe(manifestsYaml({ resource: reversed }));
  expect(
    manifestObjects({ resource: forward }).map(({ kind, metadata }) => {
      const { namespace, name } = metadata as { namespace?: string; name: string };
      return [kind, namespace, name].filter((one) => one !== undefined).join(' ');
    }),
  ).toEqual([
    'Namespace z',
    'Secret a',
    'Service a',
    'Service b',
    'Deployment c a',
    'Deployment c b',
    'Deployment z a',
    'Any a',
  ]);
});

describe('a reference', () => {
  const namespace = { metadata: [{ name: 'vote', labels: { team: 'red' } }] };
  const json = {
    locals: { prefix: 'jm', app: '${local.prefix}-app', password: 'hunter2', circle: '${local.circle}x' },
    variable: { tag: { default: 'v1' } },
    data: { kubernetes_namespace_v1: { found: { metadata: { name: 'found' } } } },
    resource: {
      kubernetes_namespace_v1: {
        one: namespace,
        loop: { ...namespace, count: 2 },
        both: { metadata: [{ name: '${local.app}-${var.tag}' }] },
        two: { metadata: [{ name: 'a' }, { name: 'b' }] },
      },
      kubernetes_secret_v1: { one: { metadata: { name: 'keys' }, data: { key: 'hunter2' } } },
    },
  };
  const read = (text: string) => {
    const [object] = manifestObjects({
      ...json,
      resource: { ...json.resource, kubernetes_config_map_v1: { one: { metadata: { name: 'c' }, data: { text } } } },
    } as Json).filter(({ kind }) => kind === 'ConfigMap');
    return (object!.data as { text: string }).text;
  };

  test.each([
    ['an attribute', '${kubernetes_namespace_v1.one.metadata[0].name}', 'vote'],
    ['an attribute in a text', 'x.${ kubernetes_namespace_v1.one.metadata[0].name }.svc', 'x.vote.svc'],
    ['two in a text', '${kubernetes_namespace_v1.one.metadata[0].name}/${local.prefix}', 'vote/jm'],
    ['the key of a map', '${kubernetes_namespace_v1.one.metadata[0].labels.team}', 'red'],
    ['what a data source is asked for', '${data.kubernetes_namespace_v1.found.metadata[0].name}', 'found'],
    ['the name of a Secret', '${kubernetes_secret_v1.one.metadata[0].name}', 'keys'],
    ['a local that has a reference', '${local.app}', 'jm-app'],
    ['a block that is not the first', '${kubernetes_namespace_v1.two.metadata[1].name}', 'b'],
    ['a part of what Terraform computes', '${kubernetes_namespace_v1.both.metadata[0].name}', 'jm-app-<var.tag>'],
    ['a function of texts', '${upper(local.prefix)}', 'JM'],
    ['a text that is escaped', '$${local.prefix}', '${local.prefix}'],
  ])('to %s is what the JSON says: %s', (_, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ['a variable', '${var.tag}'],
    ['what is not said', '${kubernetes_namespace_v1.one.id}'],
    ['one of many', '${kubernetes_namespace_v1.loop.metadata[0].name}'],
    ['the value of a Secret', '${kubernetes_secret_v1.one.data.key}'],
    ['a local that sounds secret', '${local.password}'],
    ['a function of a local that sounds secret', '${upper(local.password)}'],
    ['itself', '${local.circle}'],
    ['a function of other values', '${sha256(local.prefix)}'],
  ])('to %s stays a placeholder: %s', (_, text) => {
    expect(read(text)).toMatch(/^<.*>x?$/);
  });
});

test('a placeholder where Kubernetes looks at what it is given is found in tests', () => {
  const metadata = { name: 'a', namespace: '${var.namespace}', annotations: { note: '${var.note}' } };

  expect(misplacedPlaceholders({ resource: { kubernetes_config_map_v1: { one: { metadata } } } })).toEqual([
    'ConfigMap metadata.namespace',
  ]);
});

test('what Kubernetes would reject is found in tests: wrong values, unknown fields, not placeholders', () => {
  const template = { metadata: { labels: { app: 'a' } }, spec: { container: [{ name: 'a', image: 'a' }] } };
  const selector = { match_labels: { app: 'a' } };
  const deployment = (changes: Block): Block => ({ metadata: { name: 'a' }, spec: { selector, template, ...changes } });
  const invalid = (changes: Block): string[] =>
    invalidManifests({ resource: { kubernetes_deployment_v1: { a: deployment(changes) } } });

  expect(invalid({ replicas: '${var.replicas}' })).toEqual([]);
  expect(invalid({ replicas: 'two' })).toEqual([
    'Deployment/spec/replicas must be integer',
    expect.stringContaining('"replicas": "two"'),
  ]);
  expect(invalid({ replica_count: 2 })).toEqual([expect.stringContaining('"replicaCount"\' does not exist')]);
  expect(invalid({ selector: undefined })).toEqual([
    'Deployment/spec must have required property selector',
    expect.stringContaining('Property \'"selector"\' is missing'),
  ]);
});
