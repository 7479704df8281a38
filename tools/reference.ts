import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { INDEX, publicApi } from './public-api';

/*
 * Writes the API reference from the docstrings: a page for each room of constructs, in docs/api. `npm run reference` writes
 * it; a test fails when it is not current.
 */

const ROOT = resolve(__dirname, '..');
const TARGET = join(ROOT, 'docs/api');

/** The rooms in the order of the index page, and what is in each. */
const ROOMS: Readonly<Record<string, string>> = {
  cluster: 'Clusters, node pools, access and network profiles',
  registry: 'Registries and image builds',
  workload: 'Workloads, jobs and their exposure',
  routing: 'Routes, gateways and certificates',
  vote: 'The vote application',
  network: 'Virtual networks, subnets and security groups',
  identity: 'Identities, principals and grants',
  'key-vault': 'Key Vaults, keys and disk encryption sets',
  workspaces: 'Workspaces for logs and metrics',
  monitoring: 'Monitoring, alerts and action groups',
  manifests: 'Existing manifests',
  kubernetes: 'Common types of Kubernetes objects',
  azure: 'Common types of Azure resources',
  core: 'Problems and values',
  'value-rules': 'Rules for the values of settings',
};

class Reference {
  private readonly checker: ts.TypeChecker;
  private readonly exported: readonly ts.Symbol[];
  private readonly rooms: ReadonlyMap<string, string>;

  constructor(program: ts.Program) {
    this.checker = program.getTypeChecker();
    const index = program.getSourceFile(INDEX);
    const module = index && this.checker.getSymbolAtLocation(index);
    this.exported = (module === undefined ? [] : this.checker.getExportsOfModule(module)).map((one) =>
      (one.flags & ts.SymbolFlags.Alias) !== 0 ? this.checker.getAliasedSymbol(one) : one,
    );
    this.rooms = new Map(this.exported.map((one) => [one.name, roomOf(one)]));
    const unlisted = [...new Set(this.rooms.values())].filter((room) => !(room in ROOMS));
    if (unlisted.length > 0) {
      throw new Error(
        `no page for what is exported from constructs/${unlisted.join(', constructs/')}: add it to ROOMS`,
      );
    }
  }

  /** The pages by their file names. */
  public pages(): Map<string, string> {
    const rooms = Object.keys(ROOMS);
    const pages = rooms.map((room): [string, string] => [`${room}.md`, this.page(room)]);
    return new Map([['README.md', this.index(rooms)], ...pages]);
  }

  private index(rooms: readonly string[]): string {
    const sections = rooms.map((room) => {
      const names = this.namesIn(room).map((one) => `[\`${one.name}\`](${room}.md#${one.name.toLowerCase()})`);
      return `## [${ROOMS[room]}](${room}.md)\n\n${names.join(', ')}`;
    });
    return `# API reference\n\nGenerated from the docstrings by \`npm run reference\`.\n\n${sections.join('\n\n')}\n`;
  }

  private page(room: string): string {
    const sections = this.namesIn(room).map((symbol) => this.section(symbol));
    return `# ${ROOMS[room]}\n\n${sections.join('\n\n')}\n`;
  }

  private namesIn(room: string): ts.Symbol[] {
    const order = (symbol: ts.Symbol): number => ((symbol.flags & ts.SymbolFlags.Class) !== 0 ? 0 : 1);
    return this.exported
      .filter((symbol) => roomOf(symbol) === room)
      .sort((one, other) => order(one) - order(other) || (one.name < other.name ? -1 : 1));
  }

  private section(symbol: ts.Symbol): string {
    const kind = kindOf(symbol);
    const body = kind === 'enum' ? this.members(symbol) : this.declared(symbol, kind === 'class');
    return [
      `## ${symbol.name}`,
      `_${kind}${this.heritage(symbol)}_`,
      this.description(symbol),
      this.example(symbol),
      ...body,
    ]
      .filter(Boolean)
      .join('\n\n');
  }

  private heritage(symbol: ts.Symbol): string {
    const clauses = (symbol.declarations ?? [])
      .filter((one) => ts.isClassDeclaration(one) || ts.isInterfaceDeclaration(one))
      .flatMap((one) => one.heritageClauses ?? [])
      .flatMap((clause) => clause.types.map((type) => type.expression.getText()))
      .filter((name) => this.rooms.has(name));
    return clauses.length === 0 ? '' : `, also ${clauses.map((name) => this.link(name, roomOf(symbol))).join(', ')}`;
  }

  private members(symbol: ts.Symbol): string[] {
    const rows = [...(symbol.exports?.values() ?? [])].map(
      (member) => `| \`${member.name}\` | ${cell(this.description(member))} |`,
    );
    return [table(['member', 'meaning'], rows)];
  }

  private declared(symbol: ts.Symbol, isClass: boolean): string[] {
    const room = roomOf(symbol);
    const type = this.checker.getDeclaredTypeOfSymbol(symbol);
    const own = type.getProperties().filter((one) => isOurs(one) && isPublic(one));
    const properties = own.filter((one) => !this.isMethod(one));
    const statics = isClass
      ? this.checker
          .getTypeOfSymbol(symbol)
          .getProperties()
          .filter((one) => isOurs(one) && isPublic(one))
      : [];
    return [
      ...(isClass ? this.constructors(symbol) : []),
      ...this.calls(
        'Static methods',
        statics.filter((one) => this.isMethod(one)),
        `${symbol.name}.`,
        room,
      ),
      ...(properties.length === 0 ? [] : [this.properties(properties, room)]),
      ...this.calls(
        'Methods',
        own.filter((one) => this.isMethod(one)),
        '',
        room,
      ),
    ];
  }

  private constructors(symbol: ts.Symbol): string[] {
    const [signature] = this.checker.getTypeOfSymbol(symbol).getConstructSignatures();
    const declaration = signature?.declaration;
    const isHidden =
      declaration === undefined ||
      (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0;
    return signature === undefined || isHidden
      ? []
      : ['```typescript\n' + `new ${symbol.name}${this.parameters(signature)}` + '\n```'];
  }

  private calls(title: string, methods: readonly ts.Symbol[], before: string, room: string): string[] {
    const rows = methods.map((method) => {
      const [signature] = this.checker.getTypeOfSymbol(method).getCallSignatures();
      const call = signature === undefined ? '' : this.parameters(signature);
      const returned = signature === undefined ? '' : this.typeText(signature.getReturnType(), room);
      return `| \`${before}${method.name}${call}\` | ${returned} | ${cell(this.description(method))} |`;
    });
    return rows.length === 0 ? [] : [`**${title}**`, table(['call', 'returns', 'what it does'], rows)];
  }

  private properties(properties: readonly ts.Symbol[], room: string): string {
    const rows = properties.map((property) => {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const type = this.checker.getNonNullableType(this.checker.getTypeOfSymbol(property));
      return `| \`${property.name}${isOptional ? '?' : ''}\` | ${this.typeText(type, room)} | ${cell(this.description(property))} | ${cell(this.defaultOf(property))} |`;
    });
    return table(['property', 'type', 'description', 'default'], rows);
  }

  private parameters(signature: ts.Signature): string {
    const parameters = signature.getParameters().map((parameter) => {
      const declaration = parameter.valueDeclaration;
      const isParameter = declaration !== undefined && ts.isParameter(declaration);
      const dots = isParameter && declaration.dotDotDotToken !== undefined ? '...' : '';
      const mark = dots === '' && isParameter && this.checker.isOptionalParameter(declaration) ? '?' : '';
      const type = this.checker.getNonNullableType(this.checker.getTypeOfSymbol(parameter));
      return `${dots}${parameter.name}${mark}: ${this.checker.typeToString(type)}`;
    });
    return `(${parameters.join(', ')})`;
  }

  private typeText(type: ts.Type, room: string): string {
    const text = this.checker.typeToString(type).replace(/\|/g, '\\|');
    const name = /^(\w+)(\[\])?$/.exec(text)?.[1];
    return name !== undefined && this.rooms.has(name) ? text.replace(name, this.link(name, room)) : `\`${text}\``;
  }

  private link(name: string, from: string): string {
    const room = this.rooms.get(name);
    return `[\`${name}\`](${room === from ? '' : `${room}.md`}#${name.toLowerCase()})`;
  }

  private description(symbol: ts.Symbol): string {
    return ts.displayPartsToString(symbol.getDocumentationComment(this.checker));
  }

  private example(symbol: ts.Symbol): string {
    const tag = symbol.getJsDocTags(this.checker).find(({ name }) => name === 'example');
    return tag === undefined ? '' : `\`\`\`typescript\n${ts.displayPartsToString(tag.text)}\n\`\`\``;
  }

  private defaultOf(symbol: ts.Symbol): string {
    const tag = symbol.getJsDocTags(this.checker).find(({ name }) => name === 'default');
    const text = ts.displayPartsToString(tag?.text).replace(/^- /, '');
    return tag !== undefined && !ts.displayPartsToString(tag.text).startsWith('- ') ? `\`${text}\`` : text;
  }

  private isMethod(symbol: ts.Symbol): boolean {
    return (symbol.flags & ts.SymbolFlags.Method) !== 0;
  }
}

function kindOf({ flags }: ts.Symbol): 'class' | 'enum' | 'interface' {
  if ((flags & ts.SymbolFlags.Class) !== 0) {
    return 'class';
  }
  return (flags & ts.SymbolFlags.Enum) !== 0 ? 'enum' : 'interface';
}

function table(head: readonly string[], rows: readonly string[]): string {
  return [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...rows].join('\n');
}

/** A text as a table cell: one line, with pipes, tags, and emphasis outside of code escaped. */
function cell(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\|/g, '\\|')
    .replace(/</g, '&lt;')
    .replace(/`[^`]*`|\*/g, (found) => (found === '*' ? '\\*' : found));
}

function fileOf(symbol: ts.Symbol): string {
  return relative(ROOT, symbol.declarations?.[0]?.getSourceFile().fileName ?? '')
    .split(sep)
    .join('/');
}

function roomOf(symbol: ts.Symbol): string {
  return fileOf(symbol).split('/')[1] ?? '';
}

function isOurs(symbol: ts.Symbol): boolean {
  return fileOf(symbol).startsWith('constructs/');
}

function isPublic(symbol: ts.Symbol): boolean {
  const declaration = symbol.declarations?.[0];
  const flags = declaration === undefined ? 0 : ts.getCombinedModifierFlags(declaration);
  return (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0 && !symbol.name.startsWith('_');
}

/** The pages that docs/api should have, by their file names, before Prettier lays them out. */
export function referencePages(program: ts.Program): Map<string, string> {
  return new Reference(program).pages();
}

async function main(): Promise<void> {
  const pages = referencePages(publicApi());
  const options = await resolveConfig(join(ROOT, 'README.md'));
  rmSync(TARGET, { recursive: true, force: true });
  mkdirSync(TARGET, { recursive: true });
  for (const [name, text] of pages) {
    writeFileSync(join(TARGET, name), await format(text, { ...options, parser: 'markdown' }));
  }
}

if (require.main === module) {
  void main();
}
