import { type TerraformDataSource, type TerraformElement, TerraformStack, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { type ObjectName, rememberName } from './object-name';
import { canonicalName, canonicalText } from './canonical-text';
import { article } from './add-child';
import { show } from '../values/shown';
import { Violation, violation } from '../problems/violation';
import { reportProblems } from '../problems/report';

/** A name that a construct gives to an object that it creates. */
interface Claim {
  readonly scope: IConstruct;
  readonly property: string;
  readonly name: ObjectName;
  /** The canonical form of the name, once it was computed. */
  key?: string;
}

/**
 * The claims of a stack in the order in which they were created, and the owners of the names of the first `looked`
 * claims.
 */
interface Claims {
  readonly all: Claim[];
  readonly byScope: Map<IConstruct, Claim[]>;
  readonly owners: Map<string, Claim>;
  looked: number;
}

const claimsByStack = new WeakMap<TerraformStack, Claims>();

/**
 * Reports that two constructs of a stack create objects with the same name, of which the second would fail to deploy.
 *
 * Stacks of an app are not compared: they may be deployed to different places, or never together.
 *
 * @param scope The construct that creates the object
 * @param property The property that contains the name
 * @param names The names of the object; if others have several of them, the first is reported
 */
export function claimUnique(scope: IConstruct, property: string, ...names: ObjectName[]): void {
  const claims = claimsOf(scope);
  const own = names.map((name) => ({ scope, property, name }));
  claims.all.push(...own);
  claims.byScope.set(scope, [...(claims.byScope.get(scope) ?? []), ...own]);
  // compared at synthesis, when the tree is complete and references can be resolved
  reportProblems(scope, () => {
    const first = firstClash(scope, claims);
    return first === undefined || !own.includes(first) || isPartOfAnother(scope, claims)
      ? []
      : [problem(first, claims)];
  });
}

/** As `claimUnique`, for the object of one resource: references to the resource are then compared by its name. */
export function claimResource(scope: IConstruct, property: string, resource: TerraformElement, name: ObjectName): void {
  rememberName(resource, name);
  claimUnique(scope, property, name);
}

/**
 * Reports that a construct looks up an object that its own stack creates: Terraform would read it before it exists.
 *
 * A reference passes, since Terraform first creates what it refers to.
 */
export function lookUp(scope: IConstruct, property: string, data: TerraformDataSource, name: ObjectName): void {
  rememberName(data, name);
  const claims = claimsOf(scope);
  reportProblems(scope, () => {
    const maker = Token.isUnresolved(name.name) ? undefined : ownerOf(canonicalName(scope, name), claims);
    return maker === undefined || maker.name.when !== undefined
      ? []
      : [
          violation(
            'lookup-of-own-resource',
            `'${property}' must be the name of ${article(name.kind)} ${name.kind} that exists before this stack is deployed, got ` +
              `${show(name.name)}, which ${maker.scope.node.path} makes: use that construct instead of this one`,
          ),
        ];
  });
}

function claimsOf(scope: IConstruct): Claims {
  const stack = TerraformStack.of(scope);
  const claims = claimsByStack.get(stack) ?? {
    all: [],
    byScope: new Map<IConstruct, Claim[]>(),
    owners: new Map<string, Claim>(),
    looked: 0,
  };
  claimsByStack.set(stack, claims);
  return claims;
}

/** The first claim of a name. */
function ownerOf(key: string, claims: Claims): Claim | undefined {
  for (const claim of claims.all.slice(claims.looked)) {
    claims.owners.set(keyOf(claim), claims.owners.get(keyOf(claim)) ?? claim);
  }
  claims.looked = claims.all.length;
  return claims.owners.get(key);
}

function keyOf(claim: Claim): string {
  return (claim.key ??= canonicalName(claim.scope, claim.name));
}

/** The first claim of a construct that clashes with another construct; further clashes of the two follow from it. */
function firstClash(scope: IConstruct, claims: Claims): Claim | undefined {
  return claims.byScope.get(scope)?.find((claim) => ownerOf(keyOf(claim), claims)?.scope !== scope);
}

const refused = new WeakSet<IConstruct>();

/** Suppresses clashes of the names of a construct's parts, since the construct is reported as a whole. */
export function refuseWhole(scope: IConstruct): void {
  refused.add(scope);
}

/** Whether the construct is part of another one that is reported itself, from which it takes its name. */
function isPartOfAnother({ node }: IConstruct, claims: Claims): boolean {
  return node.scopes.slice(0, -1).some((outer) => refused.has(outer) || firstClash(outer, claims) !== undefined);
}

function problem(claim: Claim, claims: Claims): Violation {
  const { scope, property, name } = claim;
  const owner = ownerOf(keyOf(claim), claims);
  const [own, other] = [name, owner?.name].map((one) => readable(scope, one));
  const rest = own === other ? '' : `, as ${show(other)}, since case does not matter`;
  return violation(
    'unique-name',
    `'${property}' must be unique in ${name.within}, got ${show(own)}${whenOf(name)}, the name of the ${name.kind} of ` +
      `${owner?.scope.node.path}${whenOf(owner?.name)}${rest}: rename one of them`,
  );
}

function readable(scope: IConstruct, name: ObjectName | undefined): string | undefined {
  return Token.isUnresolved(name?.name) ? canonicalText(scope, String(name?.name)) : name?.name;
}

function whenOf(name: ObjectName | undefined): string {
  return name?.when === undefined ? '' : ` ${name.when}`;
}
