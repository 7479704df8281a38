import { PodSecurity } from '../workload/pod/pod-security';

/** The user and group of Redis in its official image. */
const REDIS_USER = 999;

/**
 * The rights that the images of the vote application need.
 *
 * @example
 * new Workload(stack, 'cache', {
 *   name: 'cache',
 *   image: ContainerImage.fromReference('redis:7.2'),
 *   containerPort: 6379,
 *   security: VoteSecurity.redis(),
 * });
 */
export class VoteSecurity {
  /** The rights of the front, whose image starts as root and drops privileges. */
  public static front(): PodSecurity {
    return PodSecurity.custom({
      runAsNonRoot: false,
      // nginx and supervisor start as root, listen on port 80, change the owner of a socket and switch to another user
      addCapabilities: ['CHOWN', 'SETUID', 'SETGID', 'NET_BIND_SERVICE'],
    });
  }

  /** The security settings for the official Redis image: its own user, which can write only to its data. */
  public static redis(): PodSecurity {
    return PodSecurity.custom({
      userId: REDIS_USER,
      groupId: REDIS_USER,
      fsGroupId: REDIS_USER,
      readOnlyRootFilesystem: true,
    });
  }

  private constructor() {}
}
