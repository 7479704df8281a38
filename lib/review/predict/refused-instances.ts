import type { Trap } from '../model';
import type { Resource, Stack } from '../read/program';
import { INSTANCES } from './instance-losses';
import { trapAt } from './trap-at';

/** The resources whose `count` or `for_each` is null after the change, and was not before: no plan is made. */
export function refusedInstances(base: Stack, head: Stack): Trap[] {
  return [...head.resources.values()].flatMap((resource) =>
    INSTANCES.filter((name) => isNull(resource, name) && !isNull(base.resources.get(resource.address), name)).map(
      (attribute) =>
        trapAt(resource, {
          attribute,
          text: `${attribute} is null, which does not mean that it is not set: Terraform rejects the plan`,
          remedies: [{ text: attribute === 'count' ? 'set a number' : 'set a map or a set, which may be empty' }],
          source: `https://developer.hashicorp.com/terraform/language/meta-arguments/${attribute}`,
        }),
    ),
  );
}

/** Whether the expression of an argument has the value null; a null that is written is not read as an argument. */
function isNull(resource: Resource | undefined, name: string): boolean {
  return resource?.meta[name] === null;
}
