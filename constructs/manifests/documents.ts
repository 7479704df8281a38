import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Violation, violation } from '../core/problems/violation';
import { isText } from '../core/values/known';
import { show } from '../core/values/shown';
import type { ObjectKind } from './object-field';
import { type Fields, isFields, isNothing } from './object-reader';
import { otherKindProblem } from './other-kinds';
import { OBJECT_KINDS } from './object-shapes';
import { YamlPlace } from './yaml-place';

/** An object with a name, of a kind that has a resource. */
export interface NamedObject {
  readonly kind: ObjectKind;
  readonly name: string;
  readonly namespace?: string;
  /** Its fields without `apiVersion` and `kind`. */
  readonly fields: Fields;
  readonly place: YamlPlace;
}

/** The objects of a text, and the problems of the rest of it. */
export interface Documents {
  readonly objects: readonly NamedObject[];
  readonly problems: readonly Violation[];
}

type Parser = typeof import('./parse-yaml');

/** The objects of a file, in their order. */
export function readFile(path: string): Documents {
  return existsSync(path) && statSync(path).isFile()
    ? readDocuments(readFileSync(path, 'utf8'), basename(path))
    : onlyProblem(
        violation('manifest-source', `'path' must be the path of a file, got ${show(path)}, which does not exist`),
      );
}

/** The objects of a text, in their order. */
export function readDocuments(text: string, file?: string): Documents {
  const { parseYaml } = require('./parse-yaml') as Parser;
  const found = parseYaml(text).flatMap(({ value, mistakes, lineOf }, index) => [
    ...mistakes.map((mistake) =>
      violation('manifest-yaml', `the YAML cannot be read: ${mistake}${file === undefined ? '' : ` of ${file}`}`),
    ),
    ...(isNothing(value) ? [] : items(value, new YamlPlace(file, index + 1, lineOf))),
  ]);
  return found.length === 0
    ? onlyProblem(violation('manifest-yaml', 'the YAML must have at least one object, got none'))
    : {
        objects: found.filter((one): one is NamedObject => 'fields' in one),
        problems: found.filter((one): one is Violation => 'message' in one),
      };
}

/** The result if nothing could be read. */
function onlyProblem(problem: Violation): Documents {
  return { objects: [], problems: [problem] };
}

/** The object of a document, or those that it lists. */
function items(value: unknown, place: YamlPlace): (NamedObject | Violation)[] {
  if (isFields(value) && /List$/.test(String(value.kind)) && Array.isArray(value.items)) {
    return value.items.flatMap((item: unknown, index) => items(item, place.item(index)));
  }
  const object = identified(value, place);
  return ['message' in object ? place.located(object) : object];
}

function identified(value: unknown, place: YamlPlace): NamedObject | Violation {
  const { apiVersion, kind, ...fields } = isFields(value) ? value : {};
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    return violation(
      'manifest-kind',
      `'apiVersion' and 'kind' of an object must be given as texts, got ${show(apiVersion)} and ${show(kind)}${versionOf(kind)}`,
    );
  }
  const { generateName, name, namespace } = isFields(fields.metadata) ? fields.metadata : {};
  const versions = OBJECT_KINDS.filter((one) => one.kind === kind);
  const known = versions.find((one) => one.apiVersion === apiVersion);
  if (known === undefined) {
    return unknownKind(apiVersion, kind, versions);
  }
  if (!isNothing(generateName)) {
    return violation(
      'manifest-name',
      `'metadata.generateName' of the ${kind} must not be given, got ${show(generateName)}: Terraform identifies an object by its name. Set` +
        " 'metadata.name'",
    );
  }
  if (!isText(name) || name === '') {
    return violation(
      'manifest-name',
      `'metadata.name' of the ${kind} must be a text that is known when the program runs, got ${show(name)}: it is part of the Terraform address`,
    );
  }
  return {
    kind: known,
    name,
    namespace: isText(namespace) ? namespace : undefined,
    fields: withoutStatus(fields),
    place,
  };
}

function versionOf(kind: unknown): string {
  const versions = OBJECT_KINDS.filter((one) => one.kind === kind).map(({ apiVersion }) => show(apiVersion));
  return versions.length === 0 ? '' : `: 'apiVersion' of the ${String(kind)} is ${versions.join(' or ')}`;
}

/** The fields without an empty status, such as `kubectl create --dry-run` prints it. */
function withoutStatus({ status, ...fields }: Fields): Fields {
  return saysNothing(status) ? fields : { ...fields, status };
}

function saysNothing(value: unknown): boolean {
  return isNothing(value) || (isFields(value) && Object.values(value).every(saysNothing));
}

function unknownKind(apiVersion: string, kind: string, versions: readonly ObjectKind[]): Violation {
  return versions.length > 0
    ? violation(
        'manifest-kind',
        `'apiVersion' of the ${kind} must be ${versions.map((one) => one.apiVersion).join(' or ')}, got ${show(apiVersion)}: ` +
          'Kubernetes has removed it, or it is not that kind',
      )
    : otherKindProblem(apiVersion, kind);
}
