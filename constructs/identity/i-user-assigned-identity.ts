import type { IGrantable } from './grants';

/** An identity without a password that a cluster or a workload can use, created here or elsewhere. */
export interface IUserAssignedIdentity extends IGrantable {
  /** The Azure resource id of the identity. */
  readonly identityId: string;
  /** The client id, with which programs log in. */
  readonly clientId: string;
}
