import type { ContainerRegistryWebhook } from '@cdktf/provider-azurerm/lib/container-registry-webhook';
import { Construct } from 'constructs';
import { azureNames } from '../azure/azure-names';
import { location as locationRule, regionName } from '../azure/location-rules';
import { checkArguments, declared } from '../core/declared';
import { claimResource } from '../core/names/unique';
import { reportProblems, reportWarnings } from '../core/problems/report';
import { type Violation, when } from '../core/problems/violation';
import { emptyProblems } from '../core/rules/restriction';
import { check, checkGiven } from '../core/rules/rule';
import { isKnown, isText } from '../core/values/known';
import { secretProblems } from '../workload/pod/environment';
import { AcrSku } from './acr-sku';
import type { IAcrRegistry } from './i-acr-registry';
import { webhooks } from './late-bindings';
import { skuOf } from './registry-facts';
import { createInRegistry } from './registry-prerequisites';
import { RegistryRecords } from './registry-records';
import { webhookName, webhookScope, webhookUri } from './registry-value-rules';

/** The events for which a registry calls a webhook. */
export enum AcrWebhookAction {
  /** An image was pushed. */
  PUSH = 'push',
  /** An image was deleted. */
  DELETE = 'delete',
  /** An image was pushed to a registry with a quarantine, and waits for a scanner. */
  QUARANTINE = 'quarantine',
  /** A Helm chart was pushed. */
  CHART_PUSH = 'chart_push',
  /** A Helm chart was deleted. */
  CHART_DELETE = 'chart_delete',
}

/** Properties of `AcrWebhook`. */
export interface AcrWebhookProps {
  /** The registry. */
  readonly registry: IAcrRegistry;
  /** The name of the webhook: 5 to 50 letters and digits. Changing it replaces the webhook. */
  readonly webhookName: string;
  /** The address that is called, such as "https://ci.contoso.com/images". */
  readonly serviceUri: string;
  /** The events for which it is called: at least one. */
  readonly actions: AcrWebhookAction[];
  /**
   * The images for which it is called: "app:v1" for a tag, "app" for its tag "latest", "app:*" for all tags of a
   * repository, "team/*" for all repositories below "team".
   *
   * @default - all images of the registry
   */
  readonly imageScope?: string;
  /**
   * Headers of the request by their names, such as "Authorization". Values that authenticate are references: a sensitive
   * `TerraformVariable` or an attribute of a resource; a literal is a problem.
   *
   * @default - none
   */
  readonly headers?: { readonly [name: string]: string };
  /**
   * Whether the webhook is called.
   *
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * The region for whose events it is called, such as that of a copy of the registry. Changing it replaces the webhook.
   *
   * @default - the region of the registry
   */
  readonly location?: string;
}

/** The most webhooks of a registry, by its tier. */
const MAX_WEBHOOKS: { readonly [sku in AcrSku]: number } = {
  [AcrSku.BASIC]: 2,
  [AcrSku.STANDARD]: 10,
  [AcrSku.PREMIUM]: 500,
};

const made = new RegistryRecords<AcrWebhook>();

/**
 * A call of a service whenever images of a registry change.
 *
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-webhook
 *
 * @example
 * new AcrWebhook(stack, 'deploy', {
 *   registry,
 *   webhookName: 'deploy',
 *   serviceUri: 'https://ci.contoso.com/images',
 *   actions: [AcrWebhookAction.PUSH],
 *   imageScope: 'web:*',
 * });
 */
export class AcrWebhook extends Construct {
  private readonly resource: ContainerRegistryWebhook;

  constructor(scope: Construct, id: string, props: AcrWebhookProps) {
    super(scope, id);
    props = declared(this, 'AcrWebhookProps', props);
    const { registry, webhookName: name, location = registry.location } = props;
    reportProblems(this, () => [
      ...checkGiven(webhookName, 'webhookName', name),
      ...checkGiven(webhookUri, 'serviceUri', props.serviceUri),
      ...emptyProblems('actions', props.actions, 'action', 'a webhook without one is never called'),
      ...check(webhookScope, 'imageScope', props.imageScope),
      ...checkGiven(locationRule, 'location', location),
      ...Object.entries(isKnown(props.headers) ? props.headers : {}).flatMap(headerProblems),
      ...countProblems(registry, this),
    ]);
    reportWarnings(this, clearWarnings(props.serviceUri));
    this.resource = new (webhooks().ContainerRegistryWebhook)(this, 'Resource', {
      name,
      resourceGroupName: registry.resourceGroupName,
      registryName: registry.registryName,
      location: regionName(location ?? locationRule.example),
      serviceUri: props.serviceUri,
      actions: props.actions,
      scope: props.imageScope,
      customHeaders: props.headers,
      ...(props.enabled === false ? { status: 'disabled' } : {}),
    });
    claimResource(this, 'webhookName', this.resource, azureNames.webhook(name, registry.registryName));
    createInRegistry(this.resource, registry);
    made.add(registry, this);
  }

  /** The Azure resource id of the webhook. */
  public get webhookId(): string {
    return this.resource.id;
  }
}

checkArguments(AcrWebhook);

/** Names of headers whose values authenticate. */
const AUTHENTICATES = /^(proxy-)?authorization$|cookie|key|secret|signature|token/i;

function headerProblems([name, value]: [string, string]): Violation[] {
  return AUTHENTICATES.test(name) ? secretProblems(`headers.${name}`, value) : [];
}

function clearWarnings(serviceUri: string): Violation[] {
  return when(
    isText(serviceUri) && serviceUri.startsWith('http:'),
    'webhook-in-the-clear',
    () => "'serviceUri' is called without TLS: its headers and the names of the images are sent unencrypted. Use https",
  );
}

function countProblems(registry: IAcrRegistry, webhook: AcrWebhook): Violation[] {
  const sku = skuOf(registry);
  const max = sku === undefined ? undefined : MAX_WEBHOOKS[sku];
  return when(
    max !== undefined && made.of(registry)[max] === webhook,
    'webhook-count',
    () =>
      `a registry of the tier ${sku} takes at most ${max} webhooks, got ${made.of(registry).length} for ` +
      `${registry.node.path}: raise its 'sku'`,
  );
}
