import type { IConstruct } from 'constructs';

/** Who gets a role: a principal in Microsoft Entra ID. */
export interface GrantPrincipal {
  /**
   * The object id of the principal, which role assignments need.
   *
   * For a service principal this is not the client id (also called application id).
   */
  readonly objectId: string;
  /** What kind of principal it is: "ServicePrincipal" (also managed identities), "User" or "Group". */
  readonly principalType: string;
}

/** Something that can be given a role. */
export interface IGrantable extends IConstruct {
  /** The principal that gets the role. */
  readonly grantPrincipal: GrantPrincipal;
}

/** Something whose nodes pull images. */
export interface IImagePuller extends IConstruct {
  /** The principal that its nodes pull with. */
  readonly imagePullPrincipal: GrantPrincipal;
}
