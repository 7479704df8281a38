import { RootConstruct } from 'constructs';
import { addAspect } from '../../../constructs/core/order/aspects-above';
import { testApp, testStack } from '../../util';

test('an aspect of an app visits each construct of its stacks once, also those that are added later', () => {
  const app = testApp();
  const first = testStack(app, 'first');
  const visited: string[] = [];
  addAspect(app, { visit: ({ node }) => void visited.push(node.path) });
  const later = testStack(app, 'later');
  app.synth();

  const all = [first, later].flatMap(({ node }) => node.findAll()).map(({ node }) => node.path);
  expect(visited.sort()).toEqual(all.sort());
});

test('constructs without an app are left as they are', () => {
  const root = new RootConstruct('root');
  addAspect(root, { visit: () => undefined });

  expect(root).not.toHaveProperty('synth');
});
