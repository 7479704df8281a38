import { TerraformElement, TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { type Reference, referencesOf } from './references';

/** What each resource of a stack is created after. */
export type OrderIn = (stack: TerraformStack) => ReadonlyMap<IConstruct, readonly IConstruct[]>;

/** An element of a stack, and what comes before it. */
export interface Links {
  readonly element: TerraformElement;
  /** What it was told to come after. */
  readonly order: readonly IConstruct[];
  /** What it refers to. */
  readonly references: readonly Reference[];
  /** The provider that makes it. */
  readonly provider: TerraformProvider | undefined;
}

/** Elements that are refused by themselves: what they refer to is no second mistake. */
const refused = new WeakSet<TerraformElement>();

/** Leaves what an element refers to out of circles, where the element is a problem by itself. */
export function leaveOutOfCircles(element: TerraformElement): void {
  refused.add(element);
}

/** The elements of a stack with what comes before them. */
export function linksOf(stack: TerraformStack, orderIn: OrderIn): Links[] {
  const elements = stack.node
    .findAll()
    .filter((one): one is TerraformElement => TerraformElement.isTerraformElement(one))
    .filter((one) => TerraformStack.of(one) === stack);
  const providers = elements.filter((one): one is TerraformProvider => TerraformProvider.isTerraformProvider(one));
  const order = orderIn(stack);
  return elements.map((element) => {
    let references: readonly Reference[] | undefined;
    return {
      element,
      order: order.get(element) ?? [],
      // most are never asked for, and to read them all takes long
      get references() {
        return (references ??= refused.has(element) ? [] : referencesOf(element));
      },
      provider: TerraformResource.isTerraformResource(element) ? providerOf(element, providers) : undefined,
    };
  });
}

/** The provider of a resource: its own, or the one of its kind without an alias. */
function providerOf(
  { provider, terraformResourceType: type }: TerraformResource,
  providers: readonly TerraformProvider[],
): TerraformProvider | undefined {
  return (
    provider ?? providers.find((one) => one.alias === undefined && type.startsWith(`${one.terraformResourceType}_`))
  );
}

/** The construct that somebody wrote, of which a resource is the main part. */
export function ownerPath({ node }: IConstruct): string {
  return node.path.replace(/\/Resource$/, '');
}
