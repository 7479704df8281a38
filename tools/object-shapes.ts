import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { ObjectField, ObjectShape, ValueType } from '../constructs/manifests/object-field';
import { defaultsOf, fieldName, isUserMap, isOmitted, listName, type Path, valueType } from '../lib/manifests/fields';
import { kindOf } from '../lib/manifests/kinds';
import { bindingFolders, type Field, type Fields, providerSchema } from './provider-schema';

/*
 * Generates the table in constructs/manifests/object-shapes.ts, which maps the fields of Kubernetes objects to those of the
 * provider's resources, from the bindings and from the opposite mapping in lib/manifests. `npm run shapes` writes it; a test
 * fails if it is not current.
 */

const ROOT = resolve(__dirname, '..');
const TARGET = join(ROOT, 'constructs/manifests/object-shapes.ts');

/** The omitted kinds: their fields differ in more than their names, or they are not kept in files. */
const LEFT_OUT = [
  ...['PersistentVolume', 'CertificateSigningRequest', 'Endpoints', 'EndpointSlice', 'ReplicationController'],
  ...['APIService', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'CSIDriver'],
];

/** The arguments that only Terraform and the provider read, and the values of Secrets, which are read separately. */
const NOT_OF_OBJECTS = /^(id|timeouts|wait_\w+|auto_approve|target_state|data_wo\w*|binary_data_wo\w*)$/;

/** Fields in which Kubernetes accepts a number or a text. */
const INTEGERS_OR_TEXTS = ['target_port', 'max_surge', 'max_unavailable', 'min_available'];
const PORTS = /\.(http_get|tcp_socket|ports)\.port$/;

/** Fields in which Kubernetes accepts a quantity, as a number or with a unit. */
const QUANTITIES = [
  ...['average_value', 'capacity', 'default', 'default_request', 'divisor', 'hard', 'limits', 'max'],
  ...['max_limit_request_ratio', 'min', 'pod_fixed', 'requests', 'size_limit', 'target.value'],
];

class Shapes {
  public readonly shapes = new Map<string, ObjectShape>();
  private readonly names = new Map<string, string>();

  /** Adds the shape of a block and returns its name; equal blocks share one shape. */
  public add(fields: Fields, path: Path): string {
    const entries = Object.entries(fields)
      .filter(([name]) => !isLeftOut(path, name))
      .map(([name, field]) => this.entry(field, [...path, name]));
    const shape = Object.fromEntries(entries);
    if (Object.keys(shape).length !== entries.length) {
      throw new Error(`two fields of ${path.join('.')} have one name in Kubernetes`);
    }
    const text = JSON.stringify(shape);
    const name = this.names.get(text) ?? this.freeName(path);
    this.names.set(text, name);
    this.shapes.set(name, shape);
    return name;
  }

  private entry(field: Field, path: Path): [string, ObjectField] {
    const list = field.block === undefined ? undefined : listName(path);
    const name = list ?? fieldName(path);
    const isMap = isUserMap(path);
    const isList = !isMap && (field.block === undefined ? field.isList : list !== undefined);
    const is = field.block === undefined ? typeOf(field, path) : this.add(field.block, path);
    const isOtherInBinding = field.block !== undefined && field.isList !== isList;
    const isText = (is === 'integer' || is === 'boolean') && field.type === 'string';
    return [
      name,
      {
        is,
        ...(field.property !== name && { property: field.property }),
        ...(isMap && { many: 'map' }),
        ...(isList && { many: 'list' }),
        ...(isOtherInBinding && { binding: field.isList ? 'list' : 'one' }),
        ...(isText && { asText: true }),
        ...((field.isRequired || isDefault(path)) && { required: true }),
      },
    ];
  }

  /** The shortest end of the path that is not the name of another shape. */
  private freeName(path: Path): string {
    const words = path.map((one) => one.replace(/(^|_)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase()));
    const names = path.map((_, index) => words.slice(path.length - 1 - index).join(''));
    // the second version of a kind gets a number
    return [...names, `${words.join('')}2`].find((one) => !this.shapes.has(one)) ?? path.join('.');
  }
}

/** Whether the provider has a default for a field that Kubernetes requires. */
function isDefault(path: Path): boolean {
  const name = path[path.length - 1] ?? '';
  return path.length > 2 && Object.hasOwn(defaultsOf(path.slice(0, -1)), name);
}

function isLeftOut(path: Path, name: string): boolean {
  const isTop = path.length === 1;
  const isSecretValue = path[0] === 'Secret' && isTop && /^(binary_)?data$/.test(name);
  return isOmitted([...path, name]) || isSecretValue || (isTop && NOT_OF_OBJECTS.test(name));
}

function typeOf(field: Field, path: Path): ValueType {
  const text = path.join('.');
  if (QUANTITIES.some((end) => text.endsWith(`.${end}`))) {
    return 'quantity';
  }
  switch (valueType(path)) {
    case 'number':
      return INTEGERS_OR_TEXTS.includes(path.at(-1) ?? '') || PORTS.test(text) ? 'integerOrText' : 'integer';
    case 'boolean':
      return 'boolean';
    case 'octal':
      return 'octal';
    case 'text':
      return 'text';
    default:
      return { string: 'text' as const, number: 'integer' as const, boolean: 'boolean' as const }[field.type];
  }
}

/** The current content of the file. */
async function shapesText(): Promise<string> {
  const schema = providerSchema();
  const folders = bindingFolders();
  const shapes = new Shapes();
  const kinds = Object.keys(schema).flatMap((type) => {
    const kind = kindOf(type);
    const isStable = /_v\d+$/.test(type) && !type.startsWith('kubernetes_default_');
    return typeof kind === 'object' && isStable && !LEFT_OUT.includes(kind.kind) ? [{ type, ...kind }] : [];
  });
  const lines = kinds.map(({ type, apiVersion, kind }) => {
    const fields = schema[type] ?? {};
    const folder = folders[type] ?? '';
    const binding = folder.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
    const namespaced = fields.metadata?.block?.namespace !== undefined;
    return (
      `{ apiVersion: '${apiVersion}', kind: '${kind}', shape: '${shapes.add(fields, [kind])}', isNamespaced: ${namespaced}, ` +
      `binding: '${binding}', load: () => require('@cdktf/provider-kubernetes/lib/${folder}') as unknown },`
    );
  });
  const text = [
    '/* Written by `npm run shapes` from the bindings and from lib/manifests. Not to be edited. */',
    '',
    "import type { ObjectKind, ObjectShape } from './object-field';",
    '',
    '/** The kinds that have a resource of their own. */',
    `export const OBJECT_KINDS: readonly ObjectKind[] = [\n${lines.join('\n')}\n];`,
    '',
    '/** The fields of objects, and of what they are made of. */',
    `export const OBJECT_SHAPES: { readonly [name: string]: ObjectShape } = ${JSON.stringify(Object.fromEntries(shapes.shapes))};`,
  ].join('\n');
  return format(text, { ...(await resolveConfig(TARGET)), filepath: TARGET });
}

async function run(): Promise<void> {
  const text = await shapesText();
  if (!process.argv.includes('--check')) {
    writeFileSync(TARGET, text);
  } else if (readFileSync(TARGET, 'utf8') !== text) {
    console.error('constructs/manifests/object-shapes.ts is not current: run `npm run shapes`');
    process.exitCode = 1;
  }
}

void run();
