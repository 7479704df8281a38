import { Token } from 'cdktf';
import { isKnown } from '../../core/values/known';
import { type Rule } from '../../core/rules/rule';
import { show } from '../../core/values/shown';

const SOURCE = 'https://github.com/distribution/reference/blob/v0.6.0/reference.go';

const HOST_PART = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const HOST = `${HOST_PART}(?:\\.${HOST_PART})*(?::[0-9]+)?`;
const PATH_PART = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*';
const PATH = `${PATH_PART}(?:/${PATH_PART})*`;
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
/** The algorithms that registries and nodes know, with the digits of each. */
const DIGEST = '(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})';

/** The longest name of an image, without tag and digest. */
const MAX_NAME = 255;

export const imageReference: Rule<string> = {
  must: 'must be an image reference: lower-case path, then a tag or a digest',
  source: SOURCE,
  inside: [
    'redis:7.2',
    'redis',
    'ghcr.io/owner/name:v1',
    `a/b@sha256:${'0'.repeat(64)}`,
    `redis:7.2@sha256:${'0'.repeat(64)}`,
    'localhost:5000/a__b:1.0',
  ],
  outside: [
    '',
    'Redis:7',
    'redis:',
    'redis:7.2:1',
    'a//b',
    'https://ghcr.io/a/b',
    'redis:-1',
    'a b',
    `${'a'.repeat(256)}:1`,
    `redis@sha256:${'0'.repeat(63)}`,
    `redis@sha256:${'0'.repeat(64)}:7.2`,
  ],
  holds: (value) => {
    const match = new RegExp(`^((?:${HOST}/)?${PATH})(?::${TAG})?(?:@${DIGEST})?$`).exec(value);
    return match !== null && (match[1] ?? '').length <= MAX_NAME;
  },
};

export const imageRepository: Rule<string> = {
  must: "must be the path of a repository: lower-case letters and digits, separated by single '/', '.', '_' or '-'",
  source: SOURCE,
  inside: ['jm-inn-azure-vote-front-image', 'a', 'team/app'],
  outside: ['', 'Team/app', '/app', 'app/', 'a//b', 'app:v1', 'a b', 'a'.repeat(256)],
  holds: (value) => new RegExp(`^${PATH}$`).test(value) && value.length <= MAX_NAME,
};

export const imageTag: Rule<string> = {
  must: "must be 1 to 128 letters, digits, '_', '.' and '-', beginning with a letter, a digit or '_'",
  source: SOURCE,
  inside: ['v1', '_', 'a'.repeat(128), '1.0.0-rc.1'],
  outside: ['', 'a'.repeat(129), '-v1', '.v1', 'v1+build', 'v 1', 'a:b'],
  holds: (value) => new RegExp(`^${TAG}$`).test(value),
};

export const imageDigest: Rule<string> = {
  must: 'must be a digest: "sha256:" and 64 hexadecimal digits in lower case, or those of sha384 or sha512',
  source: 'https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#registered-algorithms',
  inside: [`sha256:${'0'.repeat(64)}`, `sha384:${'0f'.repeat(48)}`, `sha512:${'af'.repeat(64)}`],
  outside: [
    ...['', 'v1', 'sha256:', `sha256:${'0'.repeat(63)}`, `sha256:${'0'.repeat(65)}`, `sha256:${'A'.repeat(64)}`],
    ...[`@sha256:${'0'.repeat(64)}`, `sha256:${'g'.repeat(64)}`, `md5:${'0'.repeat(32)}`, `sha512:${'0'.repeat(64)}`],
  ],
  holds: (value) => new RegExp(`^${DIGEST}$`).test(value),
};

/** Whether nobody can tell from the reference which image runs: it has neither a digest nor a tag that stays. */
export function movesWithoutNotice(reference: string): boolean {
  if (typeof reference !== 'string') {
    return false; // reported as a value of the wrong type
  }
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  if (Token.isUnresolved(name) || name.includes('@')) {
    return false;
  }
  return !name.includes(':') || name.endsWith(':latest');
}

/** What is odd about an image that can be pulled today. */
export function imageWarnings(reference: string): string[] {
  const image = isKnown(reference) ? show(reference) : 'of this workload';
  return [
    ...(movesWithoutNotice(reference)
      ? [
          `the image ${image} has no tag that stays: nobody can tell which image runs, and nodes may run different ones. ` +
            'Give it a version or a digest',
        ]
      : []),
    ...(isRetired(reference)
      ? [
          `the image ${image} is of a source that is retired: bitnami removed most of its images in August 2025, and others ` +
            'get no updates. Use an official image, or a copy in a registry of yours',
        ]
      : []),
  ];
}

/** Whether the image is one of bitnami's, there or in Microsoft's copy. */
function isRetired(reference: string): boolean {
  return /^((docker\.io\/)?bitnami(legacy)?|mcr\.microsoft\.com\/oss\/bitnami)\//.test(reference);
}
