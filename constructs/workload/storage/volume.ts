import type { DeploymentV1SpecTemplateSpecVolume } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { checkArguments } from '../../core/declared';
import { type Violation, when } from '../../core/problems/violation';
import { check, checkGiven } from '../../core/rules/rule';
import { numberText } from '../../core/values/number-text';
import { claimProblems, type ClaimOptions } from './claim-options';
import type { IKeyVault } from '../../key-vault/i-key-vault';
import { type KeyVaultFile, keyVaultFileProblems, type KeyVaultFiles, secretsVolume } from './key-vault-file';
import { holdsFiles, type HostPathOptions, HostPathType } from './host-path';
import type { IPersistentVolumeClaim } from './i-persistent-volume-claim';
import { hostPath, sizeLimitMebibytes, volumeName } from './volume-rules';

/** The storage medium of an empty directory. */
export enum EmptyDirectoryMedium {
  /** On the disk of the node. */
  DISK = 'Disk',
  /** In memory, which counts as memory usage of the containers. Mounted at "/dev/shm", it is their shared memory. */
  MEMORY = 'Memory',
}

/** Options for `Volume.emptyDirectory`. */
export interface EmptyDirectoryOptions {
  /**
   * The storage medium.
   *
   * @default EmptyDirectoryMedium.DISK
   */
  readonly medium?: EmptyDirectoryMedium;
  /**
   * The size limit in MiB, at least 1. A pod that writes more to disk is evicted; in memory, writing fails.
   *
   * @default - only the limit of the node
   */
  readonly sizeLimitMebibytes?: number;
}

/** The parts of a volume. */
interface VolumeParts {
  /** Its source in the specification of a pod; undefined if that depends on the pod. */
  readonly source?: Omit<DeploymentV1SpecTemplateSpecVolume, 'name'>;
  readonly claim?: IPersistentVolumeClaim;
  readonly claimTemplate?: ClaimOptions;
  readonly keyVault?: KeyVaultFiles;
  /** Whether it has files of the node, which a pod could change. */
  readonly hasHostFiles?: boolean;
  /** Its size limit in MiB, if it is in memory and has one. */
  readonly memoryMebibytes?: number;
  readonly problems?: (prefix: string) => Violation[];
  readonly warnings?: (prefix: string) => Violation[];
}

/**
 * A folder that containers of a pod mount. Containers that mount the same object share the folder.
 *
 * Each volume has a name in its pods: 1 to 63 lower-case letters, digits and "-".
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
   * A folder that is empty when a pod starts, and is deleted with the pod.
   *
   * @param name The name of the volume in its pods
   */
  public static emptyDirectory(name: string, options: EmptyDirectoryOptions = {}): Volume {
    const { medium, sizeLimitMebibytes: limit } = options;
    const emptyDir = {
      // Kubernetes has no value for the disk
      medium: medium === EmptyDirectoryMedium.DISK ? undefined : medium,
      sizeLimit: limit === undefined ? undefined : `${numberText(limit)}Mi`,
    };
    return new Volume(name, {
      source: { emptyDir },
      memoryMebibytes: medium === EmptyDirectoryMedium.MEMORY ? limit : undefined,
      problems: (prefix) => check(sizeLimitMebibytes, `${prefix}sizeLimitMebibytes`, limit),
      warnings: (prefix) =>
        when(
          medium === EmptyDirectoryMedium.MEMORY && limit === undefined,
          'memory-directory-limited',
          () =>
            `'${prefix}medium' is EmptyDirectoryMedium.MEMORY without 'sizeLimitMebibytes': the directory can use all memory of its containers, or half of the memory of the node. Set a limit`,
        ),
    });
  }

  /**
   * A disk or a file share that outlives the pod. All pods of the workload use the same one.
   *
   * @param name The name of the volume in its pods
   * @param claim The claim of the disk or the share, created here or elsewhere
   */
  public static fromClaim(name: string, claim: IPersistentVolumeClaim): Volume {
    return new Volume(name, { source: { persistentVolumeClaim: { claimName: claim.claimName } }, claim });
  }

  /**
   * A disk or a file share for each pod, which is kept when the pod is replaced. It makes the workload a StatefulSet.
   *
   * The claims are named after the volume and the pod, such as "data-web-0". They keep their size and class: the
   * provider applies a new size without effect, and plans it again each time; a new class or access mode replaces the
   * StatefulSet, which then uses the existing claims unchanged.
   *
   * @see https://github.com/hashicorp/terraform-provider-kubernetes/issues/2049
   *
   * @param name The name of the volume in its pods
   */
  public static claimForEachPod(name: string, options: ClaimOptions): Volume {
    return new Volume(name, { claimTemplate: options, problems: (prefix) => claimProblems(prefix, options) });
  }

  /**
   * A file or a folder of the node on which a pod runs, such as the logs of its containers: for agents, which a
   * `DaemonSet` runs on every node. It is shared with other pods of the node, and different on each node. A namespace
   * with the Pod Security level "baseline" or "restricted" rejects it.
   *
   * @param name The name of the volume in its pods
   * @param path The path on the node
   */
  public static hostPath(name: string, path: string, options: HostPathOptions = {}): Volume {
    const { type = HostPathType.DIRECTORY } = options;
    return new Volume(name, {
      source: { hostPath: { path, type } },
      hasHostFiles: holdsFiles(options),
      problems: (prefix) => checkGiven(hostPath, `${prefix}path`, path),
    });
  }

  /**
   * Secrets of a Key Vault as read-only files. A new version of a secret replaces its file while the pod runs, after
   * the interval of `keyVaultSecretsProvider`, but not below a `subPath`. A change of the files or their names replaces
   * the pods.
   *
   * The cluster needs `keyVaultSecretsProvider`, and the pods need a `serviceAccount` that uses Azure, which gets the
   * role to read the vault. A pod waits until it can read all of them.
   *
   * @param name The name of the volume in its pods
   * @param keyVault The vault, such as `KeyVault.fromKeyVaultName(...)`
   * @param files The secrets, at least one, and the names of their files
   *
   * @see https://learn.microsoft.com/azure/aks/csi-secrets-store-driver
   */
  public static fromKeyVault(name: string, keyVault: IKeyVault, files: KeyVaultFile[]): Volume {
    return new Volume(name, {
      keyVault: { keyVault, files },
      problems: (prefix) => keyVaultFileProblems(prefix, files),
    });
  }

  private constructor(
    private readonly name: string,
    private readonly parts: VolumeParts,
  ) {}

  /** @internal */
  public get _name(): string {
    return this.name;
  }

  /** Its part of the specification of a pod. @internal */
  public _volumes(podName: string): DeploymentV1SpecTemplateSpecVolume[] {
    const { source, keyVault } = this.parts;
    const secrets = keyVault && { csi: secretsVolume(this._className(podName)) };
    const own = source ?? secrets;
    return own === undefined ? [] : [{ name: this.name, ...own }];
  }

  /** The Key Vault secrets that it contains. @internal */
  public get _keyVaultFiles(): KeyVaultFiles | undefined {
    return this.parts.keyVault;
  }

  /** The name of its SecretProviderClass in a pod. @internal */
  public _className(podName: string): string {
    return `${podName}-${this.name}`;
  }

  /** The claim that all pods share. @internal */
  public get _claim(): IPersistentVolumeClaim | undefined {
    return this.parts.claim;
  }

  /** The claim that is created for each pod. @internal */
  public get _claimTemplate(): ClaimOptions | undefined {
    return this.parts.claimTemplate;
  }

  /** Whether it has files of the node, which a pod could change. @internal */
  public get _hasHostFiles(): boolean {
    return this.parts.hasHostFiles === true;
  }

  /** Its size limit in MiB, if it is in memory and has one. @internal */
  public get _memoryMebibytes(): number | undefined {
    return this.parts.memoryMebibytes;
  }

  /** Whether it outlives the pod. @internal */
  public get _persists(): boolean {
    return this.parts.claim !== undefined || this.parts.claimTemplate !== undefined;
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    return [...checkGiven(volumeName, `${property}.name`, this.name), ...(this.parts.problems?.(`${property}.`) ?? [])];
  }

  /** @internal */
  public _warnings(property: string): Violation[] {
    return this.parts.warnings?.(`${property}.`) ?? [];
  }
}

checkArguments(Volume);
