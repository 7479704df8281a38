import { Token } from 'cdktf';
import { isStandIn } from '../../core/declared';
import type { Violation } from '../../core/problems/violation';
import { checkSet, type SetRule } from '../../core/rules/set-rule';
import { isKnown } from '../../core/values/known';
import {
  type CustomNetworkProps,
  NetworkDataPlane,
  NetworkPlugin,
  NetworkPluginMode,
  NetworkPolicyEngine,
} from './network-profile-props';

const CLUSTER_DOCS =
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/website/docs/r/kubernetes_cluster.html.markdown';
const CLUSTER_VALIDATION =
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers/kubernetes_cluster_validate.go';

const pluginIsKnown: SetRule<CustomNetworkProps> = {
  id: 'network-plugin-known',
  rule: 'the plug-in and its mode must be known when the program runs, since they determine the other options',
  source: CLUSTER_DOCS,
  problems: ({ networkPlugin, networkPluginMode }) =>
    Object.entries({ networkPlugin, networkPluginMode })
      .filter(([, value]) => Token.isUnresolved(value) && !isStandIn(value))
      .map(
        ([name]) =>
          `'networkProfile.${name}' must be known when the program runs, got a token: give a value of ` +
          (name === 'networkPlugin' ? 'NetworkPlugin' : 'NetworkPluginMode'),
      ),
};

const modeOfAzureOnly: SetRule<CustomNetworkProps> = {
  id: 'network-plugin-mode',
  rule: 'only Azure CNI supports a mode',
  source: CLUSTER_DOCS,
  problems: ({ networkPlugin, networkPluginMode }) =>
    networkPluginMode === undefined || networkPlugin === NetworkPlugin.AZURE
      ? []
      : [
          `'networkProfile.networkPluginMode' must not be given with the plug-in "${networkPlugin}", got ` +
            `"${networkPluginMode}": leave it out, or use NetworkPlugin.AZURE`,
        ],
};

const dataPlaneOfAzureOnly: SetRule<CustomNetworkProps> = {
  id: 'network-data-plane',
  rule: 'only Azure CNI supports a data plane; the policy engine Cilium needs the Cilium data plane, the other engines need the Azure data plane',
  source: CLUSTER_DOCS,
  problems: ({ networkPlugin, networkDataPlane, networkPolicy = NetworkPolicyEngine.NONE }) => {
    if (networkDataPlane === undefined) {
      return [];
    }
    if (networkPlugin !== NetworkPlugin.AZURE) {
      return [
        `'networkProfile.networkDataPlane' must not be given with the plug-in "${networkPlugin}", got ` +
          `"${networkDataPlane}": leave it out, or use NetworkPlugin.AZURE`,
      ];
    }
    const isCilium = networkDataPlane === NetworkDataPlane.CILIUM;
    return networkPolicy === NetworkPolicyEngine.NONE || isCilium === (networkPolicy === NetworkPolicyEngine.CILIUM)
      ? []
      : [
          `'networkProfile.networkDataPlane' must be that of the policy engine "${networkPolicy}", got ` +
            `"${networkDataPlane}": leave it out`,
        ];
  },
};

const policyOfPlugin: SetRule<CustomNetworkProps> = {
  id: 'network-policy-of-no-plugin',
  rule: 'network policies need a network plug-in from Azure',
  source: 'https://learn.microsoft.com/azure/aks/use-network-policies#network-policy-options-in-aks',
  problems: ({ networkPlugin, networkPolicy = NetworkPolicyEngine.NONE }) =>
    networkPlugin !== NetworkPlugin.NONE || networkPolicy === NetworkPolicyEngine.NONE
      ? []
      : [
          `'networkProfile.networkPolicy' must be "none" with the plug-in "none", got "${networkPolicy}": leave it out, ` +
            'and enforce network policies with the plug-in that you install',
        ],
};

const podsOfPlugin: SetRule<CustomNetworkProps> = {
  id: 'pod-addresses-of-plugin',
  rule: 'pods must get their addresses from a subnet with Azure CNI without an overlay, and from the pod range with every other network',
  source: CLUSTER_VALIDATION,
  problems: ({ networkPlugin, networkPluginMode, podSubnet, podCidr }) => {
    const isOnSubnet = networkPlugin === NetworkPlugin.AZURE && networkPluginMode === undefined;
    if (isOnSubnet && isKnown(podCidr)) {
      return [
        `'networkProfile.podCidr' must not be given with Azure CNI without an overlay, whose pods have addresses of a subnet, got` +
          ` ${podCidr}: leave it out, or use NetworkPluginMode.OVERLAY`,
      ];
    }
    return isOnSubnet || podSubnet === undefined
      ? []
      : [
          `'networkProfile.podSubnet' must be given only with Azure CNI without an overlay, got the subnet ` +
            `'${podSubnet.node.path}' and ${plugInText(networkPlugin, networkPluginMode)}: leave it out`,
        ];
  },
};

/** The rules on the combination of options of a custom network. */
export const CUSTOM_NETWORK_RULES: readonly SetRule<CustomNetworkProps>[] = [
  pluginIsKnown,
  modeOfAzureOnly,
  dataPlaneOfAzureOnly,
  policyOfPlugin,
  podsOfPlugin,
];

export function customNetworkProblems(props: CustomNetworkProps): Violation[] {
  const { networkPlugin, networkPluginMode } = props;
  const isDecided = !Token.isUnresolved(networkPlugin) && !Token.isUnresolved(networkPluginMode);
  return checkSet(isDecided ? CUSTOM_NETWORK_RULES : [pluginIsKnown], props);
}

function plugInText(plugin: NetworkPlugin, mode: NetworkPluginMode | undefined): string {
  return mode === undefined ? `the plug-in "${plugin}"` : `the mode "${mode}"`;
}
