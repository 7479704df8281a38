import { Token } from 'cdktf';
import { isKnown } from '../../core/values/known';
import { type Rule } from '../../core/rules/rule';
import { show } from '../../core/values/shown';
import { type Violation, when } from '../../core/problems/violation';

const SOURCE = 'https://github.com/distribution/reference/blob/v0.6.0/reference.go';

const HOST_PART = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const HOST = `${HOST_PART}(?:\\.${HOST_PART})*(?::[0-9]+)?`;
const PATH_PART = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*';
const PATH = `${PATH_PART}(?:/${PATH_PART})*`;
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
/** The algorithms that registries and nodes support, with their numbers of digits. */
const DIGEST = '(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})';

/** The longest name of an image, without tag and digest. */
const MAX_NAME = 255;

export const imageReference: Rule<string> = {
  id: 'image-reference',
  must: 'must be an image reference: lower-case path, then a tag or a digest',
  source: SOURCE,
  example: 'redis:7.2',
  holds: (value) => {
    const match = new RegExp(`^((?:${HOST}/)?${PATH})(?::${TAG})?(?:@${DIGEST})?$`).exec(value);
    return match !== null && (match[1] ?? '').length <= MAX_NAME;
  },
};

export const imageRepository: Rule<string> = {
  id: 'image-repository',
  must: "must be the path of a repository: lower-case letters and digits, separated by single '/', '.', '_' or '-'",
  source: SOURCE,
  example: 'jm-inn-azure-vote-front-image',
  holds: (value) => new RegExp(`^${PATH}$`).test(value) && value.length <= MAX_NAME,
  explain: (value) => (/[:@]/.test(value) ? 'the tag or digest is given separately' : ''),
};

export const imageTag: Rule<string> = {
  id: 'image-tag',
  must: "must be 1 to 128 letters, digits, '_', '.' and '-', beginning with a letter, a digit or '_'",
  source: SOURCE,
  example: 'v1',
  holds: (value) => new RegExp(`^${TAG}$`).test(value),
};

export const imageDigest: Rule<string> = {
  id: 'image-digest',
  must: 'must be a digest: "sha256:" and 64 hexadecimal digits in lower case, or those of sha384 or sha512',
  source: 'https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#registered-algorithms',
  example: `sha256:${'0'.repeat(64)}`,
  holds: (value) => new RegExp(`^${DIGEST}$`).test(value),
};

/** Whether the image behind a reference can change: it has neither a digest nor a fixed tag. */
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

/** The warnings of an image. */
export function imageWarnings(reference: string): Violation[] {
  const image = isKnown(reference) ? show(reference) : 'of this workload';
  return [
    ...when(
      movesWithoutNotice(reference),
      'image-tag-moves',
      () =>
        `the image ${image} has no fixed tag: the image can change, and nodes may run different versions. Use a version tag or a digest`,
    ),
    ...retiredWarnings(reference, image),
  ];
}

/** The warning for an image from a retired source. */
export function retiredWarnings(reference: string, image = show(reference)): Violation[] {
  return when(
    isRetired(reference),
    'image-source-retired',
    () =>
      `the image ${image} is from a retired source: Bitnami removed most of its images in August 2025, and the others are not updated. Use an official image, or a copy in your own registry`,
  );
}

/** Whether the image is from Bitnami, or from Microsoft's copy. */
function isRetired(reference: string): boolean {
  return /^((docker\.io\/)?bitnami(legacy)?|mcr\.microsoft\.com\/oss\/bitnami)\//.test(reference);
}
