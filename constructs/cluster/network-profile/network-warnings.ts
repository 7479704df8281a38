import { type Violation, violation } from '../../core/problems/violation';
import type { NetworkModel } from './network-plan';
import { NetworkDataPlane, NetworkPolicyEngine } from './network-profile-props';

/** Networks that work, but are seldom intended. */
const WARNINGS: readonly {
  readonly applies: (model: NetworkModel, policy: NetworkPolicyEngine, dataPlane: NetworkDataPlane) => boolean;
  readonly rule: string;
  readonly warning: string;
}[] = [
  {
    applies: (model, policy) => model === 'kubenet' && policy === NetworkPolicyEngine.CALICO,
    rule: 'kubenet-retires',
    warning:
      'kubenet retires on 31 March 2028 (https://github.com/Azure/AKS/issues/4859): use NetworkProfile.overlay() for new clusters',
  },
  {
    applies: (model, policy) => model === 'kubenet' && policy !== NetworkPolicyEngine.CALICO,
    rule: 'kubenet-retires',
    warning:
      'kubenet retires on 31 March 2028 (https://github.com/Azure/AKS/issues/4859) and does not enforce network ' +
      'policies: use NetworkProfile.overlay() for new clusters',
  },
  {
    applies: (_, policy) => policy === NetworkPolicyEngine.AZURE,
    rule: 'azure-network-policy-retires',
    warning:
      `'networkProfile.networkPolicy' "azure" retires on 30 September 2028, and for Windows nodes on 30 September 2026 ` +
      '(https://learn.microsoft.com/azure/aks/use-network-policies): use Cilium or Calico for new clusters',
  },
  {
    applies: (model, _, dataPlane) => model === 'node subnet' && dataPlane === NetworkDataPlane.CILIUM,
    rule: 'cilium-on-node-subnet',
    warning:
      `'networkProfile' with Cilium on the node subnet is newer than version 4.55 of the provider, whose documentation requires an overlay or a pod subnet: if a plan rejects it, use` +
      ' NetworkProfile.podSubnet(...)',
  },
];

/** The warnings of a network. */
export function networkWarnings(
  model: NetworkModel,
  policy: NetworkPolicyEngine,
  dataPlane: NetworkDataPlane,
): Violation[] {
  return WARNINGS.filter(({ applies }) => applies(model, policy, dataPlane)).map(({ rule, warning }) =>
    violation(rule, warning),
  );
}
