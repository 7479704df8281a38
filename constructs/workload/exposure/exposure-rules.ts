import { isIpRange, isIpv4Address } from '../../core/addresses/address-space';
import { integerRule, type Rule } from '../../core/rules/rule';
import { isSpecial } from '../../core/addresses/special-ranges';

const VALIDATION = 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis';
const ANNOTATIONS = 'https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/';

export const dnsLabel: Rule<string> = {
  must: "must be 3 to 63 lower-case letters, digits and '-', beginning with a letter and not ending with '-'",
  source: 'https://learn.microsoft.com/rest/api/virtualnetwork/public-ip-addresses/create-or-update',
  inside: ['contoso-vote', 'abc', `a${'1'.repeat(62)}`],
  outside: ['', 'ab', `a${'1'.repeat(63)}`, '1abc', 'abc-', 'Contoso', 'a.bc', 'a_bc'],
  holds: (value) => /^[a-z][a-z0-9-]{1,61}[a-z0-9]$/.test(value),
};

export const idleTimeoutMinutes = integerRule(4, 100, ANNOTATIONS, 30);

export const healthProbeInterval = integerRule(5, 119, `${ANNOTATIONS}#custom-load-balancer-health-probe`, 5);

export const healthProbeCount = integerRule(2, 23, `${ANNOTATIONS}#custom-load-balancer-health-probe`, 2);

export const healthProbePath: Rule<string> = {
  must: "must be a path that begins with '/' and has no spaces",
  source: `${ANNOTATIONS}#custom-load-balancer-health-probe`,
  inside: ['/healthz', '/'],
  outside: ['', 'healthz', 'http://web/healthz', '/a b'],
  holds: (value) => /^\/\S*$/.test(value),
  isFreeText: true,
};

export const ipAddress: Rule<string> = {
  must: 'must be an IPv4 address that a machine can have',
  source: ANNOTATIONS,
  inside: ['10.240.0.25', '10.0.0.0', '192.168.255.254'],
  outside: [
    '',
    '10.240.0',
    '10.240.0.256',
    '010.240.0.25',
    '10.240.0.25/32',
    'web',
    '127.0.0.1',
    '224.0.0.1',
    '168.63.129.16',
    '169.254.0.1',
  ],
  holds: (value) => isIpv4Address(value) && !isSpecial(value),
};

export const serviceTag: Rule<string> = {
  must: "must be the name of an Azure service tag, with its region after a '.' where it has one, and not Internet, which is everybody",
  source: 'https://learn.microsoft.com/azure/virtual-network/service-tags-overview#available-service-tags',
  inside: ['AzureFrontDoor.Backend', 'AzureCloud', 'Storage.WestEurope'],
  outside: ['', 'Azure Cloud', 'AzureCloud,Internet', '10.0.0.0/8', 'Storage.', 'Internet', 'internet'],
  holds: (value) => /^(?!internet$)[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/i.test(value),
};

export const azureName: Rule<string> = {
  must: "must be 1 to 80 letters, digits, '_', '-' and '.', beginning with a letter or digit and not ending with '-' or '.'",
  source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork',
  inside: ['vote-ip', 'a', 'A_b.c_', 'a'.repeat(80)],
  outside: ['', 'a'.repeat(81), '-a', 'a-', 'a.', 'a b', 'a/b'],
  holds: (value) => /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/.test(value),
};

export const loadBalancerPort: Rule<number> = {
  must: 'must not be 10250 behind a load balancer',
  source: 'https://learn.microsoft.com/azure/aks/load-balancer-standard#limitations',
  inside: [80, 10249, 10251],
  outside: [10250],
  holds: (value) => value !== 10250,
  hint: 'that port is the kubelet of every node',
};

export const nodePort: Rule<number> = {
  ...integerRule(30000, 32767, `${VALIDATION}/core/validation/validation.go`, 30080),
  hint: 'that is the range that clusters give to node ports',
};

export const sourceRange: Rule<string> = {
  must: 'must be a range of addresses with its mask, and not of loopback, link-local or multicast ones',
  source: `${VALIDATION}/core/validation/validation.go`,
  inside: ['203.0.113.0/24', '10.0.0.0/8', '192.0.2.7/32', '0.0.0.0/1', '2001:db8::/32'],
  outside: [
    '',
    '203.0.113.7',
    '203.0.113.0/33',
    '010.0.0.0/8',
    '10.1/16',
    'example.com',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '127.0.0.0/8',
    '224.0.0.0/4',
    '169.254.169.254/32',
    'ff00::/8',
    'fe80::/10',
  ],
  holds: (value) => isIpRange(value) && !isSpecial(value),
};
