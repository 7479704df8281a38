import type { DeploymentV1SpecTemplateSpecVolume } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { checkArguments } from '../../core/declared';
import { type Violation, when } from '../../core/problems/violation';
import { check, checkGiven } from '../../core/rules/rule';
import { numberText } from '../../core/values/number-text';
import { holdsFiles, type HostPathOptions, HostPathType } from './host-path';
import { hostPath, sizeLimitMebibytes, volumeName } from './volume-rules';

/** Where an empty directory is kept. */
export enum EmptyDirectoryMedium {
  /** On the disk of the node. */
  DISK = 'Disk',
  /** In memory, which counts as memory that the containers use. Mounted at "/dev/shm", it is their shared memory. */
  MEMORY = 'Memory',
}

/** Options for `Volume.emptyDirectory`. */
export interface EmptyDirectoryOptions {
  /**
   * Where it is kept.
   *
   * @default EmptyDirectoryMedium.DISK
   */
  readonly medium?: EmptyDirectoryMedium;
  /**
   * The mebibytes that it may hold, at least 1. A pod that writes more to disk is evicted; in memory, writing fails.
   *
   * @default - no limit but that of the node
   */
  readonly sizeLimitMebibytes?: number;
}

/** What a volume is in the specification of a pod, apart from its name. */
type VolumeSource = Omit<DeploymentV1SpecTemplateSpecVolume, 'name'>;

/**
 * A folder that containers of a pod mount: the same object in several containers is one folder that they share.
 *
 * @example
 * new Workload(stack, 'web', {
 *   name: 'web',
 *   image: registry.image('web', 'v1'),
 *   containerPort: 8080,
 *   volumes: [{ mountPath: '/cache', volume: Volume.emptyDirectory('cache', { sizeLimitMebibytes: 256 }) }],
 * });
 */
export class Volume {
  /**
   * A folder that is empty when a pod starts, and gone with it.
   *
   * @param name The name of the volume in its pods: 1 to 63 lower-case letters, digits and "-"
   */
  public static emptyDirectory(name: string, options: EmptyDirectoryOptions = {}): Volume {
    const { medium, sizeLimitMebibytes: limit } = options;
    const emptyDir = {
      // the disk has no name in Kubernetes
      medium: medium === EmptyDirectoryMedium.DISK ? undefined : medium,
      sizeLimit: limit === undefined ? undefined : `${numberText(limit)}Mi`,
    };
    return new Volume(
      name,
      { emptyDir },
      check(sizeLimitMebibytes, 'sizeLimitMebibytes', limit),
      when(
        medium === EmptyDirectoryMedium.MEMORY && limit === undefined,
        'memory-directory-limited',
        () =>
          "'medium' is EmptyDirectoryMedium.MEMORY without 'sizeLimitMebibytes': the directory may take all the memory that " +
          'its containers may use, or half of that of the node. Give a limit',
      ),
    );
  }

  /**
   * A file or a folder of the node that a pod runs on, such as the logs of its containers: for agents, which a `DaemonSet` runs
   * on every node. Other pods of the node share it, and none finds it again on another node. A namespace with the Pod Security
   * level "baseline" or "restricted" refuses it.
   *
   * @param name The name of the volume in its pods: 1 to 63 lower-case letters, digits and "-"
   * @param path The path on the node
   */
  public static hostPath(name: string, path: string, options: HostPathOptions = {}): Volume {
    const { type = HostPathType.DIRECTORY } = options;
    const source = { hostPath: { path, type } };
    return new Volume(name, source, checkGiven(hostPath, 'path', path), [], holdsFiles(options));
  }

  private constructor(
    private readonly name: string,
    private readonly source: VolumeSource,
    private readonly problems: readonly Violation[],
    private readonly warnings: readonly Violation[],
    /** Whether it has files of the node, which a pod could change. @internal */
    public readonly _hasHostFiles = false,
  ) {}

  /** @internal */
  public get _name(): string {
    return this.name;
  }

  /** @internal */
  public get _volume(): DeploymentV1SpecTemplateSpecVolume {
    return { name: this.name, ...this.source };
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    return [...checkGiven(volumeName, `${property}.name`, this.name), ...below(property, this.problems)];
  }

  /** @internal */
  public _warnings(property: string): Violation[] {
    return below(property, this.warnings);
  }
}

checkArguments(Volume);

/** The violations of a part, with the property that the part is given to. */
function below(property: string, violations: readonly Violation[]): Violation[] {
  return violations.map((one) => ({ ...one, message: one.message.replace("'", `'${property}.`) }));
}
