import { Token } from 'cdktf';
import type { PodSecurity } from './pod-security';
import { otherContainers } from './other-containers';
import type { PodParts } from './pod-parts';
import { type Environment, variableKey } from './environment';
import * as podRules from './pod-rules';
import { check, checkLiteral } from '../../core/rules/rule';
import { show } from '../../core/values/shown';
import { isText, itemsOf } from '../../core/values/known';
import { fileKey, keyPrefix } from './pod-config';
import { type Violation, violation, when } from '../../core/problems/violation';

/** A value of a ConfigMap or a Secret: its property in the program, and its key. */
interface Entry {
  readonly property: string;
  readonly source: string;
  readonly key: string;
  readonly value: string;
}

/** The problems of the values in the ConfigMap and the Secret of a workload. */
export function configProblems(props: PodParts): Violation[] {
  const { configFiles = {}, environment = {} } = props;
  if (Token.isUnresolved(configFiles)) {
    return [
      violation(
        'config-files-known',
        "'configFiles' must be known when the program runs: each path is mounted separately. Use literal paths; the contents may come from Terraform",
      ),
    ];
  }
  const entries = [
    ...variables('environment', environment, ''),
    ...otherContainers(props).flatMap(({ property, options: one }) =>
      variables(`${property}.environment`, one.environment ?? {}, keyPrefix(one.name)),
    ),
    ...Object.entries(configFiles).map(([path, value]) => ({
      ...{ property: `configFiles.${path}`, source: 'config', key: fileKey(path), value },
    })),
  ];
  return [
    ...Object.keys(configFiles).flatMap((path) => checkLiteral(podRules.filePath, 'configFiles', path)),
    ...keyProblems(entries.filter(({ source }) => source === 'config')),
    ...keyProblems(entries.filter(({ source }) => source === 'secret')),
    ...sizeProblems(entries.filter(({ source }) => source === 'config')),
  ];
}

/** The problems of the keys of variables with a separate ConfigMap and Secret. */
export function variableProblems(property: string, environment: Environment): Violation[] {
  const entries = variables(property, environment, '');
  return ['config', 'secret'].flatMap((source) => keyProblems(entries.filter((one) => one.source === source)));
}

/** The problems of the files and folders of a container: each needs a unique path, and none can be below a file. */
export function folderProblems(props: PodParts): Violation[] {
  const { configFiles = {}, security, volumes } = props;
  const files = Object.keys(configFiles);
  const own = foldersOf('security', security);
  const shared = [
    ...own,
    ...otherContainers(props).flatMap(({ property, options }) => foldersOf(`${property}.security`, options.security)),
  ];
  return [
    ...repeatProblems('security', [...files, ...own.map(({ path }) => path)]),
    ...otherContainers(props).flatMap(({ property, options }) =>
      repeatProblems(`${property}.security`, options.security?._writableFolders ?? []),
    ),
    ...files.flatMap((file) =>
      [...files, ...own.map(({ path }) => path), ...itemsOf(volumes).map(({ mountPath }) => mountPath)]
        .filter((path) => isText(path) && path.startsWith(`${file}/`))
        .map((path) =>
          violation(
            'config-file-or-folder',
            `'configFiles' must not use the same path for a file and a folder, got ${show(file)} and ${show(path)}`,
          ),
        ),
    ),
    ...shared.flatMap(({ property, path }, index) =>
      shared
        .slice(0, index)
        .filter((other) => other.path !== path && fileKey(other.path) === fileKey(path))
        .map((other) =>
          violation(
            'writable-folders-apart',
            `'${property}' must differ from ${show(other.path)} even if each "/" is replaced by "__", got ${show(path)}: both ` +
              'would be the same folder. Rename one of them',
          ),
        ),
    ),
  ];
}

function variables(property: string, environment: Environment, prefix: string): Entry[] {
  return Object.entries(environment).map(([name, { _origin }]) => ({
    ...{
      property: `${property}.${name}`,
      source: _origin.source,
      key: variableKey(name, prefix),
      value: _origin.value,
    },
  }));
}

function keyProblems(entries: readonly Entry[]): Violation[] {
  const keys = entries.map(({ key }) => key);
  return entries.flatMap(({ property, key }, index) => {
    const first = entries[keys.indexOf(key)];
    return [
      ...when(
        key.length > MAX_KEY,
        'config-key-length',
        () =>
          `'${property}' must have a key of at most ${MAX_KEY} characters in its ConfigMap or Secret, got ${key.length}: ` +
          'use a shorter name',
      ),
      ...when(
        keys.indexOf(key) !== index,
        'config-key-unique',
        () =>
          `'${property}' must have a unique key, got ${show(key)}, which '${first?.property}' has too: rename one of them`,
      ),
    ];
  });
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go */
const MAX_KEY = 253;

function sizeProblems(entries: readonly Entry[]): Violation[] {
  const bytes = entries.map(({ value }) => (isText(value) ? Buffer.byteLength(value) : 0));
  const largest = entries[bytes.indexOf(Math.max(...bytes))];
  const total = bytes.reduce((sum, one) => sum + one, 0);
  return check(podRules.configSize, largest?.property ?? '', total);
}

function foldersOf(property: string, security: PodSecurity | undefined): { property: string; path: string }[] {
  return (security?._writableFolders ?? []).map((path) => ({ property: `${property}.writableFolders`, path }));
}

/** The problems of folders whose paths are used by something else in the container. */
function repeatProblems(property: string, paths: readonly string[]): Violation[] {
  return paths
    .filter((path, index) => paths.indexOf(path) !== index)
    .map((path) =>
      violation(
        'writable-folders-unique',
        `'${property}.writableFolders' must not contain a path that is in use, got ${show(path)} again`,
      ),
    );
}
