import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { type KubernetesObject, manifestsYaml } from '../lib/manifests';
import { compilerOptions, programOf } from './compiler';
import type { Json } from './util';

const load = createRequire(__filename);
const ROOT = join(__dirname, '..');
const MODELS = dirname(require.resolve('kubernetes-models/package.json'));

/** What a model of kubernetes-models offers. */
interface Model {
  new (object: KubernetesObject): { validate(): void };
}

interface SchemaError {
  readonly instancePath: string;
  readonly message: string;
}

/**
 * What Kubernetes would reject of the manifests of a stack: missing, wrong and unknown fields, one line each. Custom
 * resources pass, since their schemas are not here, and so do placeholders.
 */
export function invalidManifests(json: Json): string[] {
  const objects = manifestObjects(json).filter(isKnown);
  return [...objects.flatMap(schemaErrors), ...typeErrors(objects)];
}

/** Where Kubernetes takes any text; everywhere else it looks at what it is given: names, selectors, labels, numbers. */
const FREE_TEXT = /^(stringData|data|(.*\.)?(annotations|command|args|env)(\.|$)|(.*\.)?(image|value)$)/;

/** The fields of the manifests of a stack in which Kubernetes would reject the placeholder that they have. */
export function misplacedPlaceholders(json: Json): string[] {
  return manifestObjects(json).flatMap((object) =>
    placeholdersIn(object)
      .filter((path) => !FREE_TEXT.test(path))
      .map((path) => `${object.kind} ${path}`),
  );
}

function placeholdersIn(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' && /<.*>/s.test(value) ? [path] : [];
  }
  return Object.entries(value).flatMap(([key, inner]) => placeholdersIn(inner, path === '' ? key : `${path}.${key}`));
}

/** The objects in the YAML of a stack, as kubectl reads it. */
export function manifestObjects(json: Json): KubernetesObject[] {
  const documents = parseAllDocuments(manifestsYaml(json as { readonly [key: string]: unknown }), { version: '1.1' });
  if ('empty' in documents) {
    return [];
  }
  return documents.map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as KubernetesObject;
  });
}

/** Any text, where a type names some. */
const LOOSE = `type Loose<T> = T extends string ? string : T extends readonly (infer E)[] ? Loose<E>[]
  : T extends object ? { [K in keyof T]: Loose<T[K]> } : T;`;

/**
 * Fields that Kubernetes does not have, or has otherwise; found by the compiler, since the schemas let them pass.
 *
 * @param values Whether text has to be one of those that Kubernetes names
 */
export function typeErrors(objects: readonly KubernetesObject[], values: 'real' | 'made up' = 'real'): string[] {
  const file = join(ROOT, 'test', 'manifests-types.ts');
  const declarations = objects.map((object, index) => {
    const type = values === 'real' ? `T${index}` : `Loose<T${index}>`;
    const declared = `export const o${index}: ${type} = ${literal(object)};`;
    return `import type { I${object.kind} as T${index} } from '${moduleOf(object)}';\n${declared}`;
  });
  const code = [LOOSE, ...declarations].join('\n');
  const options = { ...compilerOptions(), noUnusedLocals: false, types: [] };
  const program = programOf([file], new Map([[file, code]]), options);
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ messageText, start }) => {
    const line = code.slice(0, start).split('\n').at(-1) + code.slice(start).split('\n')[0]!;
    return `${ts.flattenDiagnosticMessageText(messageText, ' ')} in ${line.trim()}`;
  });
}

function schemaErrors(object: KubernetesObject): string[] {
  const models = load(moduleOf(object)) as { readonly [kind: string]: Model };
  try {
    new models[object.kind]!(object).validate();
    return [];
  } catch (error) {
    const { errors } = error as { errors: readonly SchemaError[] };
    return errors
      .filter(({ instancePath }) => !isPlaceholder(valueAt(object, instancePath)))
      .map(({ instancePath, message }) => `${object.kind}${instancePath} ${message}`);
  }
}

function valueAt(object: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((inner, key) => (inner as { [key: string]: unknown })[key], object);
}

function isKnown(object: KubernetesObject): boolean {
  return existsSync(join(MODELS, object.apiVersion, `${object.kind}.d.ts`));
}

function moduleOf({ apiVersion, kind }: KubernetesObject): string {
  return `kubernetes-models/${apiVersion}/${kind}`;
}

/** The code of a value, in which a placeholder is of any type. */
function literal(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (isPlaceholder(inner) ? '<>' : inner), 1).replaceAll(
    '"<>"',
    '(undefined as never)',
  );
}

function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && /^<.*>$/s.test(value);
}
