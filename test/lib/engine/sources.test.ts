import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const REPOSITORY = join(__dirname, '..', '..', '..');

/** A program with a library's construct, one of its own, and a second stack. */
const PROGRAM = `import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { Library } from './constructs/library';
import { recordSources } from '${join(REPOSITORY, 'lib', 'engine', 'sources')}';

interface Unused { readonly lines: 'that the compiler drops' }

class Own extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ResourceGroup(this, 'Resource', { name: 'own', location: 'x' });
  }
}

const app = new App({ stackTraces: false });
recordSources(app);
for (const name of ['one', 'two']) {
  const stack = new TerraformStack(app, name);
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  new Own(stack, 'own');
  new Library(stack, 'library');
}
app.synth();
`;

const LIBRARY = `import { Construct } from 'constructs';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
export class Library extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ResourceGroup(this, 'Resource', { name: 'library', location: 'x' });
  }
}
`;

test('the line of the program that made each resource is beside the manifest', () => {
  const tree = mkdtempSync(join(tmpdir(), 'sources-'));
  mkdirSync(join(tree, 'constructs'));
  writeFileSync(join(tree, 'main.ts'), PROGRAM);
  writeFileSync(join(tree, 'constructs', 'library.ts'), LIBRARY);
  symlinkSync(join(REPOSITORY, 'node_modules'), join(tree, 'node_modules'));
  execFileSync(process.execPath, ['-r', require.resolve('tsx/cjs'), 'main.ts'], { cwd: tree });

  const read = (name: string) =>
    JSON.parse(readFileSync(join(tree, 'cdktf.out', name), 'utf8')) as { [key: string]: object };
  const { one = {}, two } = read('sources.json');
  expect(Object.values(one)).toEqual(['main.ts:23', 'main.ts:13']);
  expect(two).toEqual(one);
  expect(JSON.stringify(read('stacks/one/cdk.tf.json'))).not.toContain('main.ts');
});
