import { Token } from 'cdktf';
import {
  type CustomNetworkProps,
  type ISubnet,
  NetworkDataPlane,
  NetworkPlugin,
  NetworkPluginMode,
  NetworkPolicyEngine,
} from '../../constructs';
import type { SetEdges } from './set-edges';

const AZURE: CustomNetworkProps = { networkPlugin: NetworkPlugin.AZURE };
const OVERLAY: CustomNetworkProps = { ...AZURE, networkPluginMode: NetworkPluginMode.OVERLAY };
const KUBENET: CustomNetworkProps = { networkPlugin: NetworkPlugin.KUBENET };
const NONE: CustomNetworkProps = { networkPlugin: NetworkPlugin.NONE };

/** As far as the rules read it. */
const podSubnet = { node: { path: 'stack/network/pods' } } as ISubnet;

/** The edges of each rule of the table, by its id. */
export const EDGES: SetEdges<CustomNetworkProps> = {
  'network-plugin-known': {
    inside: [AZURE, OVERLAY],
    outside: [
      { networkPlugin: Token.asString({}) as NetworkPlugin },
      { ...AZURE, networkPluginMode: Token.asString({}) as NetworkPluginMode },
    ],
  },
  'network-plugin-mode': {
    inside: [AZURE, OVERLAY, KUBENET, NONE],
    outside: [
      { ...KUBENET, networkPluginMode: NetworkPluginMode.OVERLAY },
      { ...NONE, networkPluginMode: NetworkPluginMode.OVERLAY },
    ],
  },
  'network-data-plane': {
    inside: [
      KUBENET,
      { ...OVERLAY, networkDataPlane: NetworkDataPlane.CILIUM },
      { ...OVERLAY, networkDataPlane: NetworkDataPlane.CILIUM, networkPolicy: NetworkPolicyEngine.CILIUM },
      { ...AZURE, networkDataPlane: NetworkDataPlane.AZURE, networkPolicy: NetworkPolicyEngine.AZURE },
      { ...AZURE, networkDataPlane: NetworkDataPlane.AZURE, networkPolicy: NetworkPolicyEngine.CALICO },
    ],
    outside: [
      { ...KUBENET, networkDataPlane: NetworkDataPlane.AZURE },
      { ...NONE, networkDataPlane: NetworkDataPlane.CILIUM },
      { ...OVERLAY, networkDataPlane: NetworkDataPlane.AZURE, networkPolicy: NetworkPolicyEngine.CILIUM },
      { ...OVERLAY, networkDataPlane: NetworkDataPlane.CILIUM, networkPolicy: NetworkPolicyEngine.CALICO },
    ],
  },
  'network-policy-of-no-plugin': {
    inside: [
      NONE,
      { ...NONE, networkPolicy: NetworkPolicyEngine.NONE },
      { ...AZURE, networkPolicy: NetworkPolicyEngine.CALICO },
      { ...KUBENET, networkPolicy: NetworkPolicyEngine.CALICO },
    ],
    outside: [
      { ...NONE, networkPolicy: NetworkPolicyEngine.CALICO },
      { ...NONE, networkPolicy: NetworkPolicyEngine.CILIUM },
    ],
  },
  'pod-addresses-of-plugin': {
    inside: [
      AZURE,
      { ...AZURE, podSubnet },
      { ...OVERLAY, podCidr: '10.244.0.0/16' },
      { ...KUBENET, podCidr: '10.244.0.0/16' },
      { ...NONE, podCidr: '10.244.0.0/16' },
    ],
    outside: [
      { ...AZURE, podCidr: '10.244.0.0/16' },
      { ...OVERLAY, podSubnet },
      { ...KUBENET, podSubnet },
      { ...NONE, podSubnet },
    ],
  },
};
