import { type TerraformDataSource, type TerraformElement, TerraformStack, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { type ObjectName, rememberName } from './object-name';
import { canonicalName, canonicalText } from './canonical-text';
import { article } from './add-child';
import { show } from '../values/shown';
import { Violation, violation } from '../problems/violation';
import { reportProblems } from '../problems/report';

/** That a construct makes what is called so in Azure. */
interface Claim {
  readonly scope: IConstruct;
  readonly property: string;
  readonly name: ObjectName;
}

/** The claims of a stack, in the order that they were made, and who has each name, as far as that was looked up. */
interface Claims {
  readonly all: Claim[];
  readonly byScope: Map<IConstruct, Claim[]>;
  readonly owners: Map<string, Claim>;
  looked: number;
}

const claimsByStack = new WeakMap<TerraformStack, Claims>();

/**
 * Reports it when two constructs of a stack make what has one name in Azure: the second of them fails when it is applied.
 *
 * Not of an app: its stacks may be for different subscriptions, or never be deployed together.
 *
 * @param scope Who makes it
 * @param property The property that the name comes from
 * @param names What it is called; of several names that another one has, the first is reported
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

/** As `claimUnique`, for what a resource of its own makes: references to the resource are then known by its name. */
export function claimResource(scope: IConstruct, property: string, resource: TerraformElement, name: ObjectName): void {
  rememberName(resource, name);
  claimUnique(scope, property, name);
}

/**
 * Reports it when a construct looks up by name what its stack makes: it is read before it is there.
 *
 * A name that is a reference passes: what it refers to is made before.
 */
export function lookUp(scope: IConstruct, property: string, data: TerraformDataSource, name: ObjectName): void {
  rememberName(data, name);
  const claims = claimsOf(scope);
  reportProblems(scope, () => {
    const maker = Token.isUnresolved(name.name) ? undefined : ownerOf(name, scope, claims);
    return maker === undefined || maker.name.when !== undefined
      ? []
      : [
          violation(
            'lookup-of-own-resource',
            `'${property}' must be the name of ${article(name.kind)} ${name.kind} that is there before this stack is deployed, got ` +
              `${show(name.name)}, which ${maker.scope.node.path} makes: use that construct in place of this one`,
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

/** Who has a name: whoever claimed it first. */
function ownerOf(name: ObjectName, scope: IConstruct, claims: Claims): Claim | undefined {
  for (const claim of claims.all.slice(claims.looked)) {
    const key = canonicalName(claim.scope, claim.name);
    claims.owners.set(key, claims.owners.get(key) ?? claim);
  }
  claims.looked = claims.all.length;
  return claims.owners.get(canonicalName(scope, name));
}

/** The first name of a construct that another one has: what else they have in common follows from that. */
function firstClash(scope: IConstruct, claims: Claims): Claim | undefined {
  return claims.byScope.get(scope)?.find(({ name }) => ownerOf(name, scope, claims)?.scope !== scope);
}

/** Whether a construct is a part of one that is reported itself, which its name follows from. */
function isPartOfAnother({ node }: IConstruct, claims: Claims): boolean {
  return node.scopes.slice(0, -1).some((outer) => firstClash(outer, claims) !== undefined);
}

function problem({ scope, property, name }: Claim, claims: Claims): Violation {
  const owner = ownerOf(name, scope, claims);
  const [own, other] = [name, owner?.name].map((one) => readable(scope, one));
  const rest = own === other ? '' : `, as ${show(other)}, since case does not matter`;
  return violation(
    'unique-name',
    `'${property}' must be unique in ${name.within}, got ${show(own)}${whenOf(name)}, the name of the ${name.kind} of ` +
      `${owner?.scope.node.path}${whenOf(owner?.name)}${rest}: give one of them another name`,
  );
}

function readable(scope: IConstruct, name: ObjectName | undefined): string | undefined {
  return Token.isUnresolved(name?.name) ? canonicalText(scope, String(name?.name)) : name?.name;
}

function whenOf(name: ObjectName | undefined): string {
  return name?.when === undefined ? '' : ` ${name.when}`;
}
