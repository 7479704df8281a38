import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockFile {
  readonly packages: {
    readonly [path: string]: { readonly optionalDependencies?: { readonly [name: string]: string } };
  };
}

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
