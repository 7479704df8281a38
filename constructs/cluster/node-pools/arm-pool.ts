import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { runsPods } from './regular-pool';
import { isPlaced } from '../../kubernetes/known-clusters';
import { isText } from '../../core/values/known';
import { questionable, type Violation } from '../../core/problems/violation';

/** VM sizes with Arm processors: those with a "p" after the number of vCPUs. */
const ARM = /^Standard_[A-Z]+\d+(?:-\d+)?[a-z]*p[a-z]*(?:_|$)/i;

/** The architecture of the processors of a VM size, where the size is known. */
export function architectureOf(vmSize: string): string | undefined {
  if (!isText(vmSize)) {
    return undefined;
  }
  return ARM.test(vmSize) ? 'arm64' : 'amd64';
}

/**
 * The problem of Arm nodes that may run applications whose images are built for x86, as the registry builds them: they
 * would end with "exec format error".
 *
 * @param pool The pool or the cluster, in whose stack the images and the applications are
 * @see https://learn.microsoft.com/azure/aks/use-arm64-vms
 */
export function armPoolProblems(pool: IConstruct, property: string, vmSize: string | undefined): Violation[] {
  if (!isText(vmSize) || !ARM.test(vmSize)) {
    return [];
  }
  const all = TerraformStack.of(pool).node.findAll();
  const build = all.find((one) => TerraformResource.isTerraformResource(one) && isImageBuild(one));
  // pods that are placed on certain nodes are checked there
  const application = all.find((one) => runsPods(one) && !isPlaced(one));
  return build === undefined || application === undefined
    ? []
    : [
        questionable(
          'arm-pool-images',
          `'${property}' must be a size with x86 processors, since the registry builds images for x86, got ${vmSize} (Arm) ` +
            `beside ${build.node.path} and ${application.node.path}: choose another size, or keep applications off the nodes with a taint`,
        ),
      ];
}

function isImageBuild({ terraformResourceType }: TerraformResource): boolean {
  return terraformResourceType === 'azurerm_container_registry_task';
}
