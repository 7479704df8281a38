import type {
  DeploymentV1SpecTemplateSpecContainerSecurityContext,
  DeploymentV1SpecTemplateSpecSecurityContext,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { checkArguments } from '../../core/declared';
import { type Violation, when } from '../../core/problems/violation';
import { check, checkEach, checkEachLiteral, integerRule, isUnknownList, type Rule } from '../../core/rules/rule';
import { isKnown, isText, itemsOf } from '../../core/values/known';
import { numberText } from '../../core/values/number-text';
import { filePath } from './pod-rules';

/** Options for containers that run with restricted rights. */
export interface RestrictedOptions {
  /**
   * The user id with which the container runs, 1 to 2147483647.
   *
   * @default - the user of the image, which must be given as a number and must not be root
   */
  readonly userId?: number;
  /**
   * The only folders to which the container can write, as absolute paths, known when the program runs. They are empty
   * when a pod starts.
   *
   * @default - all folders to which its user can write
   */
  readonly writableFolders?: string[];
}

/** Options for containers whose image needs other rights. The defaults are those of the restricted standard. */
export interface CustomSecurityOptions {
  /**
   * The user id with which the container runs, 0 to 2147483647. 0 is root, which needs `runAsNonRoot: false`.
   *
   * @default - the user of the image
   */
  readonly userId?: number;
  /**
   * The group id with which the container runs, 0 to 2147483647.
   *
   * @default - the group of the image
   */
  readonly groupId?: number;
  /**
   * The group id that owns the volumes of the pod, 0 to 2147483647.
   *
   * @default - none; for volumes that outlive the pod, `userId` or 1000, unless the container runs as root
   */
  readonly fsGroupId?: number;
  /**
   * Whether the container must not run as root.
   *
   * @default true
   */
  readonly runAsNonRoot?: boolean;
  /**
   * Whether a process may gain more rights than its parent has.
   *
   * @default false
   */
  readonly allowPrivilegeEscalation?: boolean;
  /**
   * The Linux capabilities that the container has, in capital letters and without "CAP_", such as "NET_BIND_SERVICE".
   *
   * @default - none
   */
  readonly addCapabilities?: string[];
  /**
   * Whether the file system of the image is read-only.
   *
   * @default - true if `writableFolders` is given, otherwise false
   */
  readonly readOnlyRootFilesystem?: boolean;
  /**
   * Additional folders to which the container can write, as absolute paths, known when the program runs. They are empty
   * when a pod starts.
   *
   * @default - none
   */
  readonly writableFolders?: string[];
}

const STANDARDS = 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted';

/** The id of a user other than root, as the "restricted" standard of Kubernetes requires. */
export const userId = integerRule('user-id', 1, 2 ** 31 - 1, STANDARDS, 1000);

/** The id of a user or a group, including root. */
export const anyId = integerRule(
  'user-or-group-id',
  0,
  2 ** 31 - 1,
  'https://github.com/kubernetes/kubernetes/blob/v1.34.0/staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go',
  1000,
);

export const capability: Rule<string> = {
  id: 'capability',
  must: "must be the name of a Linux capability: capital letters and '_', without 'CAP_'",
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container',
  example: 'NET_BIND_SERVICE',
  holds: (value) => /^(?!CAP_)[A-Z]+(_[A-Z0-9]+)*$/.test(value) && value !== 'ALL',
};

/** The first port on which users other than root may listen, unless the pod lowers it. */
const FIRST_OPEN_PORT = 1024;

/** The default group that owns volumes, which containers get in addition to their own. */
const VOLUME_GROUP = 1000;

/** The reason and the remedy for folders that only Terraform knows. */
const ONE_MOUNT_EACH = 'each folder is mounted separately. Use a list of literal paths';

/**
 * The rights of the containers of a pod. System calls are always restricted to those that the container runtime allows
 * by default.
 *
 * @example
 * new Workload(stack, 'web', {
 *   name: 'web',
 *   image: registry.image('web', 'v1'),
 *   containerPort: 8080,
 *   security: PodSecurity.restricted({ userId: 1000 }),
 * });
 */
export class PodSecurity {
  /**
   * For your own images: the "restricted" standard of Kubernetes. The container does not run as root, cannot gain
   * privileges and has no capabilities; it may still listen on ports below 1024.
   *
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
   */
  public static restricted(options: RestrictedOptions = {}): PodSecurity {
    return new PodSecurity(options, check(userId, 'userId', options.userId));
  }

  /** For images that need a specific user, group or capabilities. */
  public static custom(options: CustomSecurityOptions = {}): PodSecurity {
    return new PodSecurity(options, customProblems(options));
  }

  /** For images that need more than the others allow: the rights that the image and the cluster specify. */
  public static asImage(): PodSecurity {
    return new PodSecurity(undefined, []);
  }

  private constructor(
    private readonly options: CustomSecurityOptions | undefined,
    private readonly problems: readonly Violation[],
  ) {}

  /** @internal */
  public get _writableFolders(): readonly string[] {
    return itemsOf(this.options?.writableFolders).filter(isText);
  }

  /** Whether an image that starts as root cannot start. @internal */
  public get _refusesRootImages(): boolean {
    return this.isNonRoot && this.options?.userId === undefined;
  }

  /** @internal */
  public get _container(): DeploymentV1SpecTemplateSpecContainerSecurityContext | undefined {
    if (this.options === undefined) {
      return undefined;
    }
    const { userId, groupId, addCapabilities, allowPrivilegeEscalation = false } = this.options;
    return {
      allowPrivilegeEscalation,
      capabilities: { drop: ['ALL'], ...(addCapabilities === undefined ? {} : { add: addCapabilities }) },
      runAsNonRoot: this.isNonRoot ? true : undefined,
      runAsUser: idText(userId),
      runAsGroup: idText(groupId),
      readOnlyRootFilesystem: this.isReadOnly ? true : undefined,
    };
  }

  /** Whether a container needs a permission of the pod to listen on a port, which otherwise only root has. @internal */
  public _needsPermissionFor(port: number): boolean {
    return this.cannotBeRoot && isKnown(port) && port < FIRST_OPEN_PORT;
  }

  /**
   * @param lowPorts Whether containers may listen on ports below 1024 without being root
   * @param persists Whether the pod has volumes that outlive it: a disk belongs to root, so other users could not write
   *   to it
   * @internal
   */
  public _pod(lowPorts: boolean, persists: boolean): DeploymentV1SpecTemplateSpecSecurityContext {
    const { fsGroupId, userId = VOLUME_GROUP } = this.options ?? {};
    const needsGroup = persists && this.cannotBeRoot && fsGroupId === undefined;
    return {
      seccompProfile: { type: 'RuntimeDefault' },
      fsGroup: idText(needsGroup ? userId : fsGroupId),
      fsGroupChangePolicy: needsGroup ? 'OnRootMismatch' : undefined,
      sysctl: lowPorts ? [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] : undefined,
    };
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    const folders = this.options?.writableFolders;
    return [
      ...this.problems.map((one) => ({ ...one, message: one.message.replace("'", `'${property}.`) })),
      ...when(
        isUnknownList(folders),
        'writable-folders-known',
        () => `'${property}.writableFolders' must be known when the program runs: ${ONE_MOUNT_EACH}`,
      ),
      ...checkEachLiteral(filePath, `${property}.writableFolders`, folders),
    ];
  }

  private get isNonRoot(): boolean {
    return this.options !== undefined && this.options.runAsNonRoot !== false;
  }

  /** Whether the container runs as a user other than root, explicitly or because it must. */
  private get cannotBeRoot(): boolean {
    const { userId = 0 } = this.options ?? {};
    return this.isNonRoot || (isKnown(userId) && userId !== 0);
  }

  private get isReadOnly(): boolean {
    return this.options?.readOnlyRootFilesystem ?? this.options?.writableFolders !== undefined;
  }
}

checkArguments(PodSecurity);

function idText(id: number | undefined): string | undefined {
  return id === undefined ? undefined : numberText(id);
}

function customProblems(options: CustomSecurityOptions): Violation[] {
  const { userId, runAsNonRoot = true, addCapabilities, allowPrivilegeEscalation = false } = options;
  return [
    ...check(anyId, 'userId', userId),
    ...check(anyId, 'groupId', options.groupId),
    ...check(anyId, 'fsGroupId', options.fsGroupId),
    ...checkEach(capability, 'addCapabilities', addCapabilities),
    ...when(
      userId === 0 && runAsNonRoot,
      'root-or-non-root',
      () => "'userId' must not be 0, which is root, with 'runAsNonRoot': use another user, or set runAsNonRoot: false",
    ),
    // the API server rejects the two together
    ...when(
      itemsOf(addCapabilities).includes('SYS_ADMIN') && !allowPrivilegeEscalation,
      'sys-admin-escalates',
      () =>
        "'allowPrivilegeEscalation' must be true with the capability SYS_ADMIN, which implies it, got false: leave the " +
        'capability out',
    ),
  ];
}
