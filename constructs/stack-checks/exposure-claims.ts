import type { TerraformResource } from 'cdktf';
import { type Violation, violation } from '../core/problems/violation';
import { isKnown } from '../core/values/known';
import { show } from '../core/values/shown';
import { append } from './pods-of-stack';
import type { Service } from './services-of-stack';

/**
 * The problems of values that only one Service can use: a node port, a name in Azure's domain, a port of an address.
 */
export function claimProblems(services: readonly Service[]): Violation[] {
  const claims = new Map<string, { readonly what: string; readonly resource: TerraformResource }[]>();
  for (const service of services) {
    for (const [key, what] of claimsOf(service)) {
      append(claims, key, { what, resource: service.resource });
    }
  }
  return [...claims.values()]
    .filter((claimants) => claimants.length > 1)
    .map((claimants) =>
      violation(
        'exposure-claimed-once',
        `${claimants[0].what} can be used by only one Service, got it for ` +
          `${claimants.map(({ resource }) => resource.node.path).join(' and ')}: give each its own`,
      ),
    );
}

const AZURE = 'service.beta.kubernetes.io/azure-';

/** The claims of a Service: a key for each, and its text in messages. */
function claimsOf({ resource, annotations, ports }: Service): [string, string][] {
  const cluster = resource.provider?.fqn ?? '';
  const label = annotations[`${AZURE}dns-label-name`];
  const address = annotations[`${AZURE}pip-name`] ?? annotations[`${AZURE}load-balancer-ipv4`];
  const addressName = annotations[`${AZURE}pip-name`] === undefined ? 'exposure.ipAddress' : 'exposure.publicIp';
  return [
    ...ports
      .filter(({ nodePort }) => isKnown(nodePort))
      .map(({ nodePort, protocol = 'TCP' }): [string, string] => [
        JSON.stringify([cluster, 'node port', protocol, nodePort]),
        `'exposure.nodePort' ${nodePort}`,
      ]),
    ...(isKnown(label)
      ? [[JSON.stringify([cluster, 'label', label]), `'exposure.dnsName.label' ${show(label)}`] as [string, string]]
      : []),
    ...(isKnown(address)
      ? ports.map(({ port, protocol = 'TCP' }): [string, string] => [
          JSON.stringify([cluster, 'address', address, protocol, port]),
          `port ${port} of '${addressName}' ${show(address)}`,
        ])
      : []),
  ];
}
