import {
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  StringConcat,
  TerraformElement,
  TerraformStack,
  Token,
  Tokenization,
} from 'cdktf';
import type { IConstruct } from 'constructs';
import { type ObjectName, nameAt } from './object-name';
import { originOf } from './origin';
import { resolvedText } from './resolved-text';

/**
 * A name or an id in a form that is equal for one object: in lower case, and with references replaced by what they
 * refer to. An object that is looked up twice is one object; objects of two stacks are different, unless their name is
 * unique everywhere.
 *
 * Any other token is equal only to itself.
 */
export function canonicalText(scope: IConstruct, value: string): string {
  if (!Token.isUnresolved(value)) {
    return foldCase(value);
  }
  const resolver = new ReferenceResolver(new StringConcat());
  return foldCase(String(Tokenization.resolve(value, { scope, preparing: false, resolver })));
}

/** The canonical text of an `ObjectName`. */
export function canonicalName(scope: IConstruct, { kind, name, place }: ObjectName): string {
  return JSON.stringify([kind, ...[...place, name].map((part) => canonicalText(scope, part))]);
}

/** The canonical text of a reference to the id of the object with this name in the stack of `scope`. */
export function canonicalId(scope: IConstruct, name: ObjectName): string {
  return canonicalReference(TerraformStack.of(scope), name, 'id');
}

function canonicalReference(stack: TerraformStack, name: ObjectName, attribute: string): string {
  // a name that is not unique everywhere may belong to a different object in another stack
  const owner = name.place.length === 0 ? '' : `${stack.node.path}: `;
  return `\${${owner}${canonicalName(stack, name)}.${attribute}}`;
}

/** Resolves references to a text that identifies what they refer to. */
class ReferenceResolver extends DefaultTokenResolver {
  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const stack = originOf(token);
    return stack === undefined
      ? // a stand-in for a wrong value resolves to nothing, and must differ from other stand-ins
        (super.resolveToken(token, context, postProcessor) ?? `nothing ${/TOKEN\.\d+/.exec(String(token))?.[0]}`)
      : // as in its own stack, where it does not refer to an output of another one
        meaningOf(String(token.resolve({ ...context, scope: stack })), stack);
  }
}

/** A reference to an attribute, with braces or, within an expression, without them. */
const REFERENCE = /^(?:\$\{)?(?:data\.)?\w+\.([\w-]+)\.(.*?)\}?$/;

/** The attribute that contains the name, also of Kubernetes objects. */
const NAME = /^(metadata\[0\]\.)?name$/;

function meaningOf(reference: string, stack: TerraformStack): string {
  const [, logicalId = '', attribute = ''] = REFERENCE.exec(reference) ?? [];
  const name = nameAt(stack, logicalId);
  if (NAME.test(attribute) && name !== undefined) {
    return canonicalText(stack, name.name);
  }
  const given = attribute === 'name' && name === undefined ? givenName(stack, logicalId) : undefined;
  if (given !== undefined) {
    return given;
  }
  return name === undefined ? `\${${stack.node.path}: ${reference}}` : canonicalReference(stack, name, attribute);
}

/** The name that was given to another element, such as a resource group, created or looked up. */
function givenName(stack: TerraformStack, logicalId: string): string | undefined {
  const element = elementAt(stack, logicalId);
  return element !== undefined && 'nameInput' in element && typeof element.nameInput === 'string'
    ? canonicalText(stack, element.nameInput)
    : undefined;
}

/** The elements of stacks, by their logical ids. */
const elements = new WeakMap<TerraformStack, ReadonlyMap<string, TerraformElement>>();

/** The element of a stack with a logical id. The stack is searched again only for an id that it did not have. */
function elementAt(stack: TerraformStack, logicalId: string): TerraformElement | undefined {
  const known = elements.get(stack)?.get(logicalId);
  if (known !== undefined) {
    return known;
  }
  const all = stack.node
    .findAll()
    .filter((one): one is TerraformElement => TerraformElement.isTerraformElement(one))
    .filter((one) => TerraformStack.of(one) === stack);
  const byId = new Map(all.map((one) => [stack.getLogicalId(one), one]));
  elements.set(stack, byId);
  return byId.get(logicalId);
}

/** The name of the resource to whose id a text refers, if the program knows it; undefined for any other text. */
export function nameOfReferenced(text: string): string | undefined {
  const [token, ...others] = Tokenization.reverseString(text).tokens;
  const stack = token === undefined || others.length > 0 ? undefined : originOf(token);
  if (stack === undefined) {
    return undefined;
  }
  const [, logicalId = '', attribute] = REFERENCE.exec(resolvedText(stack, text)) ?? [];
  return attribute === 'id' ? givenName(stack, logicalId) : undefined;
}

/** A text in lower case, except for its references, which Terraform compares case-sensitively. */
function foldCase(text: string): string {
  const [start, end] = [text.indexOf('${'), text.lastIndexOf('}') + 1];
  return start < 0
    ? text.toLowerCase()
    : text.slice(0, start).toLowerCase() + text.slice(start, end) + text.slice(end).toLowerCase();
}
