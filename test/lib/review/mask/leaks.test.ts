import { renderJson, review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, type Resources } from '../fixtures';

const SECRET = 'hunter22Zebra';

/** What is left of a secret in the review of a change in which it stands in some place. */
function leaks(resources: (secret: string) => Resources, rest: (secret: string) => JsonObject = () => ({})): boolean {
  const [base, head] = [SECRET, `${SECRET}2`].map((secret) => program(resources(secret), rest(secret)));
  return renderJson(review(base, head!)).includes(SECRET);
}

const encoded = (encoding: 'base64url' | 'hex') => Buffer.from(SECRET).toString(encoding);

test('the password in what logs in to a registry is masked where it is repeated', () => {
  const login = (password: string) => JSON.stringify({ auths: { registry: { username: 'u', password } } });
  expect(
    leaks((secret) => ({
      kubernetes_secret: { login: { data: { '.dockerconfigjson': login(secret) } } },
      x_y: { it: { address: `x${secret}` } },
    })),
  ).toBe(false);
});

test.each(['base64url', 'hex'] as const)('a secret is masked where it is repeated in %s', (encoding) => {
  const [base, head] = [encoded(encoding), 'b'].map((a) => program({ x_y: { it: { a, password: SECRET } } }));
  expect(renderJson(review(base, head!))).not.toContain(encoded(encoding));
});

test.each([
  ['YAML', (secret: string) => `user: a\npassword: ${secret}\n`],
  ['JSON', (secret: string) => `{"db_password": "${secret}"}`],
  ['properties', (secret: string) => `spring.datasource.password=${secret}`],
])('a password in a document of %s is masked', (_, write) => {
  expect(leaks((secret) => ({ kubernetes_config_map: { it: { data: { file: write(secret) } } } }))).toBe(false);
});

test('a short secret inside of an output is masked in its place', () => {
  const outputs = (pin: number) => ({ output: { login: { value: { pin } } } });
  const { settings } = review(program({}, outputs(1234)), program({}, outputs(5678)));
  expect(settings).toEqual([{ stack: 'vote', kind: 'output', what: 'login', note: 'a sensitive value changes' }]);
});
