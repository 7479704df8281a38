import { contains, isIpv4Address, networkAddress, parseRange, parseRanges } from '../core/addresses/address-space';
import { integerRule, type Rule } from '../core/rules/rule';
import { isSpecial } from '../core/addresses/special-ranges';

const NAMING = 'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules';
const PROVIDER = 'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers';

/** A rule that one regular expression states. */
function pattern(
  expression: RegExp,
  must: string,
  source: string,
  inside: readonly [string, ...string[]],
  outside: readonly string[],
): Rule<string> {
  return { must, source, inside, outside, holds: (value) => expression.test(value) };
}

export const resourceGroupName = pattern(
  /^(?!.*\.$)[-\w.()]{1,90}$/,
  "must be 1 to 90 letters, digits, '_', '-', '.' and parentheses, with no '.' at its end",
  `${NAMING}#microsoftresources`,
  ['jm-inn-acr-aks-intro-rg', 'a', 'a'.repeat(90), '(a).b'],
  ['', 'a'.repeat(91), 'ends.', 'a b'],
);

export const registryName: Rule<string> = {
  ...pattern(
    /^[a-zA-Z0-9]{5,50}$/,
    'must be 5 to 50 letters and digits',
    `${PROVIDER}/validate/container_registry_name.go`,
    ['jminnacr', 'abcde', 'a'.repeat(50)],
    ['abcd', 'a'.repeat(51), 'my-acr', 'my_acr'],
  ),
  hint: 'it becomes the first part of a host name, one of its kind in the world',
};

export const clusterName = pattern(
  /^[a-zA-Z0-9]([-_a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/,
  "must be 1 to 63 letters, digits, '-' and '_', with a letter or digit at both ends",
  `${NAMING}#microsoftcontainerservice`,
  ['jm-inn-aks', 'a', 'a'.repeat(63), 'a_b'],
  ['', 'a'.repeat(64), '-a', 'a_', 'a.b'],
);

export const dnsPrefix = pattern(
  /^[a-zA-Z0-9]([-a-zA-Z0-9]{0,52}[a-zA-Z0-9])?$/,
  "must be 1 to 54 letters, digits and '-', with a letter or digit at both ends",
  `${PROVIDER}/validate/kubernetes.go`,
  ['jm-inn-aks', 'a', 'a'.repeat(54)],
  ['', 'a'.repeat(55), 'a_b', 'a-', '-a'],
);

export const sshPublicKey: Rule<string> = {
  must: 'must be the one line of an RSA or Ed25519 public key file',
  source: 'https://learn.microsoft.com/azure/aks/aks-ssh-linux-cluster-access',
  inside: [
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ me@here',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE',
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ\n',
  ],
  outside: [
    '',
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    'ecdsa-sha2-nistp256 AAAAE2',
    'ssh-rsa',
    '/home/me/.ssh/id_rsa.pub',
    'ssh-rsa AAAA ${me}',
  ],
  holds: (value) => /^(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/]+={0,2}( [^\n${}]*)?\n?$/.test(value),
};

export const taskName = pattern(
  /^[a-zA-Z0-9_-]{5,50}$/,
  "must be 5 to 50 letters, digits, '-' and '_'",
  `${NAMING}#microsoftcontainerregistry`,
  ['build-front', 'abcde', 'a'.repeat(50)],
  ['abcd', 'a'.repeat(51), 'build front', 'build/front'],
);

export const gitRepository = pattern(
  /^https:\/\/((?<org>[^\s#?@:${}/]+)@(?=dev\.azure\.com\/\k<org>\/))?[^\s#?@${}/]+(\/[^\s#?@${}/]+)+(?<!\/\.git)$/,
  "must be the https address of a Git repository, with no branch, commit or credentials in it, no '/' at its end, and '%20' for a space",
  'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview#context-locations',
  [
    'https://github.com/Azure-Samples/azure-voting-app-redis',
    'https://github.com/a/b.git',
    'https://dev.azure.com/contoso/Our%20Shop/_git/web',
    'https://contoso@dev.azure.com/contoso/shop/_git/web',
    'https://contoso.visualstudio.com/DefaultCollection/shop/_git/web',
    'https://git.contoso.com:8443/shop/web',
  ],
  [
    'git@github.com:a/b.git',
    'http://github.com/a/b',
    'https://github.com/a/b#main',
    'https://token@github.com/a/b',
    'https://token@dev.azure.com/contoso/shop/_git/web',
    'https://contoso:token@dev.azure.com/contoso/shop/_git/web',
    'https://dev.azure.com/contoso/Our Shop/_git/web',
    'https://github.com/a/b?token=x',
    'https://github.com/a/b/',
    'https://github.com/.git',
    'https://github.com',
    'https://github.com/${a}/b',
    '',
  ],
);

export const gitCommit: Rule<string> = {
  ...pattern(
    /^[0-9a-f]{7,40}$/,
    'must be the 7 to 40 hexadecimal digits of a commit',
    'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview#context-locations',
    ['1705b17', '0'.repeat(40)],
    ['main', '1705b1', 'ABCDEF0', '0'.repeat(41)],
  ),
  hint: 'a branch or a tag of Git can move, and nothing here would notice',
};

export const gitFolder = pattern(
  /^(?!\/)(?!.*(^|\/)\.{0,2}(\/|$))[^\s#:${}]+$/,
  "must be a folder inside the repository, with no '/' at either end",
  'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview#context-locations',
  ['azure-vote', 'src/app', '.docker', 'a/.b', '..a'],
  ['/azure-vote', 'azure-vote/', '../other', 'a/../b', 'a b', './a', '', '.', '..', 'a//b', '${a}'],
);

export const uuid = pattern(
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  'must be a UUID',
  'https://learn.microsoft.com/graph/api/resources/serviceprincipal#properties',
  ['7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10', '00000000-0000-0000-0000-000000000000'],
  ['', 'jm-inn-aks', '7d3f0a528a1e4c0b9b0e2f6f4d1c9a10', '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a1'],
);

export const displayName: Rule<string> = {
  must: "must be 1 to 120 characters, with no '${' or '%{', which Terraform would read as a template",
  source: 'https://learn.microsoft.com/graph/api/resources/application#properties',
  inside: ['jm-inn-aks-acr-pull-sp', 'a', 'a'.repeat(120), 'costs $5 {really}'],
  outside: ['', ' ', 'a'.repeat(121), '${file("/etc/passwd")}', '%{ if true }'],
  holds: (value) => value.trim().length >= 1 && value.length <= 120 && !/[$%]\{/.test(value),
};

const APP_CREDENTIALS = 'https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials';

export const passwordValidDays = integerRule(2, 730, APP_CREDENTIALS, 365);

export const passwordRotationDays = integerRule(1, 729, APP_CREDENTIALS, 180);

export const propagationSeconds = integerRule(
  0,
  900,
  'https://github.com/hashicorp/terraform-provider-azurerm/issues/5703',
  60,
);

export const identityName = pattern(
  /^[a-zA-Z0-9][-_a-zA-Z0-9]{2,127}$/,
  "must be 3 to 128 letters, digits, '-' and '_', beginning with a letter or a digit",
  `${NAMING}#microsoftmanagedidentity`,
  ['jm-inn-aks-identity', 'abc', 'a'.repeat(128), '1_2'],
  ['ab', 'a'.repeat(129), '-abc', 'a.b.c', ''],
);

export const oidcIssuerUrl = pattern(
  /^https:\/\/[^\s?#@]+$/,
  'must be the https address of an OIDC issuer',
  'https://learn.microsoft.com/azure/aks/use-oidc-issuer#show-the-oidc-issuer-url',
  [
    'https://westeurope.oic.prod-aks.azure.com/00000000-0000-0000-0000-000000000000/11111111-1111-1111-1111-111111111111/',
  ],
  ['', 'westeurope.oic.prod-aks.azure.com', 'http://westeurope.oic.prod-aks.azure.com/', 'https://a b'],
);

/** Addresses that a caller of the API server can never come from. */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** "0.0.0.0/32" is Azure's word for the address of the cluster's own load balancer alone. */
export const authorizedIpRange: Rule<string> = {
  must: 'must hold public IPv4 addresses, or ranges of them with a mask',
  source: 'https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges',
  inside: ['203.0.113.0/24', '203.0.113.7', '203.0.113.7/32', '0.0.0.0/32'],
  outside: [
    '',
    '203.0.113.07',
    '203.0.113.0/33',
    '10.0.0.0/8',
    '192.168.1.0/24',
    '172.16.0.0/12',
    '203.0.113.256/32',
    '2001:db8::/32',
    '10.1.2.3',
    '100.64.0.0/16',
    '127.0.0.1',
    '169.254.169.254',
    '168.63.129.16/32',
    '224.0.0.0/4',
  ],
  holds: (value) => {
    const range = parseRange(networkAddress(isIpv4Address(value) ? `${value}/32` : value));
    if (isSpecial(value) && value !== '0.0.0.0/32') {
      return false;
    }
    return range !== undefined && !parseRanges(PRIVATE_RANGES).some((one) => contains(one, range));
  },
};

export const kubernetesMinorVersion: Rule<string> = {
  ...pattern(
    /^1\.[0-9]{2}$/,
    'must be a minor version of Kubernetes',
    'https://learn.microsoft.com/azure/aks/supported-kubernetes-versions#alias-minor-version',
    ['1.35', '1.34'],
    ['', '1', '1.35.1', 'v1.35', '1.5', '2.0', 'latest'],
  ),
  hint: 'Azure takes its newest patch; a patch said here would be withdrawn some day',
};
