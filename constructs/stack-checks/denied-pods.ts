import type { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import type { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import type { TerraformResource } from 'cdktf';
import { questionable, type Violation } from '../core/problems/violation';
import { GATEWAY_NAME_LABEL, hasOwnPods } from '../kubernetes/gateway-classes';
import { objectMetadata } from '../kubernetes/object-metadata';
import { append, labelKey, type Labels, listed, ownerPath, type Place, placeOf, type Pods } from './pods-of-stack';

/** A network policy: the pods that it selects, and whether it denies all inbound traffic. */
interface Policy extends Place {
  readonly selector: Labels;
  readonly deniesCallers: boolean;
}

/** Pods with labels, and the resource that creates them. */
type LabelledPods = Pick<Pods, 'labels' | 'place' | 'resource'>;

/** The problems of pods without a network policy in a namespace that denies by default: nobody can call them. */
export function deniedProblems(pods: readonly Pods[], resources: readonly TerraformResource[]): Violation[] {
  const isDenied = findDenied(resources.flatMap(readPolicy));
  return [
    ...pods
      .filter(isDenied)
      .map(({ resource }) =>
        questionable(
          'denied-by-namespace',
          `'isolated' must be true for ${ownerPath(resource)}, whose namespace denies by default, got no network policy for its pods: they could neither send nor receive requests`,
        ),
      ),
    ...resources
      .flatMap(readGateway)
      .filter(isDenied)
      .map(({ resource }) =>
        questionable(
          'gateway-denied-by-namespace',
          `'namespace' of ${ownerPath(resource)} must not deny by default, got one that does, and no network policy for the ` +
            "gateway's pods, which its class runs there: they could neither receive nor forward requests. Give the gateway its own namespace",
        ),
      ),
  ];
}

/** Returns a function that checks whether the policies leave pods without any connection. */
function findDenied(policies: readonly Policy[]): (pods: LabelledPods) => boolean {
  const selectsAll = ({ selector }: Policy): boolean => Object.keys(selector).length === 0;
  const denied = new Set(policies.filter((one) => one.deniesCallers && selectsAll(one)).map(({ place }) => place));
  const byLabel = new Map<string, Policy[]>();
  for (const policy of policies) {
    for (const [label, value] of Object.entries(policy.selector).slice(0, 1)) {
      append(byLabel, labelKey(policy.place, label, value), policy);
    }
  }
  const hasPolicy = ({ place, labels }: LabelledPods): boolean =>
    Object.entries(labels)
      .flatMap(([label, value]) => byLabel.get(labelKey(place, label, value)) ?? [])
      .some(({ selector }) => Object.entries(selector).every(([label, value]) => labels[label] === value));
  return (pods) => denied.has(pods.place) && !hasPolicy(pods);
}

function readPolicy(resource: TerraformResource): Policy[] {
  if (!isNetworkPolicy(resource)) {
    return [];
  }
  const { podSelector, policyTypes = [], ingress } = resource.specInput ?? {};
  return [
    {
      resource,
      place: placeOf(resource, objectMetadata(resource).namespace),
      selector: podSelector?.matchLabels ?? {},
      deniesCallers: policyTypes.includes('Ingress') && listed(ingress).length === 0,
    },
  ];
}

/** The pods of a gateway whose class runs them in its namespace. */
function readGateway(resource: TerraformResource): LabelledPods[] {
  const { kind, spec } = ((resource as Partial<Manifest>).manifestInput ?? {}) as {
    readonly kind?: string;
    readonly spec?: { readonly gatewayClassName?: string };
  };
  const { name = '', namespace } = objectMetadata(resource);
  return kind === 'Gateway' && hasOwnPods(spec?.gatewayClassName)
    ? [{ resource, place: placeOf(resource, namespace), labels: { [GATEWAY_NAME_LABEL]: name } }]
    : [];
}

function isNetworkPolicy(resource: TerraformResource): resource is NetworkPolicyV1 {
  return resource.terraformResourceType === 'kubernetes_network_policy_v1';
}
