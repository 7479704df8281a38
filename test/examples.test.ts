import { type App, TerraformStack } from 'cdktf';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problems } from '../constructs';
import { ExistingClusterStack } from '../examples/existing-cluster';
import { createFleet } from '../examples/fleet';
import { ObservedClusterStack } from '../examples/observed-cluster';
import { OutsideRedisStack } from '../examples/outside-redis';
import { OwnAppStack } from '../examples/own-app';
import { PrivateClusterStack } from '../examples/private-cluster';
import { createProduction } from '../examples/production';
import { createShop } from '../examples/shop';
import { SpotWorkersStack } from '../examples/spot-workers';
import { TwoFrontsStack } from '../examples/two-fronts';
import { invalidManifests, misplacedPlaceholders } from './manifests';
import { brokenInvariants } from './terraform-invariants';
import { synth, testApp } from './util';

const FOLDER = join(__dirname, '../examples');

/** What each example makes in an app. */
const examples: { readonly [file: string]: (app: App) => unknown } = {
  'existing-cluster.ts': (app) => new ExistingClusterStack(app, 'existing-cluster'),
  'fleet.ts': createFleet,
  'observed-cluster.ts': (app) => new ObservedClusterStack(app, 'observed-cluster'),
  'outside-redis.ts': (app) => new OutsideRedisStack(app, 'outside-redis'),
  'own-app.ts': (app) => new OwnAppStack(app, 'own-app'),
  'private-cluster.ts': (app) => new PrivateClusterStack(app, 'private-cluster'),
  'production.ts': createProduction,
  'shop.ts': createShop,
  'spot-workers.ts': (app) => new SpotWorkersStack(app, 'spot-workers'),
  'two-fronts.ts': (app) => new TwoFrontsStack(app, 'two-fronts'),
};

test('every example is tested', () => {
  expect(Object.keys(examples)).toEqual(readdirSync(FOLDER).filter((file) => file.endsWith('.ts')));
});

describe.each(Object.entries(examples))('%s', (file, create) => {
  const app = testApp();
  create(app);
  const stacks = app.node.children.filter((one): one is TerraformStack => TerraformStack.isStack(one));
  const jsons = stacks.map((stack) => synth(stack));

  test('opens with the question that it answers', () => {
    expect(readFileSync(join(FOLDER, file), 'utf8')).toMatch(/^\/\*\*\n \* How do I [^?]*\?\n/s);
  });

  test('has no problems', () => {
    expect(stacks.length).toBeGreaterThan(0);
    expect(Problems.of(app)).toEqual([]);
  });

  test('keeps the Terraform invariants', () => {
    expect(jsons.flatMap(brokenInvariants)).toEqual([]);
  });

  test('is YAML that Kubernetes takes', () => {
    expect(jsons.flatMap(invalidManifests)).toEqual([]);
    expect(jsons.flatMap(misplacedPlaceholders)).toEqual([]);
  });

  test('is what it was', () => {
    expect(jsons.map((json) => JSON.stringify(json, null, 2)).join('\n')).toMatchSnapshot();
  });
});
