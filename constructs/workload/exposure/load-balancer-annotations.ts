import type { ServiceV1SpecPort } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Fn, Token } from 'cdktf';
import {
  ExternalTrafficPolicy,
  type HealthProbeOptions,
  type InternalLoadBalancerOptions,
  type LoadBalancerOptions,
  type PublicDnsName,
  type PublicLoadBalancerOptions,
} from './load-balancer';
import * as rules from './exposure-rules';
import { resourceGroupName } from '../../azure/resource-name-rules';
import { isReserved } from '../../azure/subnet-addresses';
import { isIpRange, networkAddress, rangeHolds } from '../../core/addresses/address-space';
import { sourceRange } from './exposure-rules';
import { literalText } from '../../core/values/literal-text';
import { location } from '../../azure/location-rules';
import { numberText } from '../../core/values/number-text';
import { emptyProblems, everywhereProblems } from '../../core/rules/restriction';
import { check, checkEach, checkGiven } from '../../core/rules/rule';
import { show } from '../../core/values/shown';
import { isKnown, isText, itemsOf } from '../../core/values/known';
import { type Violation, violation, when } from '../../core/problems/violation';

/** Azure's annotations of a Service. */
export interface AzureSettings {
  readonly [name: string]: string;
}

/** The remedy if all callers are allowed. */
const EVERYBODY = 'leave it out if everyone may call';

/** The remedy if the ranges are not known when the program runs. */
const UNKNOWN_RANGES = 'leave it out if they are unknown';

const PREFIX = 'service.beta.kubernetes.io/azure-';

const PORT_PREFIX = 'service.beta.kubernetes.io/port_';

/** The settings as annotations of a Service, without those that are not set. */
export function annotations(settings: { readonly [name: string]: string | undefined }): AzureSettings {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [[`${PREFIX}${name}`, value]])),
  );
}

/** The ranges of addresses in canonical form; tokens and invalid ranges are unchanged. */
export function normalRanges(ranges: string[] | undefined): string[] | undefined {
  return ranges === undefined || Token.isUnresolved(ranges)
    ? ranges
    : itemsOf(ranges).map((range) => (isReadable(range) ? networkAddress(range) : range));
}

export function commonAnnotations(options: LoadBalancerOptions): AzureSettings {
  const { healthProbe, idleTimeoutMinutes, floatingIp, serviceTags } = options;
  return annotations({
    'allowed-service-tags': serviceTags === undefined ? undefined : joined(serviceTags),
    // a path without a protocol is ignored, and a protocol without a path probes "/"
    'load-balancer-health-probe-protocol': healthProbe === undefined ? undefined : 'http',
    'load-balancer-health-probe-request-path': healthProbe && literalText(healthProbe.path),
    'load-balancer-health-probe-interval': text(healthProbe?.intervalSeconds),
    'load-balancer-health-probe-num-of-probe': text(healthProbe?.numberOfProbes),
    'load-balancer-tcp-idle-timeout': text(idleTimeoutMinutes),
    'disable-load-balancer-floating-ip': floatingIp === false ? 'true' : undefined,
  });
}

/**
 * The annotations that specify how Azure probes each port, where its default would be wrong. It prefers `appProtocol`
 * over the protocol of the probe, and then probes "/" over HTTP; and the path of the health probe applies only to
 * `servicePort`.
 *
 * @see https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/#custom-load-balancer-health-probe
 */
export function portProbeAnnotations(
  { healthProbe, externalTrafficPolicy }: LoadBalancerOptions,
  ports: readonly ServiceV1SpecPort[],
): AzureSettings {
  // with the policy "Local", Azure uses the health check of Kubernetes for all ports
  const probed = externalTrafficPolicy === ExternalTrafficPolicy.LOCAL ? [] : ports;
  return Object.fromEntries(
    probed.flatMap(({ port, protocol = 'TCP', appProtocol }, index) => {
      const isGuessed = appProtocol !== undefined || (index > 0 && healthProbe !== undefined);
      return isGuessed && protocol === 'TCP' && isKnown(port)
        ? [[`${PORT_PREFIX}${port}_health-probe_protocol`, index === 0 && healthProbe !== undefined ? 'http' : 'tcp']]
        : [];
    }),
  ) as AzureSettings;
}

/** The annotation for the ranges that may call, for a Service that is created by others. */
export function rangeAnnotations({ sourceRanges }: LoadBalancerOptions): AzureSettings {
  return annotations({ 'allowed-ip-ranges': sourceRanges && joined(normalRanges(sourceRanges) ?? []) });
}

export function publicAnnotations({ dnsName, publicIp }: PublicLoadBalancerOptions): AzureSettings {
  return annotations({
    'dns-label-name': dnsName?.label,
    'pip-name': publicIp?.name,
    'load-balancer-resource-group': publicIp?.resourceGroupName,
  });
}

export function internalAnnotations({ subnet, ipAddress }: InternalLoadBalancerOptions): AzureSettings {
  return annotations({
    'load-balancer-internal': 'true',
    'load-balancer-internal-subnet': subnet?.name,
    'load-balancer-ipv4': ipAddress,
  });
}

export function commonProblems(options: LoadBalancerOptions): Violation[] {
  const { healthProbe, idleTimeoutMinutes, externalTrafficPolicy } = options;
  const [sourceRanges, serviceTags] = [itemsOf(options.sourceRanges), itemsOf(options.serviceTags)];
  return [
    ...checkEach(sourceRange, 'exposure.sourceRanges', options.sourceRanges),
    ...checkEach(rules.serviceTag, 'exposure.serviceTags', options.serviceTags),
    ...emptyProblems('exposure.sourceRanges', options.sourceRanges, 'range', EVERYBODY),
    ...emptyProblems('exposure.serviceTags', options.serviceTags, 'tag', EVERYBODY),
    ...everywhereProblems('exposure.sourceRanges', sourceRanges, EVERYBODY),
    ...when(
      sourceRanges.length > 0 && serviceTags.length > 0,
      'source-ranges-or-service-tags',
      () =>
        `'exposure.sourceRanges' and 'exposure.serviceTags' must not both be given, got ${show(sourceRanges[0])} and ` +
        `${show(serviceTags[0])}: nodes would drop traffic from the service tags`,
    ),
    ...check(rules.idleTimeoutMinutes, 'exposure.idleTimeoutMinutes', idleTimeoutMinutes),
    ...(healthProbe === undefined ? [] : healthProbeProblems(healthProbe, externalTrafficPolicy)),
  ];
}

export function publicProblems({ dnsName, publicIp }: PublicLoadBalancerOptions): Violation[] {
  return [
    ...(dnsName === undefined ? [] : dnsNameProblems(dnsName)),
    ...(publicIp === undefined ? [] : checkGiven(rules.azureName, 'exposure.publicIp.name', publicIp.name)),
    ...check(resourceGroupName, 'exposure.publicIp.resourceGroupName', publicIp?.resourceGroupName),
    ...when(
      dnsName !== undefined && publicIp !== undefined,
      'dns-name-or-public-ip',
      () =>
        `'exposure.dnsName' and 'exposure.publicIp' must not both be given, got ${showText(dnsName?.label)} and ` +
        `${showText(publicIp?.name)}: set the domain name label of the public IP address where it is created`,
    ),
  ];
}

function dnsNameProblems(dnsName: PublicDnsName): Violation[] {
  return [
    ...checkGiven(rules.dnsLabel, 'exposure.dnsName.label', dnsName.label),
    ...checkGiven(location, 'exposure.dnsName.location', dnsName.location),
  ];
}

export function internalProblems({ subnet, ipAddress }: InternalLoadBalancerOptions): Violation[] {
  const problems = [
    ...(subnet === undefined ? [] : checkGiven(rules.azureName, 'exposure.subnet.name', subnet.name)),
    ...emptyProblems('exposure.subnet.addressPrefixes', subnet?.addressPrefixes, 'range', UNKNOWN_RANGES),
    ...check(rules.loadBalancerAddress, 'exposure.ipAddress', ipAddress),
  ];
  const ranges = itemsOf(subnet?.addressPrefixes);
  const known = isText(ipAddress) && ranges.length > 0 && ranges.every(isReadable);
  if (problems.length > 0 || !known) {
    return problems;
  }
  const range = ranges.find((one) => rangeHolds(one, ipAddress));
  return when(
    range === undefined || isReserved(range, ipAddress),
    'load-balancer-address-in-subnet',
    () =>
      `'exposure.ipAddress' must be an address of the subnet (${ranges.join(', ')}), and none of the first four or the last, which Azure reserves, got` +
      ` ${show(ipAddress)}: use another address or another subnet`,
  );
}

export function loadBalancerWarnings({ sourceRanges }: LoadBalancerOptions): Violation[] {
  return itemsOf(sourceRanges)
    .filter(isReadable)
    .filter((range) => networkAddress(range) !== range)
    .map((range) =>
      violation(
        'source-range-mask',
        `'exposure.sourceRanges' has ${show(range)}, which means ${show(networkAddress(range))}: write that if you mean the whole range`,
      ),
    );
}

function isReadable(range: string): boolean {
  return isText(range) && isIpRange(range);
}

function healthProbeProblems(
  { path, intervalSeconds, numberOfProbes }: HealthProbeOptions,
  trafficPolicy: ExternalTrafficPolicy | undefined,
): Violation[] {
  const valueProblems = [
    ...checkGiven(rules.healthProbePath, 'exposure.healthProbe.path', path),
    ...check(rules.healthProbeInterval, 'exposure.healthProbe.intervalSeconds', intervalSeconds),
    ...check(rules.healthProbeCount, 'exposure.healthProbe.numberOfProbes', numberOfProbes),
  ];
  const [interval, count] = [intervalSeconds ?? 5, numberOfProbes ?? 2];
  return [
    ...valueProblems,
    ...when(
      valueProblems.length === 0 && isKnown(interval) && isKnown(count) && interval * count >= 120,
      'health-probe-duration',
      () =>
        "'exposure.healthProbe.intervalSeconds' times 'numberOfProbes' must be less than 120, " +
        `got ${interval} times ${count}: Azure rejects it`,
    ),
    ...when(
      trafficPolicy === ExternalTrafficPolicy.LOCAL,
      'health-probe-of-cluster-policy',
      () =>
        `'exposure.healthProbe' must not be given with externalTrafficPolicy "Local", got the path ${showText(path)}: ` +
        'Azure then uses the health check of Kubernetes',
    ),
  ];
}

function joined(values: string[]): string {
  return Token.isUnresolved(values) ? Fn.join(',', values) : itemsOf(values).join(',');
}

function showText(value: string | undefined): string {
  return isKnown(value) ? show(value) : 'a value that only Terraform knows';
}

function text(value: number | undefined): string | undefined {
  return value === undefined ? undefined : numberText(value);
}
