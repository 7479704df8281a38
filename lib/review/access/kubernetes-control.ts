import { at, blocks, canonical, listAt, textAt } from '../../terraform-json/json';
import { text, type Grant, type Reader } from './grant';
import { podSecurity } from './kubernetes-grants';

/** The permissions of what checks, changes or answers requests to the API server, by resource type. */
export const KUBERNETES_CONTROL: Readonly<Record<string, Reader>> = {
  ...versions('validating_webhook_configuration', (given, resource) => [
    ...webhooks('see, and refuse,')(given, resource),
    ...blocks(given['webhook']).map((webhook): Grant => ({
      key: `check ${text(webhook, 'name')}`,
      who: 'anyone who deploys',
      by: ['webhook'],
      may: [`must pass ${text(webhook, 'name')}`],
      on: 'the whole cluster',
      isGuard: true,
      limits: ['namespace_selector', 'object_selector'].flatMap((name) =>
        blocks(webhook[name]).map((selector) => `only for ${name.split('_', 1)[0] ?? ''} with ${canonical(selector)}`),
      ),
    })),
  ]),
  ...versions('mutating_webhook_configuration', webhooks('see, and change,')),
  ...versions('api_service', (given) => [
    {
      key: 'api',
      who: serviceOf(at(given, 'spec.service')) ?? 'the control plane',
      may: [`answer for ${text(given, 'spec.group')}/${text(given, 'spec.version')}`],
      on: 'the whole cluster',
    },
  ]),
  ...versions('certificate_signing_request', (given) => [
    {
      key: 'certificate',
      who: 'anyone with the private key',
      may: [`a certificate of ${text(given, 'spec.signer_name')} for ${listAt(given, 'spec.usages').join(', ')}`],
      on: 'the whole cluster',
      limits: textAt(given, 'auto_approve') === 'false' ? ['once somebody approves it'] : [],
    },
  ]),
  // of the labels of objects that exist, only those of namespaces affect access.
  kubernetes_labels: (given) =>
    textAt(given, 'kind') === 'Namespace'
      ? podSecurity({ metadata: { name: at(given, 'metadata.name') ?? null, labels: given['labels'] ?? null } }).map(
          ({ key, who, may, on }): Grant => ({ key, who, may, on, isGuard: true, by: ['labels'] }),
        )
      : [],
  kubernetes_token_request_v1: (given) => [
    {
      key: 'token',
      who: 'anyone who can read the Terraform state',
      may: [`act as the service account ${text(given, 'metadata.name')}`],
      on: `namespace ${textAt(given, 'metadata.namespace') ?? 'default'}`,
      limits: [`for ${textAt(given, 'spec.expiration_seconds') ?? '3600'} seconds`],
    },
  ],
};

function versions(kind: string, reader: Reader): Record<string, Reader> {
  return { [`kubernetes_${kind}`]: reader, [`kubernetes_${kind}_v1`]: reader };
}

/** The webhooks that the API server calls, which may reject or change requests. */
function webhooks(verb: string): Reader {
  return (given) =>
    blocks(given['webhook']).map((webhook): Grant => {
      const rules = blocks(webhook['rule']).map(
        (rule) => `${verb} ${listAt(rule, 'operations').join(', ')} of ${listAt(rule, 'resources').join(', ')}`,
      );
      const client = at(webhook, 'client_config');
      return {
        key: `webhook ${text(webhook, 'name')}`,
        who: textAt(client, 'url') ?? serviceOf(at(client, 'service')) ?? text(webhook, 'name'),
        may: rules,
        on: 'the whole cluster',
        by: ['webhook'],
      };
    });
}

function serviceOf(service: Parameters<typeof blocks>[0]): string | undefined {
  const [one] = blocks(service);
  return one && `service ${text(one, 'name')} of namespace ${text(one, 'namespace')}`;
}
