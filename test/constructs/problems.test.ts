import { Testing, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Problems } from '../../constructs/core/problems';

test('lists every problem below a scope with its construct path', () => {
  const app = Testing.app();
  const stack = new TerraformStack(app, 'stack');
  const outer = new Construct(stack, 'outer');
  outer.node.addValidation({ validate: () => ['is too wide', 'is too high'] });
  new Construct(outer, 'inner').node.addValidation({ validate: () => ['is too deep'] });

  expect(Problems.of(app)).toEqual([
    '[stack/outer] is too wide',
    '[stack/outer] is too high',
    '[stack/outer/inner] is too deep',
  ]);
  expect(Problems.of(new TerraformStack(app, 'other'))).toEqual([]);
});

test.each([
  ['an error', new TypeError('x is not a function'), 'x is not a function'],
  ['something else', 'out of paper', 'out of paper'],
])('lists a validation that fails by itself with %s, which hides no other construct', (_, thrown, reason) => {
  const app = Testing.app();
  const stack = new TerraformStack(app, 'stack');
  new Construct(stack, 'first').node.addValidation({ validate: () => ['is too wide'] });
  new Construct(stack, 'second').node.addValidation({
    validate: () => {
      throw thrown;
    },
  });
  new Construct(stack, 'third').node.addValidation({ validate: () => ['is too deep'] });

  expect(Problems.of(app)).toEqual([
    '[stack/first] is too wide',
    `[stack/second] a validation of this construct failed by itself, so its problems are not known: ${reason}`,
    '[stack/third] is too deep',
  ]);
});
