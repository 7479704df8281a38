import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Construct } from 'constructs';
import ts from 'typescript';
import * as aks from '../constructs';
import { MAKERS } from '../constructs/core/declared/declarations';
import { declarationsText, TARGET } from '../tools/declarations';
import { INDEX } from '../tools/public-api';
import { referencePages } from '../tools/reference';
import { rulesText } from '../tools/rules';
import { compile } from './compile';
import { programOf } from './compiler';
import { page } from './pages';
import { RESOURCE_GROUP, testStack } from './util';

/*
 * The docstrings of the public API, and what is written from it, with one program for both.
 */

const program = programOf([INDEX]);
const checker = program.getTypeChecker();
const exported = checker
  .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(INDEX)!)!)
  .map((one) => ((one.flags & ts.SymbolFlags.Alias) === 0 ? one : checker.getAliasedSymbol(one)));

/** Without those that only others extend. */
const classes = exported.filter((one) => isClass(one) && !isAbstract(one));
const interfaces = exported.filter(({ flags }) => (flags & ts.SymbolFlags.Interface) !== 0);

function isClass({ flags }: ts.Symbol): boolean {
  return (flags & ts.SymbolFlags.Class) !== 0;
}

function isAbstract({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((one) => (ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Abstract) !== 0);
}

function exampleOf(symbol: ts.Symbol): string {
  const tag = symbol.getJsDocTags(checker).find(({ name }) => name === 'example');
  return ts.displayPartsToString(tag?.text);
}

/** What the examples take as given. */
const DECLARATIONS = `
import type { App, TerraformStack } from 'cdktf';
import { ${Object.keys(aks).join(', ')} } from 'cdktf-aks';
declare const app: App;
declare const stack: TerraformStack;
declare const resourceGroup: { readonly name: string; readonly location: string };
declare const cluster: AksCluster;
declare const registry: AcrRegistry;
declare const network: AksVirtualNetwork;
declare const workload: Workload;
`;

/** The same for a run. */
function given(): { readonly [name: string]: unknown } {
  const stack = testStack();
  const here = new Construct(stack, 'given');
  const resourceGroup = RESOURCE_GROUP;
  const authentication = aks.ClusterAuthentication.entraId({
    adminGroupObjectIds: ['7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10'],
  });
  const cluster = new aks.AksCluster(here, 'cluster', { resourceGroup, clusterName: 'given', authentication });
  const registry = new aks.AcrRegistry(here, 'registry', { resourceGroup, registryName: 'given' });
  const network = new aks.AksVirtualNetwork(here, 'network', { resourceGroup, virtualNetworkName: 'given' });
  const image = registry.image('given', 'v1');
  const workload = new aks.Workload(here, 'workload', { name: 'given', image, containerPort: 8080, isolated: true });
  const app = stack.node.root;
  return { ...aks, app, stack, resourceGroup, cluster, registry, network, workload };
}

describe.each(classes.map((one) => [one.name, exampleOf(one)] as const))('the docstring of %s', (name, example) => {
  test('has an example of it', () => {
    expect(example).toMatch(name === 'Grant' ? /\.grant\w+\(/ : new RegExp(`\\b${name}\\b`));
  });

  test('has an example in which nothing is wrong', () => {
    const names = given();
    const { outputText } = ts.transpileModule(`{ ${example} }`, {
      compilerOptions: { target: ts.ScriptTarget.ES2022 },
    });
    new Function(...Object.keys(names), outputText)(...Object.values(names));

    expect(aks.Problems.of(names.stack as Construct)).toEqual([]);
  });
});

test('every example compiles', () => {
  const blocks = classes.map((one) => `{\n${exampleOf(one)}\n}`);

  // in one file, whose imports are resolved once
  expect(compile(new Map([['examples.ts', [DECLARATIONS, ...blocks].join('\n')]]), { noUnusedLocals: false })).toEqual(
    [],
  );
});

/** The type of the items of a list or map, or else the type itself. */
function itemOf(type: ts.Type): ts.Type {
  const plain = checker.getNonNullableType(type);
  const [item] = checker.isArrayType(plain) ? checker.getTypeArguments(plain as ts.TypeReference) : [];
  return item ?? plain.getStringIndexType() ?? plain;
}

/** The factories that make what a property takes, if that is of a class. */
function factoriesFor(property: ts.Symbol): string[] {
  const { symbol } = itemOf(checker.getTypeOfSymbol(property));
  const makers = symbol !== undefined && isClass(symbol) ? (MAKERS[symbol.name] ?? []) : [];
  return makers.filter((maker) => !maker.startsWith('new '));
}

function textOf(symbol: ts.Symbol): string {
  const tags = symbol.getJsDocTags(checker).map(({ text }) => ts.displayPartsToString(text));
  return [ts.displayPartsToString(symbol.getDocumentationComment(checker)), ...tags].join('\n');
}

/** Without those that others implement: their users read such properties. */
const written = interfaces.filter(({ name }) => !/^I[A-Z]/.test(name));
const properties = written
  .flatMap((one) =>
    checker
      .getDeclaredTypeOfSymbol(one)
      .getProperties()
      .map((property) => ({ one, property })),
  )
  .filter(({ property }) => factoriesFor(property).length > 0);

test('every property of a class with factories names one of them', () => {
  const nameless = properties.filter(({ property }) =>
    factoriesFor(property).every((factory) => !textOf(property).includes(factory.replace(/\(.*/, '('))),
  );

  expect(properties.length).toBeGreaterThan(40);
  expect(nameless.map(({ one, property }) => `${one.name}.${property.name}`)).toEqual([]);
});

/**
 * A page without its layout: white space, and the rules of tables.
 *
 * Prettier would take seconds to lay out the pages: `npm run format:check` does that, and examples have to be as Prettier
 * writes code.
 */
function wordsOf(text: string): string {
  return text.replace(/-{3,}/g, '---').replace(/\s+/g, ' ');
}

test('what npm run reference writes is current', () => {
  const pages = [...referencePages(program)].map(([name, text]) => [name, wordsOf(text)]);
  const there = readdirSync(join(__dirname, '../docs/api')).map((name) => [name, wordsOf(page(`docs/api/${name}`))]);

  expect(Object.fromEntries(there)).toEqual(Object.fromEntries(pages));
});

test('what npm run declarations writes is current', async () => {
  const text = await declarationsText(program);

  expect(text === readFileSync(TARGET, 'utf8')).toBe(true);
});

test('what npm run rules writes is current', () => {
  expect(wordsOf(page('docs/rules.md'))).toBe(wordsOf(rulesText()));
});
