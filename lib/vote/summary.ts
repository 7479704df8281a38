import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { describeResource, resourceName, type Resource } from './resource-text';

interface StackManifest {
  readonly name: string;
  readonly synthesizedStackPath: string;
  /** The stacks that must be deployed first. */
  readonly dependencies: readonly string[];
  readonly annotations: readonly { readonly constructPath: string; readonly level: string; readonly message: string }[];
}

interface StackJson {
  readonly resource?: { readonly [type: string]: { readonly [address: string]: Resource } };
}

const BORDERS = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
  ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
];

/** The problems as text for a terminal. */
export function problemsText(problems: readonly string[]): string {
  const count = problems.length === 1 ? 'One problem' : `${problems.length} problems`;
  return [`${count}, and nothing was written:`, '', ...problems.map((problem) => `  - ${problem}`), ''].join('\n');
}

/**
 * A summary of the synthesized stacks as text for a terminal: their resources, their warnings, and the next steps.
 *
 * @param outdir The output folder of the app
 */
export function summaryText(outdir: string): string {
  const manifest: { stacks: { [name: string]: StackManifest } } = readJson(join(outdir, 'manifest.json'));
  const stacks = inOrder(Object.values(manifest.stacks));
  return [...stacks.map((stack) => stackText(outdir, stack)), nextText(stacks.map(({ name }) => name))].join('\n');
}

/** The stacks, each after its dependencies. */
function inOrder(stacks: readonly StackManifest[]): StackManifest[] {
  const before = ({ dependencies }: StackManifest): StackManifest[] =>
    inOrder(stacks.filter(({ name }) => dependencies.includes(name)));
  return [...new Set(stacks.flatMap((stack) => [...before(stack), stack]))];
}

function stackText(outdir: string, stack: StackManifest): string {
  const path = join(outdir, stack.synthesizedStackPath);
  const resources = Object.entries(readJson<StackJson>(path).resource ?? {}).flatMap(([type, byAddress]) =>
    Object.values(byAddress).map((resource) => ({ type, resource })),
  );
  const rows = resources.map(({ type, resource }) => [type, resourceName(resource), describeResource(type, resource)]);
  const warnings = stack.annotations.filter(({ level }) => level === '@cdktf/warn');
  return [
    `Stack ${stack.name} would create ${resources.length} resources:`,
    tableText(['type', 'name', 'what it is'], rows),
    ...(warnings.length === 0 ? [] : ['', 'Warnings:']),
    ...warnings.map(({ constructPath, message }) => `  - [${constructPath}] ${message}`),
    '',
    `Terraform JSON: ${path}`,
    '',
  ].join('\n');
}

/** A table without borders, so that rows can be copied, and few of them wrap in a narrow terminal. */
function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: [...head],
    style: { head: [], compact: true, 'padding-left': 2, 'padding-right': 0 },
    chars: Object.fromEntries(BORDERS.map((border) => [border, ''])),
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString().replace(/ +$/gm, '');
}

function nextText(stacks: readonly string[]): string {
  const names = stacks.join(' ');
  return [
    'Next, with terraform installed:',
    '  az login && export ARM_SUBSCRIPTION_ID=$(az account show --query id --output tsv)',
    ...stacks.map((name) => `  npx cdktf diff ${name}     # show what would change`),
    `  npx cdktf deploy ${names}   # build it`,
    `  npx cdktf destroy ${names}  # take it down`,
  ].join('\n');
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
