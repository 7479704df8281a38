import { TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { type Violation, violation } from '../core/problems/violation';
import { reportProblems } from '../core/problems/report';

const checkedStacks = new WeakSet<TerraformStack>();

/**
 * Reports resources without a provider in a stack with several Kubernetes providers: Terraform would use the one
 * without an alias, and so maybe another cluster than intended.
 *
 * Each stack has this rule once, so that a large stack is searched only once.
 */
export function requireChosenProvider(scope: IConstruct): void {
  const stack = TerraformStack.of(scope);
  if (checkedStacks.has(stack)) {
    return;
  }
  checkedStacks.add(stack);
  reportProblems(stack, () => {
    const elements = stack.node.findAll().filter((one) => TerraformStack.of(one) === stack);
    return [...unchosenProviderProblems(elements), ...foreignProviderProblems(elements, stack)];
  });
}

/**
 * The problems of providers of another stack: Terraform would resolve their names in this stack, to another cluster.
 */
function foreignProviderProblems(elements: readonly IConstruct[], stack: TerraformStack): Violation[] {
  return elements.flatMap((one) =>
    TerraformResource.isTerraformResource(one) &&
    one.provider !== undefined &&
    TerraformStack.of(one.provider) !== stack
      ? [
          violation(
            'provider-of-its-stack',
            `'provider' of ${one.node.path} must be one of its own stack, got ${one.provider.node.path}`,
          ),
        ]
      : [],
  );
}

function unchosenProviderProblems(elements: readonly IConstruct[]): Violation[] {
  const providers = elements.filter(
    (one) => TerraformProvider.isTerraformProvider(one) && one.terraformResourceType === 'kubernetes',
  );
  if (providers.length < 2) {
    return [];
  }
  const undecided = elements.filter(
    (one) =>
      TerraformResource.isTerraformResource(one) &&
      one.terraformResourceType.startsWith('kubernetes_') &&
      one.provider === undefined,
  );
  return undecided.length === 0
    ? []
    : [
        violation(
          'provider-chosen',
          `the stack has ${providers.length} Kubernetes providers (${paths(providers)}), and these constructs do not specify one` +
            `: ${paths(undecided)}. Give each construct its 'provider'`,
        ),
      ];
}

function paths(constructs: readonly IConstruct[]): string {
  return constructs.map(({ node }) => node.path).join(', ');
}
