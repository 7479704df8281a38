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
import type { IConstruct } from 'constructs';
import { originOf } from '../names/origin';
import { withMarkedNumbers } from '../values/literal-text';

/** A reference to something of a stack. */
export interface Reference {
  readonly stack: TerraformStack;
  /** The address of what it refers to, such as "azurerm_subnet.network_nodes". */
  readonly address: string;
}

/** What the arguments of an element refer to, as they are before Terraform's JSON is written. */
export function referencesOf(element: TerraformElement): Reference[] {
  const collector = new ReferenceCollector(new StringConcat());
  const context = { scope: element, preparing: false, resolver: collector };
  const tokens: IResolvable[] = [];
  addTokens(inputsOf(element), tokens);
  // tokens alone are resolved: what is known is most of it, and takes most of the time
  for (const token of tokens) {
    const known = referenceIn(token);
    if (known === undefined) {
      Tokenization.resolve(token, context);
    } else {
      collector.references.push(known);
    }
  }
  return collector.references;
}

/** The reference that a token is, where cdktf keeps the address with it as a text. */
function referenceIn(token: IResolvable): Reference | undefined {
  const stack = originOf(token);
  const identifier: unknown = stack === undefined ? undefined : Reflect.get(token, 'identifier');
  return stack === undefined || typeof identifier !== 'string' || mayBeToken(identifier)
    ? undefined
    : { stack, address: addressIn(identifier) };
}

/** The address of the element that an expression begins with. */
function addressIn(expression: string): string {
  return ADDRESS.exec(expression)?.[1] ?? expression;
}

/** What elements of a stack are called in references. */
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

/** Collects references instead of resolving them. */
class ReferenceCollector extends DefaultTokenResolver {
  public readonly references: Reference[] = [];

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    // a dynamic block cannot be resolved, only what is written for it; cdktf does not export its class
    const dynamicBlock: unknown = Reflect.get(token, 'toTerraformDynamicBlockJson');
    if (typeof dynamicBlock === 'function') {
      return context.resolve(dynamicBlock.call(token));
    }
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

/** The arguments of an element. What cdktf would write is made of these, and costs several times as much. */
function inputsOf(element: TerraformElement): unknown {
  if (!isResource(element) && !TerraformProvider.isTerraformProvider(element)) {
    return element.toTerraform();
  }
  const attributes: unknown = Reflect.get(element, 'synthesizeAttributes');
  const { dependsOn, forEach, count, lifecycle, connection, provisioners } = element as Partial<TerraformResource>;
  return [
    typeof attributes === 'function' ? attributes.call(element) : element.toTerraform(),
    ...[Reflect.get(element, 'rawOverrides'), dependsOn, lifecycle, connection, provisioners],
    ...[forEach?._getForEachExpression(), typeof count === 'object' ? count.toTerraform() : count],
  ];
}

function isResource(element: TerraformElement): boolean {
  return TerraformResource.isTerraformResource(element) || TerraformDataSource.isTerraformDataSource(element);
}

/** A text with a token, or with a number that stands for one. */
const MAY_HOLD_TOKEN = /TfToken\[|\de\+\d{3}/;

/** Adds the tokens in a value, in lists and objects of any depth. Few values are tokens, so the others are told apart first. */
function addTokens(value: unknown, found: IResolvable[]): void {
  if (typeof value === 'string') {
    if (MAY_HOLD_TOKEN.test(value)) {
      found.push(...Tokenization.reverseString(withMarkedNumbers(value)).tokens);
    }
  } else if (typeof value === 'number') {
    if (mayBeToken(value)) {
      found.push(...Tokenization.reverse(value));
    }
  } else if (Tokenization.isResolvable(value)) {
    found.push(value);
  } else if (typeof value === 'object' && value !== null) {
    addTokensInside(value, found);
  }
}

function addTokensInside(value: object, found: IResolvable[]): void {
  const whole = wholeToken(value);
  if (whole !== undefined) {
    found.push(whole);
  } else if (Array.isArray(value)) {
    value.forEach((item) => addTokens(item, found));
  } else {
    for (const [key, item] of Object.entries(value)) {
      addTokens(key, found);
      addTokens(item, found);
    }
  }
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
