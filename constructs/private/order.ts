import { Lazy, TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

/**
 * Makes Terraform create `resource` after what it needs.
 *
 * `prerequisites` is asked at synth, since a grant or a build may be declared after the workload that needs it. What
 * lives in another stack cannot stand in `depends_on`: there the whole stack comes first.
 */
export function createAfter(resource: TerraformResource, prerequisites: () => readonly IConstruct[]): void {
  const stack = TerraformStack.of(resource);
  resource.dependsOn = Lazy.listValue(
    {
      produce: () => {
        const [here, elsewhere] = partition(
          terraformResources(prerequisites()),
          (one) => TerraformStack.of(one) === stack,
        );
        for (const other of new Set(elsewhere.map((one) => TerraformStack.of(one)))) {
          if (!other.dependsOn(stack)) {
            stack.addDependency(other);
          }
        }
        // bare addresses: `fqn` would be written as "${...}" here, which terraform refuses
        return [...new Set(here.map((one) => `${one.terraformResourceType}.${one.friendlyUniqueId}`))];
      },
    },
    { omitEmpty: true },
  );
}

/**
 * Of things that each make ready one cluster (such as grants on a registry that several clusters pull from), those
 * that matter to `scope`: the ones of its own stack; only where that has none, the ones of other stacks.
 */
export function nearest(scope: IConstruct, candidates: IConstruct[]): IConstruct[] {
  const stack = TerraformStack.of(scope);
  const own = candidates.filter((one) => TerraformStack.of(one) === stack);
  return own.length > 0 ? own : candidates;
}

/** The Terraform resources that the constructs are made of. */
function terraformResources(constructs: readonly IConstruct[]): TerraformResource[] {
  return constructs.flatMap((one) =>
    one.node.findAll().filter((child): child is TerraformResource => TerraformResource.isTerraformResource(child)),
  );
}

function partition<T>(values: readonly T[], belongs: (value: T) => boolean): [T[], T[]] {
  return [values.filter(belongs), values.filter((value) => !belongs(value))];
}
