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

/** A reference to something of a stack. */
export interface Reference {
  readonly stack: TerraformStack;
  /** The address of what it refers to, such as "azurerm_subnet.network_nodes". */
  readonly address: string;
}

/** What the arguments of an element refer to, as they are before Terraform's JSON is written. */
export function referencesOf(element: TerraformElement): Reference[] {
  const collector = new ReferenceCollector(new StringConcat());
  Tokenization.resolve(inputsOf(element), { scope: element, preparing: false, resolver: collector });
  return collector.references;
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
    this.references.push({ stack, address: ADDRESS.exec(text)?.[1] ?? text });
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
