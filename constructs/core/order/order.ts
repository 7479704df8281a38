import { Aspects, Lazy, TerraformDataSource, TerraformModule, TerraformResource, TerraformStack, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { reachFromAbove } from './aspects-above';
import { circleProblems } from './circles';
import { linksOf } from './links';
import { addressOf } from './references';
import { keepFromThrowing, stackCircleProblems } from './stack-circles';
import { reportProblems } from '../problems/report';

/** What Terraform can create after something else. */
type Element = TerraformResource | TerraformDataSource | TerraformModule;

/** What a resource comes after. */
export type FindBefore = (resource: TerraformResource) => readonly IConstruct[];

/** An order that follows from what resources are, such as a container before its contents: found in a stack when it is asked for. */
export type ImpliedOrder = (stack: TerraformStack) => FindBefore;

const declared = new WeakMap<TerraformResource, readonly (() => readonly IConstruct[])[]>();
const impliedIn = new WeakMap<TerraformStack, Map<ImpliedOrder, FindBefore>>();
const ordered = new WeakSet<TerraformResource>();
const askedForCircles = new WeakSet<TerraformStack>();

/**
 * Makes Terraform create `resource` after what it needs.
 *
 * `prerequisites` is asked at synth, since a grant or a build may be declared after the workload that needs it. What
 * lives in another stack cannot stand in `depends_on`: there the whole stack comes first.
 */
export function createAfter(resource: TerraformResource, prerequisites: () => readonly IConstruct[]): void {
  // a list from the start, for others to add to
  resource.dependsOn ??= [];
  declared.set(resource, [...(declared.get(resource) ?? []), prerequisites]);
  keepOrder(TerraformStack.of(resource));
  applyOrder(resource);
}

/** Makes Terraform create all resources of a construct after another construct, as `node.addDependency(...)` says it. */
export function createConstructAfter(construct: IConstruct, prerequisite: IConstruct): void {
  construct.node.addDependency(prerequisite);
  keepOrder(TerraformStack.of(construct));
}

/** Makes Terraform create all resources of the stack of `scope` in an order that follows from what they are. */
export function implyOrder(scope: IConstruct, implied: ImpliedOrder): void {
  const stack = TerraformStack.of(scope);
  const known = keepOrder(stack);
  if (!known.has(implied)) {
    known.set(implied, implied(stack));
  }
}

/**
 * Makes Terraform keep the order that constructs of a stack declare, which cdktf leaves out: `node.addDependency(...)`
 * of any construct, and what is implied. Circles are problems.
 */
function keepOrder(stack: TerraformStack): Map<ImpliedOrder, FindBefore> {
  const known = impliedIn.get(stack);
  if (known !== undefined) {
    return known;
  }
  const implied = new Map<ImpliedOrder, FindBefore>();
  impliedIn.set(stack, implied);
  reportCircles(stack);
  reachFromAbove(stack);
  Aspects.of(stack).add({
    visit: (node) => {
      if (node === stack) {
        lookAgain(stack);
      }
      // before the stack is asked for those that it depends on
      comeAfterStacksOf(stack, node.node.dependencies);
      if (TerraformResource.isTerraformResource(node)) {
        applyOrder(node);
      }
    },
  });
  return implied;
}

/** Reports the circles of a stack, its own and those of which it is the first stack. */
export function reportCircles(stack: TerraformStack): void {
  if (askedForCircles.has(stack)) {
    return;
  }
  askedForCircles.add(stack);
  keepFromThrowing(stack);
  reportProblems(stack, () => {
    const links = linksOf(stack, neededIn);
    return [
      ...circleProblems(stack, links),
      ...stackCircleProblems(stack, links, neededIn, (one) => askedForCircles.has(one)),
    ];
  });
}

/** Finds what is implied in a stack as it is now. */
function lookAgain(stack: TerraformStack): void {
  const implied = keepOrder(stack);
  for (const order of implied.keys()) {
    implied.set(order, order(stack));
  }
}

/**
 * The constructs that matter to `scope`, of several that serve one consumer each: those of its own stack, or, where it has
 * none, all of them.
 */
export function nearest(scope: IConstruct, candidates: IConstruct[]): IConstruct[] {
  const stack = TerraformStack.of(scope);
  const own = candidates.filter((one) => TerraformStack.of(one) === stack);
  return own.length > 0 ? own : candidates;
}

/** Asks all stacks of an app what their resources come after, for those that learn from it who needs them. */
export function askForOrder(app: IConstruct): void {
  app.node
    .findAll()
    .filter((one): one is TerraformStack => TerraformStack.isStack(one) && impliedIn.has(one))
    .forEach(neededIn);
}

/** What each resource of a stack is created after. */
function neededIn(stack: TerraformStack): Map<IConstruct, readonly IConstruct[]> {
  lookAgain(stack);
  const resources = stack.node
    .findAll()
    .filter((one): one is TerraformResource => TerraformResource.isTerraformResource(one))
    .filter((one) => TerraformStack.of(one) === stack);
  return new Map(resources.map((one) => [one, needed(one)]));
}

function needed(resource: TerraformResource): readonly Element[] {
  const constructs = [
    ...(declared.get(resource) ?? []).flatMap((prerequisites) => prerequisites()),
    ...declaredByNodes(resource),
    ...[...keepOrder(TerraformStack.of(resource)).values()].flatMap((before) => before(resource)),
  ];
  return [...new Set(constructs.flatMap(elementsOf))];
}

/** What the resource, or a construct that it is a part of, must be created after. Parts do not wait for one another then. */
function declaredByNodes(resource: TerraformResource): IConstruct[] {
  const { scopes } = resource.node;
  return scopes.flatMap((scope) =>
    scope.node.dependencies.filter((one) => !scopes.includes(one) || scope.node.scopes.includes(one)),
  );
}

function elementsOf(construct: IConstruct): Element[] {
  return construct.node
    .findAll()
    .filter(
      (child): child is Element =>
        TerraformResource.isTerraformResource(child) ||
        TerraformDataSource.isTerraformDataSource(child) ||
        child instanceof TerraformModule,
    );
}

/** Adds what a resource needs to what others ask for, whenever it is written: some of it is created at the very end. */
function applyOrder(resource: TerraformResource): void {
  if (ordered.has(resource)) {
    return;
  }
  ordered.add(resource);
  const prototype = Object.getPrototypeOf(resource) as object;
  Object.defineProperty(resource, 'terraformMetaArguments', {
    get: () => ({
      ...(Reflect.get(prototype, 'terraformMetaArguments', resource) as object),
      dependsOn: dependsOn(resource),
    }),
  });
}

/** Each address once; undefined if there is none. */
function dependsOn(resource: TerraformResource): string[] | undefined {
  const stack = TerraformStack.of(resource);
  const elements = needed(resource).filter((one) => one !== resource);
  comeAfterStacksOf(stack, elements);
  // without braces: in `depends_on`, terraform refuses those of `fqn`
  const here = elements.filter((one) => TerraformStack.of(one) === stack).flatMap((one) => addressOf(one) ?? []);
  const all = [...new Set([...here, ...(resource.dependsOn ?? []).map(bare)])];
  return all.length === 0 ? undefined : all;
}

function comeAfterStacksOf(stack: TerraformStack, constructs: readonly IConstruct[]): void {
  for (const other of new Set(constructs.map((one) => TerraformStack.of(one)))) {
    // the opposite is reported as a circle
    if (other !== stack && !other.dependsOn(stack)) {
      stack.addDependency(other);
    }
  }
}

function bare(address: string): string {
  return Token.isUnresolved(address)
    ? Lazy.stringValue({
        produce: (context) => {
          context.suppressBraces = true;
          return String(context.resolve(address));
        },
      })
    : address;
}
