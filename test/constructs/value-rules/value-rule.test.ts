import { AcrRegistry, Problems, ValueRule } from '../../../constructs';
import { RULE_EDGES } from '../../data/rule-edges';
import { RESOURCE_GROUP, testStack, token } from '../../util';

const rules = Object.entries(ValueRule).filter((entry): entry is [string, ValueRule] => entry[1] instanceof ValueRule);

test('the rules are found', () => {
  expect(rules.length).toBeGreaterThan(15);
});

describe.each(rules)('ValueRule.%s', (name, rule) => {
  const { inside, outside } = RULE_EDGES[rule.id] ?? { inside: [], outside: [] };

  test('allows what its rule allows, its example among it', () => {
    expect([rule.example, ...inside].flatMap((value) => rule.check(name, value))).toEqual([]);
    expect(rule.check(name, token(testStack()).value)).toEqual([]);
  });

  test('has one message about each other value, which begins with the name of the value', () => {
    const about = expect.stringMatching(new RegExp(`^'${name}' must `));
    expect(outside.length).toBeGreaterThan(0);
    for (const value of [...outside, undefined, null, {}, Symbol('value')]) {
      expect(rule.check(name, value)).toEqual([about]);
    }
  });
});

test('says what the construct says', () => {
  const stack = testStack();
  new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'no' });

  const [message] = ValueRule.REGISTRY_NAME.check('registryName', 'no');
  expect(Problems.of(stack)).toEqual([`[${stack.node.id}/registry] ${message}`]);
});
