import type {
  DeploymentV1SpecTemplateSpecContainerSecurityContext,
  DeploymentV1SpecTemplateSpecSecurityContext,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { Token } from 'cdktf';
import { checkArguments } from '../../core/declared';
import { filePath } from './pod-rules';
import { numberText } from '../../core/values/number-text';
import { check, checkLiteral, integerRule } from '../../core/rules/rule';
import { isKnown, isText, itemsOf } from '../../core/values/known';
import { type Violation, violation } from '../../core/problems/violation';

/** What can be told to a container that runs with restricted rights. */
export interface RestrictedOptions {
  /**
   * As which user the container runs, 1 to 2147483647.
   *
   * @default - the user of the image, which must be named by its number and not be root
   */
  readonly userId?: number;
  /**
   * The only folders that the container may write to, as absolute paths, known when the program runs; they are empty when a pod starts.
   *
   * @default - it may write wherever its user may
   */
  readonly writableFolders?: string[];
}

/** The user and group of Redis in its official image. */
const REDIS_USER = 999;

/** Not root, as Kubernetes' "restricted" standard wants it. */
export const userId = integerRule(
  'user-id',
  1,
  2 ** 31 - 1,
  'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  1000,
);

/** The ports that only root may listen on, where the pod does not say otherwise. */
const FIRST_OPEN_PORT = 1024;

/** Why folders cannot come from Terraform. */
const ONE_MOUNT_EACH = 'each folder is a mount of its own. Give a list of literal paths';

/** What the containers of a pod may do. The system calls are always those that the container runtime allows by default. */
export class PodSecurity {
  /**
   * For images of your own: the "restricted" standard of Kubernetes. The container does not run as root, gains no
   * rights and has no capabilities; it may still listen on ports below 1024.
   *
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
   */
  public static restricted(options: RestrictedOptions = {}): PodSecurity {
    return new PodSecurity('restricted', options);
  }

  /** For the image of the vote application, which starts as root and gives rights up: those that it needs for that. */
  public static azureVote(): PodSecurity {
    return new PodSecurity('azureVote', {});
  }

  /** For the official Redis image: its own user, and nothing to write to but its data. */
  public static redis(): PodSecurity {
    return new PodSecurity('redis', { userId: REDIS_USER });
  }

  /** The way out, for images that need more than the others allow: whatever the image and the cluster say. */
  public static asImage(): PodSecurity {
    return new PodSecurity('asImage', {});
  }

  private constructor(
    private readonly preset: string,
    private readonly options: RestrictedOptions,
  ) {}

  /** @internal */
  public get _writableFolders(): readonly string[] {
    return itemsOf(this.options.writableFolders).filter(isText);
  }

  /** Whether an image that starts as root cannot start. @internal */
  public get _refusesRootImages(): boolean {
    return this.preset === 'restricted' && this.options.userId === undefined;
  }

  /** @internal */
  public get _container(): DeploymentV1SpecTemplateSpecContainerSecurityContext | undefined {
    switch (this.preset) {
      case 'asImage':
        return undefined;
      case 'azureVote':
        return {
          allowPrivilegeEscalation: false,
          // nginx and supervisor start as root, listen on port 80, hand a socket over and become another user
          capabilities: { drop: ['ALL'], add: ['CHOWN', 'SETUID', 'SETGID', 'NET_BIND_SERVICE'] },
        };
      default:
        return {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          runAsNonRoot: true,
          runAsUser: this.options.userId === undefined ? undefined : numberText(this.options.userId),
          runAsGroup: this.preset === 'redis' ? String(REDIS_USER) : undefined,
          readOnlyRootFilesystem:
            this.preset === 'redis' || this.options.writableFolders !== undefined ? true : undefined,
        };
    }
  }

  /** @internal */
  public _pod(containerPort: number): DeploymentV1SpecTemplateSpecSecurityContext {
    const mayListen = this.preset === 'restricted' && isKnown(containerPort) && containerPort < FIRST_OPEN_PORT;
    return {
      seccompProfile: { type: 'RuntimeDefault' },
      fsGroup: this.preset === 'redis' ? String(REDIS_USER) : undefined,
      sysctl: mayListen ? [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] : undefined,
    };
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    return [
      ...check(userId, `${property}.userId`, this.options.userId),
      ...(Token.isUnresolved(this.options.writableFolders)
        ? [
            violation(
              'writable-folders-known',
              `'${property}.writableFolders' must be known when the program runs: ${ONE_MOUNT_EACH}`,
            ),
          ]
        : []),
      ...itemsOf(this.options.writableFolders).flatMap((folder) =>
        checkLiteral(filePath, `${property}.writableFolders`, folder),
      ),
    ];
  }
}

checkArguments(PodSecurity);
