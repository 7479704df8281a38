import type { Construct } from 'constructs';
import { createAfter } from '../core/order/order';
import type { IUserAssignedIdentity } from '../identity/i-user-assigned-identity';
import { customResource } from '../kubernetes/custom-resource';
import type { ObjectContext } from './pod/object-context';
import { type EventScalingProps, renderEventScaling, triggerIdentities } from './scaling/event-scaling';
import { isStateful, type StatefulParts } from './stateful-set';
import { workloadNames } from './workload-names';

const API_VERSION = 'keda.sh/v1alpha1';

/**
 * Lets KEDA scale the pods of a construct, with a ScaledObject, and a TriggerAuthentication for each identity with
 * which it logs in.
 */
export function scaleByEvents(
  scope: Construct,
  props: StatefulParts,
  eventScaling: EventScalingProps,
  { provider }: ObjectContext,
): void {
  const { name, namespace = 'default' } = props;
  const identities = triggerIdentities(eventScaling);
  const authentication = (identity: IUserAssignedIdentity): string => `${name}-${identities.indexOf(identity) + 1}`;
  const logins = identities.map((identity, index) =>
    customResource(scope, `event-login-${index + 1}`, provider, {
      apiVersion: API_VERSION,
      kind: 'TriggerAuthentication',
      name: authentication(identity),
      namespace,
      spec: { podIdentity: { provider: 'azure-workload', identityId: identity.clientId } },
    }),
  );
  const kind = isStateful(props) ? 'StatefulSet' : 'Deployment';
  const scaler = customResource(scope, 'event-scaler', provider, {
    apiVersion: API_VERSION,
    kind: 'ScaledObject',
    name,
    namespace,
    spec: renderEventScaling(eventScaling, kind, workloadNames(props).deploymentName, authentication),
  });
  createAfter(scaler, () => [...logins, ...scope.node.children.filter(({ node }) => node.id === 'Resource')]);
}
