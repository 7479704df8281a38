import { PodSecurity } from '../workload/pod/pod-security';

/** The user and group of Redis in its official image. */
const REDIS_USER = 999;

/** The rights that the images of the vote application need. */
export class VoteSecurity {
  /** For the image of the front, which starts as root and gives rights up: those that it needs for that. */
  public static front(): PodSecurity {
    return PodSecurity.custom({
      runAsNonRoot: false,
      // nginx and supervisor start as root, listen on port 80, hand a socket over and become another user
      addCapabilities: ['CHOWN', 'SETUID', 'SETGID', 'NET_BIND_SERVICE'],
    });
  }

  /** For the official Redis image: its own user, and nothing to write to but its data. */
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
