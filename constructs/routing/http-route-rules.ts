import { integerRule, type Rule } from '../core/rules/rule';
import { dnsLabelRule } from '../kubernetes/kubernetes-rules';

const GATEWAY_API = 'https://gateway-api.sigs.k8s.io/reference/spec/';
const INGRESS_VALIDATION =
  'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/networking/validation/validation.go';

export const routeName = dnsLabelRule('route-name', 'shop');

export const hostName: Rule<string> = {
  id: 'host-name',
  must: 'must be a DNS name in lower case, whose first label may be "*", and no IP address',
  source: `${GATEWAY_API}#hostname`,
  example: 'shop.example.com',
  holds: (value) =>
    value.length <= 253 &&
    /^(\*\.)?[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/.test(value) &&
    !/^\d+(\.\d+){3}$/.test(value),
};

/** A path that Ingress and Gateway API both accept, and interpret in the same way. */
export const routePath: Rule<string> = {
  id: 'route-path',
  must: "must begin with '/', hold only characters of a URL's path, and no '//', '/./', '/../' or encoded '/'",
  source: `${GATEWAY_API}#httppathmatch, ${INGRESS_VALIDATION}`,
  example: '/api',
  holds: (value) =>
    value.length <= 1024 &&
    /^\/(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})*$/.test(value) &&
    !/\/\/|\/\.\.?(\/|$)|%2f/i.test(value),
};

export const routeWeight = integerRule('route-weight', 0, 1_000_000, `${GATEWAY_API}#httpbackendref`, 10);

export const keyVaultCertificateUri: Rule<string> = {
  id: 'key-vault-certificate-uri',
  must: 'must be the URI of a certificate in a Key Vault',
  source: 'https://learn.microsoft.com/azure/aks/app-routing-gateway-api-dns-tls',
  example: 'https://contoso.vault.azure.net/certificates/shop',
  holds: (value) =>
    /^https:\/\/[a-zA-Z0-9-]{3,24}\.vault\.(azure\.net|azure\.cn|usgovcloudapi\.net)\/certificates\/[0-9a-zA-Z-]{1,127}(\/[0-9a-f]{32})?$/.test(
      value,
    ),
};
