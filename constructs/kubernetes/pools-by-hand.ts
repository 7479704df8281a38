import { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';

const known = new WeakSet<IConstruct>();

/** Remembers a resource that makes a pool whose nodes the program knows. */
export function rememberPoolResource(resource: TerraformResource): void {
  known.add(resource);
}

/**
 * Whether the program makes pools with the resource itself: nothing is known of their nodes, on which pods may be meant to run.
 *
 * Looks through the whole program, so it is to be asked only where there is something to report.
 */
export function hasPoolsByHand({ node }: IConstruct): boolean {
  return node.root.node
    .findAll()
    .some(
      (one) =>
        TerraformResource.isTerraformResource(one) &&
        one.terraformResourceType === 'azurerm_kubernetes_cluster_node_pool' &&
        !known.has(one),
    );
}
