import type { TerraformStack } from 'cdktf';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problems } from '../constructs';
import { OutsideRedisStack } from '../examples/outside-redis';
import { OwnAppStack } from '../examples/own-app';
import { TwoFrontsStack } from '../examples/two-fronts';
import { invalidManifests } from './manifests';
import { brokenInvariants } from './terraform-invariants';
import { synth, testApp, warningsOf } from './util';

const FOLDER = join(__dirname, '../examples');

const examples: { readonly [file: string]: (id: string) => TerraformStack } = {
  'outside-redis.ts': (id) => new OutsideRedisStack(testApp(), id),
  'own-app.ts': (id) => new OwnAppStack(testApp(), id),
  'two-fronts.ts': (id) => new TwoFrontsStack(testApp(), id),
};

test('every example is tested', () => {
  expect(Object.keys(examples)).toEqual(readdirSync(FOLDER).filter((file) => file.endsWith('.ts')));
});

describe.each(Object.entries(examples))('%s', (file, example) => {
  const stack = example(file.replace('.ts', ''));
  const json = synth(stack);

  test('opens with the question that it answers', () => {
    expect(readFileSync(join(FOLDER, file), 'utf8')).toMatch(/^\/\*\*\n \* How do I [^?]*\?\n/s);
  });

  test('has no problems and nothing to warn of', () => {
    expect(Problems.of(stack.node.root)).toEqual([]);
    expect(
      warningsOf(stack.node.root).filter(
        (warning) => !/vmSize|abbreviation|this stack makes the cluster/.test(warning),
      ),
    ).toEqual([]);
  });

  test('keeps the Terraform invariants', () => {
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('is YAML that Kubernetes takes', () => {
    expect(invalidManifests(json)).toEqual([]);
  });

  test('is what it was', () => {
    expect(JSON.stringify(json, null, 2)).toMatchSnapshot();
  });
});
