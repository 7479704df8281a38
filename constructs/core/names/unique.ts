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
  /** The name in the form that is compared, once it was looked up. */
  key?: string;
}

/** The claims of a stack in the order in which they were created, and the owners of names as far as they were looked up. */
interface Claims {
  readonly all: Claim[];
  readonly byScope: Map<IConstruct, Claim[]>;
  readonly owners: Map<string, Claim>;
  looked: number;
}

const claimsByStack = new WeakMap<TerraformStack, Claims>();

/**
 * Reports that two constructs of a stack create objects of one name: the second fails when it is applied.
 *
 * Stacks of an app are not compared: they may be deployed to different places, or never together.
 *
 * @param scope The construct that creates the object
 * @param property The property that the name comes from
 * @param names The names of the object; of several that another object has, the first is reported
 */
export function claimUnique(scope: IConstruct, property: string, ...names: ObjectName[]): void {
  const claims = claimsOf(scope);
  const own = names.map((name) => ({ scope, property, name }));
  claims.all.push(...own);
  claims.byScope.set(scope, [...(claims.byScope.get(scope) ?? []), ...own]);
  // looked up at synth, when the tree is complete and references can be read
  reportProblems(scope, () => {
    const first = firstClash(scope, claims);
    return first === undefined || !own.includes(first) || isPartOfAnother(scope, claims)
      ? []
      : [problem(first, claims)];
  });
}

/** As `claimUnique`, for an object that one resource stands for: references to the resource are then compared by the name. */
export function claimResource(scope: IConstruct, property: string, resource: TerraformElement, name: ObjectName): void {
  rememberName(resource, name);
  claimUnique(scope, property, name);
}

/**
 * Reports that a construct looks up an object by a name that its own stack gives: Terraform would read it before it exists.
 *
 * A name that is a reference passes, since Terraform creates what it refers to first.
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

/** The claim of a name: the first one counts. */
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

/** The first claim of a construct on a name that another construct has: other clashes of the two follow from it. */
function firstClash(scope: IConstruct, claims: Claims): Claim | undefined {
  return claims.byScope.get(scope)?.find((claim) => ownerOf(keyOf(claim), claims)?.scope !== scope);
}

const refused = new WeakSet<IConstruct>();

/** Leaves out that the names of the parts of a construct are taken: it is reported as a whole. */
export function refuseWhole(scope: IConstruct): void {
  refused.add(scope);
}

/** Whether the construct is a part of one that is reported itself, and takes its name from it. */
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
