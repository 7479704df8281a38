import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import { reportProblems } from '../../core/problems/report';
import { type Violation, violation } from '../../core/problems/violation';
import { networkedClusterOf } from '../../kubernetes/known-clusters';
import { ServiceIpFamilies, type ServiceOptions } from './service-options';

/** Reports a Service with IPv6 addresses on a cluster without any, if the program knows the network. */
export function requireIpFamilies(
  construct: IConstruct,
  { ipFamilies, provider }: ServiceOptions & { readonly provider?: TerraformProvider },
): void {
  if (ipFamilies !== undefined && ipFamilies !== ServiceIpFamilies.IPV4) {
    reportProblems(construct, () => familyProblems(construct, ipFamilies, provider));
  }
}

function familyProblems(
  construct: IConstruct,
  ipFamilies: ServiceIpFamilies,
  provider: TerraformProvider | undefined,
): Violation[] {
  const known = networkedClusterOf({ construct, provider });
  return known?.isDualStack !== false
    ? []
    : [
        violation(
          'service-ip-families',
          `'ipFamilies' must be IPv4 on ${known.cluster.node.path}, which has no IPv6 addresses, got ${ipFamilies}: give its network ` +
            "'dualStack', or leave it out",
        ),
      ];
}
