import { Construct, type IConstruct } from 'constructs';

/** A principal in Microsoft Entra ID that roles are granted to. */
export interface GrantPrincipal {
  /**
   * The object id of the principal, which role assignments need.
   *
   * For a service principal this is not the client id (also called application id).
   */
  readonly objectId: string;
  /** The kind of principal: "ServicePrincipal" (also managed identities), "User" or "Group". */
  readonly principalType: string;
}

/** Something that can be given a role. The role assignment becomes a child of it. */
export interface IGrantable extends IConstruct {
  /** The principal that gets the role. */
  readonly grantPrincipal: GrantPrincipal;
}

/** Whether something can be given a role. */
export function isGrantable<T extends IConstruct>(one: T | undefined): one is T & IGrantable {
  return one !== undefined && 'grantPrincipal' in one;
}

/** Something whose nodes pull images. */
export interface IImagePuller extends IConstruct {
  /** The identity that its nodes use to pull images. */
  readonly imagePuller: IGrantable;
}

/** An identity that Azure creates as part of a resource, such as the kubelet's of a cluster. */
export class PartIdentity extends Construct implements IGrantable {
  constructor(
    scope: Construct,
    id: string,
    private readonly findObjectId: () => string,
  ) {
    super(scope, id);
  }

  public get grantPrincipal(): GrantPrincipal {
    return { objectId: this.findObjectId(), principalType: 'ServicePrincipal' };
  }
}
