import { review } from '../../../lib/review';
import { program } from './fixtures';

const GRANT = { principal_id: 'p', scope: '/subscriptions/a', role_definition_name: 'Reader' };

describe('a name that every object of JavaScript has', () => {
  test.each([{ role_definition_name: 'constructor' }, { role_definition_name: null, role_definition_id: '/toString' }])(
    'is a role like any other: %j',
    (role) => {
      const [base, head] = [GRANT, { ...GRANT, ...role }].map((it) => program({ azurerm_role_assignment: { it } }));
      expect(review(base, head!).access).toMatchObject([{ shift: 'changed' }]);
    },
  );

  test('is an attribute like any other', () => {
    const [base, head] = [1, 2].map((b) => program({ x_y: { it: { constructor: [{ a: 1 }, { a: b, b }] } } }));
    expect(review(base, head!).changes).toMatchObject([{ action: 'update' }]);
  });

  test('is an output and a variable like any other', () => {
    const head = program({}, { output: { constructor: { value: 'x' } }, variable: { toString: {} } });
    const { settings } = review(program({}), head);
    expect(settings).toEqual([
      { stack: 'vote', kind: 'variable', what: 'toString', after: 'no default' },
      { stack: 'vote', kind: 'output', what: 'constructor', after: 'x' },
    ]);
  });
});

describe('what is made to be slow', () => {
  test('is not: locals that multiply', () => {
    const link = (i: number) => [`a${i}`, `\${local.a${i + 1}}`.repeat(10)];
    const locals = { ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => link(i))), a20: 'x' };
    const [base, head] = ['${local.a0}', 'b'].map((a) => program({ x_y: { it: { a } } }, { locals }));
    expect(review(base, head!).counts.update).toBe(1);
  });

  test('is not: locals that refer to one another in a circle', () => {
    const locals = { a: '${local.b}', b: '${local.a}' };
    const [base, head] = ['${local.a}', '${x_y.it.a}!'].map((a) => program({ x_y: { it: { a } } }, { locals }));
    expect(review(base, head!).counts.update).toBe(1);
  });

  test('is not: permissions with many asterisks', () => {
    const [base, head] = [`${'*a'.repeat(30)}b`, 'a'.repeat(60)].map((action) =>
      program({ azurerm_role_definition: { it: { scope: '/', permissions: [{ actions: [action] }] } } }),
    );
    expect(review(base, head!).access).toMatchObject([{ shift: 'changed' }]);
  });
});
