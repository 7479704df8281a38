import { review, type Review, type StackFiles } from '../../../lib/review';
import type { JsonObject } from '../../../lib/terraform-json/json';
import { stack } from './fixtures';

/** Texts that are markup in some format. */
export const HOSTILE_TEXTS = [
  '<img src=x onerror=alert(1)>',
  '<!-- cdktf-review -->',
  '</details></summary><h1>',
  '`code` ``two`` ```three',
  '[link](http://evil.example) ![i](x) @someone #1 :tada: www.evil.example',
  '| a | b |',
  'a\\|b\\\\|c',
  '\\',
  '`',
  '``|`',
  '\n\n# heading\n\n- list\n> quote\n```\nfence',
  '**bold** __b__ ~~s~~ $`x`$',
  '&lt;b&gt; &#60;b&#62;',
  '> [!CAUTION]',
  '| |\n|-|-|\n| x',
  ' leading and trailing ',
  '\u202eright to left\u200b',
  "'); process.exit(); ('",
];

/** A rule that allows everyone. */
const OPEN: JsonObject = {
  ...{ access: 'Allow', direction: 'Inbound', protocol: 'Tcp' },
  ...{ source_address_prefix: '*', destination_port_range: '*' },
};

/** Both sides of a change with a text in every place of the input. */
export function hostilePrograms(text: string): [StackFiles[], StackFiles[]] {
  const side = (n: string): JsonObject => {
    const value = `${text}${n}`;
    return {
      terraform: { required_version: value, backend: { [value]: { key: value } }, required_providers: { [value]: n } },
      variable: { [text]: { default: value } },
      provider: { kubernetes: [{ host: '${azurerm_kubernetes_cluster.aks.host}', [text]: value }] },
      resource: {
        azurerm_kubernetes_cluster: {
          aks: { name: value, dns_prefix: value, [text]: value, tags: { [value]: value } },
        },
        azurerm_container_registry: {
          [value]: { '//': { metadata: { path: `vote/${value}` } }, name: text, sku: 'Basic' },
        },
        azurerm_role_assignment: { it: { scope: value, role_definition_name: value, principal_id: value } },
        kubernetes_service: {
          it: { metadata: { name: value }, spec: { type: 'LoadBalancer', load_balancer_source_ranges: [value] } },
        },
        azurerm_network_security_group: { it: { security_rule: [{ ...OPEN, name: value }] } },
        kubernetes_pod: {
          it: {
            '//': {
              'cdktf-review': {
                accept: [
                  { rule: 'pod-host-pid', reason: value },
                  { rule: value, reason: value },
                ],
              },
            },
            metadata: { name: value, annotations: { 'checkov.io/skip': value } },
            spec: {
              host_pid: true,
              container: [{ name: value, image: `${value}:v1`, security_context: { privileged: true } }],
            },
          },
        },
        [`x${text}`]: { [text]: { a: value } },
      },
    };
  };
  const sources = { 'azurerm_kubernetes_cluster.aks': `${text}:1` };
  return [[stack(side('1'), { name: text })], [stack(side('2'), { name: text, sources })]];
}

/** The review of a change with a text in every place of the input. */
export function hostile(text: string): Review {
  return review(...hostilePrograms(text));
}
