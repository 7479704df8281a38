import { type IConstruct } from 'constructs';

/** A virtual network, created here or elsewhere. */
export interface IVirtualNetwork extends IConstruct {
  /** The Azure resource id of the network. */
  readonly virtualNetworkId: string;
  /** The name of the network. */
  readonly virtualNetworkName: string;
  /** The resource group of the network. */
  readonly resourceGroupName: string;
  /** Its ranges, such as "10.240.0.0/14". Literals are checked against other ranges, references are not. */
  readonly addressSpace: string[];
  /** The networks that it is peered with, as far as this program knows. */
  readonly peers: IVirtualNetwork[];
}
