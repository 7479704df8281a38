/** The names of keys and options in a text whose values are secrets. */
const NAMES = [
  ...['passw(?:or)?d', 'passphrase', '(?<!by|com|sur|tres|over|under)pass', 'pwd', 'secret', 'token', '_auth'],
  '(?:api|access|account|private|storage|shared|signing|encryption|subscription)[_-]?key',
].join('|');

/** Values that are not secrets: an expression, another option, a boolean. */
const NO_SECRET = '(?!\\$\\{|-|(?:true|false|null|none|yes|no)\\b)';

/**
 * Patterns of secrets in any text; the first group, if there is one, is not a part of the secret.
 *
 * Each takes linear time: no repeated part can start where another repeated part ends.
 */
export const SECRET_TEXTS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/g,
  /\b(?:github_pat|glpat|npm|dckr_pat|sk_live)[_-][A-Za-z0-9_-]{16,}/g,
  /\bAIza[\w-]{30,}/g,
  /\bxox[abprs]-[\w-]{10,}/g,
  /\b((?:AccountKey|SharedAccessKey|SharedAccessSignature|Password|Pwd|sig)=)[^;&\s"']+/gi,
  // Authorization: Bearer x
  /\b(authorization["'\\]*\s{0,9}[:=]\s{0,9}["'\\]*(?:(?:basic|bearer|token|digest|apikey)\s{1,9})?)(?!\$\{)[^\s"'\\,;]{4,}/gi,
  /\b(bearer\s{1,9})(?!\$\{)[A-Za-z0-9._~+/=-]{16,}/gi,
  // password: x, "password": "x", _authToken=x
  new RegExp(
    `((?:^|[\\s{,"'\\\\=:/&?;])[\\w.-]*(?:${NAMES})["'\\\\]*\\s{0,9}[:=]\\s{0,9}["'\\\\]*)${NO_SECRET}[^\\s"'\\\\,;&{}()]{4,}`,
    'gim',
  ),
  // --password x, --password "x"
  new RegExp(`((?:^|[\\s"'])--?[\\w-]*(?:${NAMES})(?:\\s{1,9}|=)["']?)${NO_SECRET}[^\\s"'\\\\,;]{3,}`, 'gim'),
  // the configuration of Redis: requirepass x
  /((?:^|[\s"'])(?:requirepass|masterauth)\s{1,9}["']?)(?!\$\{)[^\s"']{3,}/gim,
  // -u user:x
  /((?:^|[\s"'])(?:-u|--user|--proxy-user)(?:\s{1,9}|=)?["']?[^\s:"'=/$]{1,99}:)(?!\$\{|\d+(?:[\s"']|$))[^\s"']{3,}/gim,
  // mysql -px, redis-cli -a x, sshpass -p x, docker login -p x
  /(\b(?:mysql\w{0,9}|mariadb\w{0,9}|sshpass|redis-cli|(?:docker|az|helm registry|podman) login)\b[^\n]{0,200}?\s-[pa][ =]?["']?)(?!\$\{|-)[^\s"']{3,}/gi,
  // -passin pass:x
  /(\bpass:)(?!\$\{)[^\s"']{3,}/gi,
  /(:\/\/[^\s/:@]+:)[^\s/@]+(?=@)/g,
];

/** The secrets in a text, as written. */
export function secretsInText(text: string): string[] {
  if (text === '') {
    return [];
  }
  // most texts match no pattern, and search() is cheaper than matchAll(), which copies the pattern.
  return SECRET_TEXTS.filter((pattern) => text.search(pattern) >= 0).flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([all, kept = '']) => all.slice(kept.length)),
  );
}
