import type { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Fn, Token } from 'cdktf';
import { numberText } from '../../core/values/number-text';
import type { Exposure } from './exposure';

/** A Service, and the values from which its URL is derived. */
export interface AddressedService {
  readonly service: ServiceV1;
  readonly exposure: Exposure;
  readonly serviceDnsName: string;
  readonly servicePort: number;
}

/** The address of the load balancer of a Service, known after Terraform has run: empty until one is assigned. */
export function loadBalancerAddressOf(service: ServiceV1): string {
  const ingress = service.status.get(0).loadBalancer.get(0).ingress.get(0);
  return Token.asString(Fn.try([ingress.ip, ingress.hostname, '']));
}

/**
 * The URL of a Service: with the DNS name of its public address, or the address of its load balancer (empty until one
 * is assigned), or its name inside the cluster.
 */
export function serviceUrl({ service, exposure, serviceDnsName, servicePort }: AddressedService): string {
  const name = exposure.fullyQualifiedDomainName;
  if (name !== undefined) {
    return urlOf(name, servicePort);
  }
  if (exposure.serviceType !== 'LoadBalancer') {
    return urlOf(serviceDnsName, servicePort);
  }
  // an empty address is removed from the list, and so gives no URL
  const addresses = Fn.compact([loadBalancerAddressOf(service)]);
  return Fn.join('', Token.asList(Fn.formatlist(urlOf('%s', servicePort), [addresses])));
}

function urlOf(host: string, servicePort: number): string {
  const scheme = servicePort === 443 ? 'https' : 'http';
  return servicePort === 80 || servicePort === 443
    ? `${scheme}://${host}`
    : `${scheme}://${host}:${numberText(servicePort)}`;
}
