import { Testing, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Problems } from '../../constructs/problems';

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
