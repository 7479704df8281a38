import {
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  StringConcat,
  TerraformDataSource,
  TerraformElement,
  TerraformLocal,
  TerraformModule,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  Tokenization,
} from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { originOf } from '../names/origin';
import { withMarkedNumbers } from '../values/literal-text';

/** A reference to something of a stack. */
export interface Reference {
  readonly stack: TerraformStack;
  /** The address of what it refers to, such as "azurerm_subnet.network_nodes". */
  readonly address: string;
}

/** The references in the arguments of an element, as they are before Terraform's JSON is written. */
export function referencesOf(element: TerraformElement): Reference[] {
  const reader = new ArgumentReader(element);
  reader.read(argumentsOf(element));
  return reader.references;
}

/** The address of an element, by which others refer to it. */
export function addressOf(element: IConstruct): string | undefined {
  if (TerraformResource.isTerraformResource(element)) {
    return `${element.terraformResourceType}.${element.friendlyUniqueId}`;
  }
  if (TerraformDataSource.isTerraformDataSource(element)) {
    return `data.${element.terraformResourceType}.${element.friendlyUniqueId}`;
  }
  if (element instanceof TerraformModule) {
    return `module.${element.friendlyUniqueId}`;
  }
  return element instanceof TerraformLocal ? `local.${element.friendlyUniqueId}` : undefined;
}

/**
 * The arguments of an element. Resources, data sources and providers keep them in their fields: to write them in order to
 * read them takes several times as long.
 */
function argumentsOf(element: TerraformElement): unknown {
  const isKept =
    TerraformResource.isTerraformResource(element) ||
    TerraformDataSource.isTerraformDataSource(element) ||
    TerraformProvider.isTerraformProvider(element);
  return isKept
    ? Object.entries(element).flatMap(([name, value]) => (name === 'node' ? [] : [value]))
    : element.toTerraform();
}

/** A text with a token, or with a number that stands for one. */
const MAY_HOLD_TOKEN = /TfToken\[|\de\+\d{3}/;

/** Finds the references in the arguments of an element, in lists and objects of any depth. */
class ArgumentReader {
  public readonly references: Reference[] = [];
  private readonly collector = new ReferenceCollector(this.references);
  /** The element and its blocks, each of which knows what it is a part of. They are tokens where others use them. */
  private readonly blocks: Set<unknown>;

  constructor(private readonly element: TerraformElement) {
    this.blocks = new Set([element]);
  }

  /** Most values are no tokens: these are told apart before anything is looked up. */
  public read(value: unknown): void {
    if (typeof value === 'string') {
      if (MAY_HOLD_TOKEN.test(value)) {
        Tokenization.reverseString(withMarkedNumbers(value)).tokens.forEach((token) => this.readToken(token));
      }
    } else if (typeof value === 'number') {
      if (mayBeToken(value)) {
        Tokenization.reverse(value).forEach((token) => this.readToken(token));
      }
    } else if (typeof value === 'object' && value !== null && !this.blocks.has(value)) {
      this.readObject(value);
    }
  }

  private readObject(value: object): void {
    const whole = wholeToken(value);
    if (whole !== undefined) {
      this.readToken(whole);
    } else if (Construct.isConstruct(value)) {
      this.readConstruct(value);
    } else if (this.blocks.has(Reflect.get(value, 'terraformResource'))) {
      this.blocks.add(value);
      this.readFields(value);
    } else if (Tokenization.isResolvable(value)) {
      this.readToken(value);
    } else {
      this.readFields(value);
    }
  }

  private readFields(object: object): void {
    for (const [key, value] of Object.entries(object)) {
      this.read(key);
      this.read(value);
    }
  }

  /** `replaceTriggeredBy` and iterators take elements as they are. */
  private readConstruct(construct: IConstruct): void {
    const address = addressOf(construct);
    if (address !== undefined) {
      this.references.push({ stack: TerraformStack.of(construct), address });
    }
  }

  private readToken(token: IResolvable): void {
    const stack = originOf(token);
    const identifier: unknown = Reflect.get(token, 'identifier');
    if (stack !== undefined && typeof identifier === 'string' && !mayBeToken(identifier)) {
      // cdktf keeps the expression of a reference as a text
      this.references.push({ stack, address: addressIn(identifier) });
    } else {
      Tokenization.resolve(token, { scope: this.element, preparing: false, resolver: this.collector });
    }
  }
}

/** Collects references instead of resolving them. */
class ReferenceCollector extends DefaultTokenResolver {
  constructor(private readonly references: Reference[]) {
    super(new StringConcat());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const stack = originOf(token);
    if (stack === undefined) {
      return super.resolveToken(token, context, postProcessor);
    }
    // as in its own stack, where it is a reference to no output of another one
    const text = String(token.resolve({ ...context, scope: stack }));
    this.references.push({ stack, address: addressIn(text) });
    return text;
  }
}

const ADDRESS = /^(?:\$\{)?((?:data\.)?[\w-]+\.[\w-]+)/;

/** The address of the element that an expression begins with. */
function addressIn(expression: string): string {
  return ADDRESS.exec(expression)?.[1] ?? expression;
}

/** The token that a list or a map stands for as a whole: it is written as its only item. */
function wholeToken(value: object): IResolvable | undefined {
  const items: unknown[] = Array.isArray(value) ? value : Object.keys(value);
  const [item] = items;
  if (items.length !== 1 || !mayBeToken(item)) {
    return undefined;
  }
  if (!Array.isArray(value)) {
    return Tokenization.reverseMap(value);
  }
  return typeof item === 'number' ? Tokenization.reverseNumberList([item]) : Tokenization.reverseList([String(item)]);
}

/** Whether a text or a number can stand for a token, without a search for the token. */
function mayBeToken(value: unknown): boolean {
  return typeof value === 'number' ? Math.abs(value) >= 1e100 : typeof value === 'string' && value.includes('TfToken[');
}
