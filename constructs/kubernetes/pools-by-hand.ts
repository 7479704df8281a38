import { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';

const known = new WeakSet<IConstruct>();

/** Remembers the resource of a pool whose nodes the program knows. */
export function rememberPoolResource(resource: TerraformResource): void {
  known.add(resource);
}

/**
 * Whether the program creates pools with the resource itself: nothing is known about their nodes, on which pods may
 * run.
 *
 * It searches the whole program, so call it only when there is something to report.
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
