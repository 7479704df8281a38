import { isIpRange, isIpv4Address } from '../../core/addresses/address-space';
import { integerRule, type Rule } from '../../core/rules/rule';
import { freeResourceName, isFreeName, RESERVED_NAMES_SOURCE } from '../../azure/reserved-names';
import { isSpecial } from '../../azure/special-ranges';

const VALIDATION = 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis';
const ANNOTATIONS = 'https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/';

/** Names that Azure reserves. The syntax of a label is another rule. */
export const dnsLabelFree: Rule<string> = {
  id: 'dns-label-reserved',
  must: freeResourceName.must,
  source: RESERVED_NAMES_SOURCE,
  example: 'contoso-vote',
  holds: isFreeName,
  hint: 'Azure rejects the name, and the Service would wait for its address forever',
};

export const dnsLabel: Rule<string> = {
  id: 'dns-label',
  must: "must be 3 to 63 lower-case letters, digits and '-', beginning with a letter and not ending with '-'",
  source: 'https://learn.microsoft.com/rest/api/virtualnetwork/public-ip-addresses/create-or-update',
  example: 'contoso-vote',
  holds: (value) => /^[a-z][a-z0-9-]{1,61}[a-z0-9]$/.test(value),
  then: dnsLabelFree,
};

export const idleTimeoutMinutes = integerRule('idle-timeout-minutes', 4, 100, ANNOTATIONS, 30);

export const healthProbeInterval = integerRule(
  'health-probe-interval',
  5,
  119,
  `${ANNOTATIONS}#custom-load-balancer-health-probe`,
  5,
);

export const healthProbeCount = integerRule(
  'health-probe-count',
  2,
  23,
  `${ANNOTATIONS}#custom-load-balancer-health-probe`,
  2,
);

export const healthProbePath: Rule<string> = {
  id: 'health-probe-path',
  must: "must be a path that begins with '/' and has no spaces",
  source: `${ANNOTATIONS}#custom-load-balancer-health-probe`,
  example: '/healthz',
  holds: (value) => /^\/\S*$/.test(value),
  isFreeText: true,
};

export const loadBalancerAddress: Rule<string> = {
  id: 'load-balancer-address',
  must: 'must be an IPv4 address of a host',
  source: ANNOTATIONS,
  example: '10.240.0.25',
  holds: (value) => isIpv4Address(value) && !isSpecial(value),
};

export const serviceTag: Rule<string> = {
  id: 'service-tag',
  must: "must be the name of an Azure service tag, optionally with a region after '.', and not Internet, which is everyone",
  source: 'https://learn.microsoft.com/azure/virtual-network/service-tags-overview#available-service-tags',
  example: 'AzureFrontDoor.Backend',
  holds: (value) => /^(?!internet$)[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/i.test(value),
};

export const azureName: Rule<string> = {
  id: 'azure-name',
  must: "must be 1 to 80 letters, digits, '_', '-' and '.', beginning with a letter or digit and not ending with '-' or '.'",
  source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork',
  example: 'vote-ip',
  holds: (value) => /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/.test(value),
};

export const loadBalancerPort: Rule<number> = {
  id: 'load-balancer-port',
  must: 'must be a port other than 10250 behind a load balancer',
  source: 'https://learn.microsoft.com/azure/aks/load-balancer-standard#limitations',
  example: 80,
  holds: (value) => value !== 10250,
  hint: 'that port is the kubelet of every node',
};

export const nodePort: Rule<number> = {
  ...integerRule('node-port', 30000, 32767, `${VALIDATION}/core/validation/validation.go`, 30080),
  hint: 'the range that clusters use for node ports',
};

export const sourceRange: Rule<string> = {
  id: 'source-range',
  must: 'must be a range of addresses with its mask, not for loopback, link-local or multicast addresses',
  source: `${VALIDATION}/core/validation/validation.go`,
  example: '203.0.113.0/24',
  holds: (value) => isIpRange(value) && !isSpecial(value),
};
