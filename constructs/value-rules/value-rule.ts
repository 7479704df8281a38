import { clusterName, registryName, resourceGroupName } from '../azure/resource-name-rules';
import { location } from '../azure/location-rules';
import { dnsPrefix } from '../cluster/cluster-rules';
import { systemNodeCount } from '../cluster/node-pools/node-pool-rules';
import { systemVmSize } from '../cluster/node-pools/vm-size';
import { checkGiven, type Rule } from '../core/rules/rule';
import { displayName, uuid } from '../identity/identity-rules';
import { namePrefix, replicas } from '../kubernetes/kubernetes-rules';
import { gitCommit, gitFolder, gitRepository } from '../registry/git-rules';
import { imageReference, imageRepository, imageTag } from '../workload/pod/image-rules';

/**
 * A rule about one value, for programs that read values from a file or from the environment, and report the source of
 * an invalid value. Constructs check their properties themselves, by the same rules.
 *
 * @example
 * const problems = ValueRule.REGISTRY_NAME.check('REGISTRY_NAME', process.env.REGISTRY_NAME);
 */
export class ValueRule {
  /** The name of a cluster. */
  public static readonly CLUSTER_NAME = new ValueRule(clusterName);
  /** The display name of an application or a service principal in Microsoft Entra ID. */
  public static readonly DISPLAY_NAME = new ValueRule(displayName);
  /** The prefix of the DNS name of an API server. */
  public static readonly DNS_PREFIX = new ValueRule(dnsPrefix);
  /** A commit of a Git repository. */
  public static readonly GIT_COMMIT = new ValueRule(gitCommit);
  /** A folder inside a Git repository. */
  public static readonly GIT_FOLDER = new ValueRule(gitFolder);
  /** The address of a Git repository. */
  public static readonly GIT_REPOSITORY = new ValueRule(gitRepository);
  /** A reference to an image, with its registry, path and tag or digest. */
  public static readonly IMAGE_REFERENCE = new ValueRule(imageReference);
  /** The path of an image in its registry. */
  public static readonly IMAGE_REPOSITORY = new ValueRule(imageRepository);
  /** The tag of an image. */
  public static readonly IMAGE_TAG = new ValueRule(imageTag);
  /** The name of an Azure region. */
  public static readonly LOCATION = new ValueRule(location);
  /** The prefix of the names of the objects of a `VoteApp`. */
  public static readonly NAME_PREFIX = new ValueRule(namePrefix);
  /** The name of a container registry. */
  public static readonly REGISTRY_NAME = new ValueRule(registryName);
  /** The number of pods of a workload. */
  public static readonly REPLICAS = new ValueRule(replicas);
  /** The name of a resource group. */
  public static readonly RESOURCE_GROUP_NAME = new ValueRule(resourceGroupName);
  /** The number of nodes of a system pool. */
  public static readonly SYSTEM_NODE_COUNT = new ValueRule(systemNodeCount);
  /** The VM size of the nodes of a system pool. */
  public static readonly SYSTEM_VM_SIZE = new ValueRule(systemVmSize);
  /** A UUID, such as the id of a subscription, a tenant or a principal. */
  public static readonly UUID = new ValueRule(uuid);

  private constructor(private readonly rule: Rule<string> | Rule<number>) {}

  /** The id of the rule, such as "registry-name": stable, and listed in the docs. */
  public get id(): string {
    return this.rule.id;
  }

  /** A value that the rule allows. */
  public get example(): unknown {
    return this.rule.example;
  }

  /**
   * The message about a value that breaks the rule, or none. A token passes: only Terraform knows its value.
   *
   * @param property The name of the value, as its author knows it
   * @param value The value; undefined is one that is missing
   */
  public check(property: string, value: unknown): string[] {
    return checkGiven(this.rule as Rule<unknown>, property, value).map(({ message }) => message);
  }
}
