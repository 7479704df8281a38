import { type Rule } from '../core/rules/rule';
import { pattern } from '../core/rules/pattern';
const PROVIDER = 'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers';

export const dnsPrefix = pattern(
  'dns-prefix',
  /^[a-zA-Z0-9]([-a-zA-Z0-9]{0,52}[a-zA-Z0-9])?$/,
  "must be 1 to 54 letters, digits and '-', beginning and ending with a letter or digit",
  `${PROVIDER}/validate/kubernetes.go`,
  'jm-inn-aks',
);

export const sshPublicKey: Rule<string> = {
  id: 'ssh-public-key',
  must: 'must be an RSA or Ed25519 public key on one line, as in its ".pub" file',
  source: 'https://learn.microsoft.com/azure/aks/aks-ssh-linux-cluster-access',
  example: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ me@here',
  holds: (value) => /^(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/]+={0,2}( [^\n${}]*)?\n?$/.test(value),
};

export const oidcIssuerUrl = pattern(
  'oidc-issuer-url',
  /^https:\/\/[^\s?#@]+$/,
  'must be the https address of an OIDC issuer',
  'https://learn.microsoft.com/azure/aks/use-oidc-issuer#show-the-oidc-issuer-url',
  'https://westeurope.oic.prod-aks.azure.com/00000000-0000-0000-0000-000000000000/11111111-1111-1111-1111-111111111111/',
);

/**
 * The newest minor version that is plausible: 1.37 is the newest in August 2026, and Kubernetes releases about three a
 * year.
 */
const NEWEST_MINOR = 46;

export const plausibleMinorVersion: Rule<string> = {
  id: 'kubernetes-minor-version-known',
  must: `must be a version that Azure may have, at most 1.${NEWEST_MINOR}`,
  source: 'https://learn.microsoft.com/azure/aks/supported-kubernetes-versions#aks-kubernetes-release-calendar',
  example: '1.35',
  holds: (value) => Number(value.split('.')[1]) <= NEWEST_MINOR,
  hint: "'az aks get-versions --location <region> --output table' lists them",
  canBeMeant: true,
};

export const kubernetesMinorVersion: Rule<string> = {
  ...pattern(
    'kubernetes-minor-version',
    /^1\.[0-9]{2}$/,
    'must be a minor version of Kubernetes',
    'https://learn.microsoft.com/azure/aks/supported-kubernetes-versions#alias-minor-version',
    '1.35',
  ),
  hint: 'Azure uses its newest patch version; a specific patch version would be withdrawn one day',
  then: plausibleMinorVersion,
};
