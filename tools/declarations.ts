import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { INDEX, publicApi } from './public-api';

/*
 * Generates the type declarations of the public API for the checks at run time: the table in
 * constructs/core/declared/declarations.ts. `npm run declarations` writes it; a test fails if it is not current.
 *
 * An enum that decides which constructs are created has the tag `@literal`: its members cannot be tokens. A property, a
 * method or a class has the tag `@alias` with its names elsewhere: in azurerm, `az`, manifests and charts.
 */

const ROOT = resolve(__dirname, '..');
/** The file of the table. */
export const TARGET = join(ROOT, 'constructs/core/declared/declarations.ts');

/** The types of other packages that the public API accepts, with the members that distinguish them from other types. */
const FOREIGN: Readonly<Record<string, Record<string, string>>> = {
  Construct: { node: 'unknown' },
  IConstruct: { node: 'unknown' },
  TerraformProvider: { node: 'unknown', terraformResourceType: 'string' },
};

type Table = Record<string, string>;

/** The tables of the file, in its order. */
interface Tables {
  readonly structs: Record<string, Table>;
  readonly classes: Record<string, Table>;
  readonly interfaces: Record<string, Table>;
  readonly enums: Record<string, Table>;
  readonly signatures: Record<string, Table>;
  readonly makers: Record<string, string[]>;
  readonly literals: Set<string>;
  readonly aliases: Record<string, string[]>;
}

class Reader {
  public readonly tables: Tables = {
    structs: {},
    classes: {},
    interfaces: {},
    enums: {},
    signatures: {},
    makers: {},
    literals: new Set(),
    aliases: {},
  };

  constructor(private readonly checker: ts.TypeChecker) {}

  public readExport(symbol: ts.Symbol): void {
    if (isAbstract(symbol)) {
      return; // its subclasses have its members
    }
    const type = this.checker.getDeclaredTypeOfSymbol(symbol);
    this.expressionOf(type);
    if ((symbol.flags & ts.SymbolFlags.Class) !== 0) {
      this.addAliases(symbol, `new ${symbol.name}(...)`);
      this.readClass(symbol, type);
    } else if ((symbol.flags & ts.SymbolFlags.Interface) !== 0) {
      this.readMethods(symbol.name, type);
    }
  }

  private readClass(symbol: ts.Symbol, type: ts.Type): void {
    const statics = this.checker.getTypeOfSymbol(symbol);
    for (const member of statics.getProperties().filter((one) => isPublic(one) && !isInternal(one))) {
      const [signature] = this.checker.getTypeOfSymbol(member).getCallSignatures();
      const made = signature === undefined ? this.checker.getTypeOfSymbol(member) : signature.getReturnType();
      const isOwn = isOurs(member);
      const takesNothing = signature?.getParameters().length === 0;
      if (isOwn && signature !== undefined && !takesNothing) {
        this.readSignature(`${symbol.name}.${member.name}`, signature);
        this.addAliases(member, `${symbol.name}.${member.name}(...)`);
      }
      if (isOwn && made.symbol !== undefined && isOurs(made.symbol)) {
        const call = takesNothing ? '()' : '(...)';
        this.addMaker(made.symbol.name, `${symbol.name}.${member.name}${signature === undefined ? '' : call}`);
      }
    }
    if (
      statics.getConstructSignatures().some(({ declaration }) => declaration === undefined || isAccessible(declaration))
    ) {
      for (const name of [symbol.name, ...this.implemented(type)]) {
        this.addMaker(name, `new ${symbol.name}(...)`);
      }
    } else {
      this.implemented(type).forEach((name) => {
        this.tables.makers[symbol.name]?.forEach((maker) => this.addMaker(name, maker));
      });
    }
    this.readMethods(symbol.name, type);
  }

  private readMethods(name: string, type: ts.Type): void {
    for (const member of type.getProperties().filter((one) => isOurs(one) && isPublic(one) && !isInternal(one))) {
      const [signature] = this.checker.getTypeOfSymbol(member).getCallSignatures();
      if (signature !== undefined && signature.getParameters().length > 0) {
        this.readSignature(`${name}#${member.name}`, signature);
        if (!isBehaviour(name)) {
          this.addAliases(member, `${name}#${member.name}`);
        }
      }
    }
  }

  private readSignature(name: string, signature: ts.Signature): void {
    const isVoid = (signature.getReturnType().flags & ts.TypeFlags.Void) !== 0;
    const parameters = Object.fromEntries(
      signature.getParameters().map((parameter) => {
        const expression = this.expressionOf(this.checker.getTypeOfSymbol(parameter));
        const isSecret = expression === 'string' && /\.fromSecretValue$/.test(name);
        return [this.parameterName(parameter), isSecret ? 'secret' : expression];
      }),
    );
    this.tables.signatures[name] = isVoid ? { ...parameters, '()': 'void' } : parameters;
  }

  private parameterName({ name, valueDeclaration }: ts.Symbol): string {
    if (valueDeclaration === undefined || !ts.isParameter(valueDeclaration)) {
      return name;
    }
    if (valueDeclaration.dotDotDotToken !== undefined) {
      return `...${name}`;
    }
    return this.checker.isOptionalParameter(valueDeclaration) ? `${name}?` : name;
  }

  private addMaker(type: string, maker: string): void {
    const makers = (this.tables.makers[type] ??= []);
    if (!makers.includes(maker)) {
      makers.push(maker);
    }
  }

  private addAliases(symbol: ts.Symbol, target: string): void {
    const tags = symbol.getJsDocTags(this.checker).filter(({ name }) => name === 'alias');
    for (const alias of tags.flatMap(({ text }) => ts.displayPartsToString(text).match(/\w+/g) ?? [])) {
      const targets = (this.tables.aliases[alias] ??= []);
      if (!targets.includes(target)) {
        targets.push(target);
      }
    }
  }

  private implemented(type: ts.Type): string[] {
    const heritage = (type.symbol.declarations ?? [])
      .filter(ts.isClassDeclaration)
      .flatMap((declaration) => declaration.heritageClauses ?? [])
      .flatMap((clause) => clause.types.map((one) => this.checker.getTypeAtLocation(one)))
      .filter((one) => one.symbol !== undefined && isOurs(one.symbol));
    return heritage.flatMap((one) =>
      (one.symbol.flags & ts.SymbolFlags.Interface) !== 0
        ? [one.symbol.name, ...this.extended(one)]
        : this.implemented(one),
    );
  }

  private extended(type: ts.Type): string[] {
    return (
      (type as ts.InterfaceType)
        .getBaseTypes?.()
        ?.filter((one) => isOurs(one.symbol))
        .map((one) => one.symbol.name) ?? []
    );
  }

  /** The expression for a type in the table; the types that it consists of are added to the table. */
  private expressionOf(type: ts.Type): string {
    const given = this.checker.getNonNullableType(type);
    const { symbol } = given.aliasSymbol === undefined ? given : { symbol: given.aliasSymbol };
    if ((given.flags & ts.TypeFlags.StringLike) !== 0 && (given.flags & ts.TypeFlags.EnumLike) === 0) {
      return 'string';
    }
    if ((given.flags & ts.TypeFlags.NumberLike) !== 0 && (given.flags & ts.TypeFlags.EnumLike) === 0) {
      return 'number';
    }
    if ((given.flags & ts.TypeFlags.BooleanLike) !== 0) {
      return 'boolean';
    }
    if (this.checker.isArrayType(given)) {
      const [item] = this.checker.getTypeArguments(given as ts.TypeReference);
      return item === undefined ? 'unknown' : `[${this.expressionOf(item)}]`;
    }
    const values = given.getStringIndexType();
    if (values !== undefined) {
      return `{${this.expressionOf(values)}}`;
    }
    if (symbol === undefined) {
      return 'unknown';
    }
    if (symbol.name in FOREIGN && !isOurs(symbol)) {
      this.tables.interfaces[symbol.name] = FOREIGN[symbol.name] ?? {};
      return symbol.name;
    }
    return isOurs(symbol) ? this.named(symbol, given) : 'unknown';
  }

  private named(symbol: ts.Symbol, type: ts.Type): string {
    if ((symbol.flags & ts.SymbolFlags.EnumMember) !== 0 || (symbol.flags & ts.SymbolFlags.Enum) !== 0) {
      return this.enumNamed(symbol);
    }
    const isInterface = (symbol.flags & ts.SymbolFlags.Interface) !== 0;
    if (!isInterface && (symbol.flags & ts.SymbolFlags.Class) === 0) {
      return 'unknown';
    }
    const ofInterface = isBehaviour(symbol.name) ? 'interfaces' : 'structs';
    const table = this.tables[isInterface ? ofInterface : 'classes'];
    if (table[symbol.name] === undefined) {
      const members: Table = {};
      table[symbol.name] = members;
      for (const member of type.getProperties().filter(isPublic)) {
        if (isOurs(member)) {
          members[`${member.name}${this.isOptional(member) ? '?' : ''}`] = this.memberOf(member);
          this.addAliases(member, member.name);
        } else if (member.name === 'node') {
          members.node = 'unknown';
        }
      }
    }
    return symbol.name;
  }

  private isOptional(member: ts.Symbol): boolean {
    const type = this.checker.getTypeOfSymbol(member);
    return (
      (member.flags & ts.SymbolFlags.Optional) !== 0 ||
      (type.isUnion() && type.types.some(({ flags }) => (flags & ts.TypeFlags.Undefined) !== 0))
    );
  }

  private memberOf(member: ts.Symbol): string {
    const type = this.checker.getTypeOfSymbol(member);
    const [signature] = type.getCallSignatures();
    if (signature !== undefined) {
      return `()${this.expressionOf(signature.getReturnType())}`;
    }
    const expression = this.expressionOf(type);
    return expression === 'string' && /(password|secret)$/i.test(member.name) ? 'secret' : expression;
  }

  private enumNamed(symbol: ts.Symbol): string {
    const type = this.checker.getDeclaredTypeOfSymbol(symbol);
    this.tables.enums[symbol.name] ??= Object.fromEntries(
      (type.isUnion() ? type.types : [type]).map((one) => [
        one.symbol.name,
        String((one as ts.StringLiteralType).value),
      ]),
    );
    if (symbol.getJsDocTags(this.checker).some(({ name }) => name === 'literal')) {
      this.tables.literals.add(symbol.name);
    }
    return symbol.name;
  }
}

/** Whether an interface has behavior, as "IFoo" has; others are the properties of objects that callers write. */
function isBehaviour(name: string): boolean {
  return /^I[A-Z][A-Za-z]/.test(name);
}

function declarationOf(symbol: ts.Symbol): ts.Declaration | undefined {
  return symbol.valueDeclaration ?? symbol.declarations?.[0];
}

function isOurs(symbol: ts.Symbol): boolean {
  return declarationOf(symbol)?.getSourceFile().fileName.startsWith(join(ROOT, 'constructs')) ?? false;
}

function isAccessible(declaration: ts.Declaration): boolean {
  return (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;
}

function isPublic(symbol: ts.Symbol): boolean {
  const declaration = declarationOf(symbol);
  return declaration !== undefined && symbol.name !== 'prototype' && isAccessible(declaration);
}

function isAbstract({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((one) => (ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Abstract) !== 0);
}

function isInternal({ name }: ts.Symbol): boolean {
  return name.startsWith('_');
}

/** The current content of the file. */
export async function declarationsText(program: ts.Program): Promise<string> {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(INDEX);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) {
    throw new Error(`${INDEX} exports nothing`);
  }
  const reader = new Reader(checker);
  const exported = checker
    .getExportsOfModule(module)
    .map((one) => ((one.flags & ts.SymbolFlags.Alias) === 0 ? one : checker.getAliasedSymbol(one)))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  exported.forEach((one) => reader.readExport(one));
  return format(fileText(reader.tables), { ...(await resolveConfig(TARGET)), parser: 'typescript' });
}

function fileText({ structs, classes, interfaces, enums, signatures, makers, literals, aliases }: Tables): string {
  const lines = [
    '/* Written by `npm run declarations` from the types of the public API. Not to be edited. */',
    '',
    "import type { Declared } from './declared-type';",
    '',
    declaration('STRUCTS', 'The properties of what callers write down as an object.', texts(structs)),
    declaration('CLASSES', 'The members of classes.', texts(classes)),
    declaration('INTERFACES', 'The members of interfaces that others implement.', texts(interfaces)),
    '/** The members of what is made by code. */',
    'export const OBJECTS: { readonly [name: string]: Declared } = { ...CLASSES, ...INTERFACES };',
    '',
    declaration('ENUMS', 'The members of enums, with their values.', enums, '{ readonly [member: string]: string }'),
    declaration(
      'SIGNATURES',
      'The parameters of factories ("Class.factory") and methods ("Class#method").',
      texts(signatures),
    ),
    declaration('MAKERS', 'What makes an object of a type, for messages.', makers, 'readonly string[]'),
    declaration(
      'ALIASES',
      'The properties, methods and classes that have another name elsewhere.',
      aliases,
      'readonly string[]',
    ),
    '/** The enums of which the program must know the member, so that no token can stand for it. */',
    `export const LITERAL_ENUMS: readonly string[] = ${JSON.stringify([...literals].sort())};\n`,
  ];
  return lines.join('\n');
}

/** Each table as text: see `Declared`. */
function texts(tables: Record<string, Table>): Record<string, string> {
  const text = (table: Table) => Object.entries(table).map(([member, type]) => `${member}: ${type}`);
  return Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, text(table).join(', ')]));
}

function declaration(name: string, doc: string, value: object, item = 'Declared'): string {
  const sorted = Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  return `/** ${doc} */\nexport const ${name}: { readonly [name: string]: ${item} } = ${JSON.stringify(sorted)};\n`;
}

if (require.main === module) {
  void declarationsText(publicApi()).then((text) => writeFileSync(TARGET, text));
}
