import fc from 'fast-check';
import { renderJson, renderMarkdown, renderTerminal, review } from '../../../../lib/review';
import { CommonWords } from '../../../../lib/review/mask/common-words';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program } from '../fixtures';

/** A review in which a password changes and nothing else is secret. */
function reviewed(before: string, after: string) {
  const side = (password: string, replicas: number) =>
    program({
      azurerm_mssql_server: { db: { name: 'db', administrator_login: 'sa', administrator_login_password: password } },
      kubernetes_deployment_v1: {
        web: {
          metadata: { name: 'web', namespace: 'default' },
          spec: {
            replicas,
            template: {
              metadata: { labels: { app: 'web' } },
              spec: { container: { name: 'web', image: `i:${replicas}` } },
            },
          },
        },
      },
      azurerm_public_ip: replicas === 1 ? { ip: { name: 'public-data' } } : {},
      azurerm_role_assignment: {
        r: { scope: '/subscriptions/a', principal_id: 'p', role_definition_name: replicas === 1 ? 'Reader' : 'Owner' },
      },
    } as never);
  return review(side(before, 1), side(after, 2));
}

const EXPECTED = reviewed('Qx7$first', 'Qx7$second');

/** Words of a review and of its program: masked in sentences, they would leave nothing to read. */
test.each(
  'admin web true data access address public update replace replaced internet pods name password default certain likely minute deployment server mssql role guard location'.split(
    ' ',
  ),
)('a password that is the word %s leaves the review as it is', (word) => {
  const found = reviewed(word, `${word}x9!`);
  expect(renderTerminal(found, false)).toBe(renderTerminal(EXPECTED, false));
  expect(renderMarkdown(found)).toBe(renderMarkdown(EXPECTED));
  expect(found.changes.find(({ type }) => type === 'azurerm_mssql_server')?.attributes).toEqual([
    expect.objectContaining({ before: '(sensitive)', after: '(sensitive)' }),
  ]);
});

test.each([
  ['access', true],
  ['Linux', true],
  ['machine', true],
  ['linux_virtual', false],
  ['machine2', false],
  ['2nd', false],
  ['', false],
  ['sixteen', false],
  ['abcdefghijklmnop', true],
  ['abcdefghijklmnopq', false],
])('of names, only their words are common, unless they are long: %s %s', (text, isCommon) => {
  const words = new CommonWords();
  ['azurerm_linux_virtual_machine', '2nd_', 'abcdefghijklmnop', 'abcdefghijklmnopq'].forEach((name) =>
    words.addName(name),
  );
  expect(words.has(text)).toBe(isCommon);
});

test('a common word is masked where it is a whole value', () => {
  const side = (copy: string) => program({ x_y: { it: { password: 'admin', copy } } });
  const [change] = review(side('a'), side('admin')).changes;
  expect(change?.attributes).toEqual([expect.objectContaining({ path: 'copy', after: '(sensitive)' })]);
});

test('a common word is masked where a text says that it is a password', () => {
  const side = (text: string) => program({ x_y: { it: { password: 'admin', text } } });
  const texts = ['Server=a;Password=admin', 'https://user:admin@host', '--password admin', 'password: admin'];
  texts.forEach((text) => expect(renderJson(review(side('a'), side(text)))).not.toMatch(/admin(?!istr)/));
});

/** Secrets as people and generators make them. */
const SECRETS = fc.oneof(
  fc.stringMatching(/^[a-z]{5,12}$/).filter((text) => !new CommonWords().has(text)),
  fc.stringMatching(/^[A-Za-z0-9]{8,20}$/).filter((text) => /\d/.test(text)),
  fc.stringMatching(/^[A-Za-z]{4,8}[0-9!#%+-]{1,4}$/),
  fc.constantFrom(
    'swordfish',
    'hunter',
    'letmein',
    'qwertz',
    'dragon',
    'tobias',
    'Sommer',
    'admin1',
    'web-2',
    'P@ssw0rd',
    'data!',
  ),
);

/** A review whose own words may be within a secret, and no secret within them. */
const PLACES: readonly ((secret: string) => JsonObject)[] = [
  (secret) => ({ note: secret }),
  (secret) => ({ note: `before ${secret} after` }),
  (secret) => ({ note: `x${secret}y` }),
  (secret) => ({ block: [{ kind: secret, action: `a ${secret}`, state: secret, consequences: [secret] }] }),
  (secret) => ({ [`key-${secret}`]: 'v' }),
];

test('no other secret is in a review, wherever it is repeated', () => {
  const without = (place: (secret: string) => JsonObject) =>
    renderJson(review(program({ x_y: { it: { a: 1 } } }), program({ x_y: { it: { a: 2, ...place('') } } })));
  fc.assert(
    fc.property(SECRETS, fc.constantFrom(...PLACES), (secret, place) => {
      fc.pre(!without(place).includes(secret));
      const side = (rest: JsonObject) => program({ x_y: { it: { password: secret, a: 1, ...rest } } });
      const text = renderJson(review(side({}), side(place(secret))));
      expect(text).not.toContain(secret);
    }),
    { numRuns: 60 },
  );
});
