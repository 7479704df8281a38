import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockFile {
  readonly packages: {
    readonly [path: string]: { readonly optionalDependencies?: { readonly [name: string]: string } };
  };
}

test('the package carries the command, the schema of what it writes, and the licences of what is in it', () => {
  const root = join(__dirname, '..');
  const { files, bin, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    files: string[];
    bin: { 'cdktf-review': string };
    exports: { './review.schema.json': string };
  };
  const isPacked = (path: string) => files.some((file) => join(root, path).startsWith(join(root, file)));

  expect([bin['cdktf-review'], exports['./review.schema.json'], 'THIRD-PARTY-NOTICES'].filter(isPacked)).toHaveLength(
    3,
  );
  expect(files.filter((file) => !file.startsWith('dist/') && !existsSync(join(root, file)))).toEqual([]);
});

test('the lock file names the packages of every platform, or npm ci refuses it', () => {
  const text = readFileSync(join(__dirname, '../package-lock.json'), 'utf8');
  const { packages } = JSON.parse(text) as LockFile;
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );

  expect(missing).toEqual([]);
});
