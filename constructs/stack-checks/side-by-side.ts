import type { ServiceV1, ServiceV1SpecPort } from '@cdktf/provider-kubernetes/lib/service-v1';
import { TerraformResource, TerraformStack, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { requireClusterAtPlan } from './custom-resources';
import { deniedProblems } from './denied-pods';
import { hasRememberedName } from '../core/names/object-name';
import { objectKind, objectMetadata } from '../kubernetes/object-metadata';
import { isKnown } from '../core/values/known';
import { show } from '../core/values/shown';
import { questionable, type Violation, violation } from '../core/problems/violation';
import { reportProblems } from '../core/problems/report';
import {
  append,
  labelKey,
  type Labels,
  listed,
  ownerPath,
  type Place,
  placeOf,
  type Pods,
  readPods,
  workloadName,
} from './pods-of-stack';
import { namespaceProblems } from './namespace-checks';

const checkedStacks = new WeakSet<TerraformStack>();

/**
 * Reports what is wrong only with several Kubernetes resources side by side, ours or not.
 *
 * One rule a stack, whoever asks, so that a large stack is looked through once.
 */
export function requireSideBySide(scope: IConstruct): void {
  const stack = TerraformStack.of(scope);
  if (checkedStacks.has(stack)) {
    return;
  }
  checkedStacks.add(stack);
  reportProblems(stack, () => sideBySideProblems(stack));
  requireClusterAtPlan(stack);
}

interface Service extends Place {
  readonly selector: Labels;
  readonly annotations: Labels;
  readonly ports: readonly ServiceV1SpecPort[];
}

function sideBySideProblems(stack: TerraformStack): Violation[] {
  const resources = stack.node
    .findAll()
    .filter((one): one is TerraformResource => TerraformResource.isTerraformResource(one))
    .filter((one) => one.terraformResourceType.startsWith('kubernetes_') && TerraformStack.of(one) === stack);
  const pods = resources.flatMap(readPods);
  const services = resources.flatMap(readService);
  const index = new PodIndex(pods);
  return [
    ...nameProblems(resources),
    ...pods.flatMap((one) => selectorProblems(one, index)),
    ...services.flatMap((one) => targetPortProblems(one, index)),
    ...claimProblems(services),
    ...deniedProblems(pods, resources),
    ...namespaceProblems(resources),
  ];
}

/** Finds the pods that a selector selects without looking at all of them. */
class PodIndex {
  private readonly byLabel = new Map<string, Pods[]>();

  constructor(all: readonly Pods[]) {
    for (const pods of all) {
      for (const [label, value] of Object.entries(pods.labels)) {
        append(this.byLabel, labelKey(pods.place, label, value), pods);
      }
    }
  }

  public selected(place: string, selector: Labels): readonly Pods[] {
    const candidates = Object.entries(selector).map(
      ([label, value]) => this.byLabel.get(labelKey(place, label, value)) ?? [],
    );
    const [fewest = []] = candidates.sort((one, other) => one.length - other.length);
    return fewest.filter(({ labels }) => Object.entries(selector).every(([label, value]) => labels[label] === value));
  }
}

/** What must have names of their own, the objects of a kind and the pods of workloads, and has not. Each name once. */
function nameProblems(resources: readonly TerraformResource[]): Violation[] {
  const byName = new Map<string, { resource: TerraformResource; property: string }[]>();
  for (const resource of resources) {
    for (const { kind, name, property } of namesOf(resource)) {
      const key = JSON.stringify([kind, placeOf(resource, objectMetadata(resource).namespace), name]);
      append(byName, key, { resource, property });
    }
  }
  const clashes = [...byName.entries()]
    // those that are remembered compare their names themselves
    .filter(([, group]) => group.length > 1 && !group.every(({ resource }) => hasRememberedName(resource)))
    .map(([key, group]) => {
      const [, , name] = JSON.parse(key) as string[];
      const [property = 'name'] = group.map((one) => one.property).filter((one) => one !== 'name');
      return violation(
        'object-name-unique',
        `'${property}' must be unique in a namespace, got ${show(name)} for ` +
          `${group.map(({ resource }) => ownerPath(resource)).join(' and ')}: give them different names or namespaces`,
      );
    });
  // a Deployment and its Service of one name are one mistake
  return clashes.filter(({ message }, index) => clashes.findIndex((one) => one.message === message) === index);
}

/** Each name that no other resource of the kind can have, and the property that gave it. */
function namesOf(resource: TerraformResource): { kind: string; name: string; property: string }[] {
  const { name, labels } = objectMetadata(resource);
  const kind = objectKind(resource);
  const isOwn = labels?.app !== undefined && labels.app !== name;
  const property = NAMED_BY[kind] ?? (isOwn ? OWN_NAMES[kind] : undefined) ?? 'name';
  const workloads = readPods(resource).map(workloadName).filter(isKnown);
  // the name of a run is that of its job, and more
  const isRun = kind === 'kubernetes_job_v1' && workloads.length > 0;
  return [
    ...(isKnown(name) && !isRun ? [{ kind, name, property }] : []),
    ...workloads.map((workload) => ({ kind: 'pods', name: workload, property: 'name' })),
  ];
}

/** The arguments that the names of objects come from, where these are not called `name`. */
const NAMED_BY: { readonly [type: string]: string } = {
  'kubernetes_manifest Gateway': 'gatewayName',
  kubernetes_role_v1: 'role',
  kubernetes_role_binding_v1: 'role',
  kubernetes_cluster_role_v1: 'role',
  kubernetes_cluster_role_binding_v1: 'role',
};

/** The properties that give objects of a workload a name that is not the workload's. */
const OWN_NAMES: { readonly [type: string]: string } = {
  kubernetes_deployment_v1: 'deploymentName',
  kubernetes_stateful_set_v1: 'deploymentName',
  kubernetes_service_v1: 'serviceName',
};

/** A selector that takes another's pods for its own: one deletes what the other creates. */
function selectorProblems(one: Pods, index: PodIndex): Violation[] {
  return index
    .selected(one.place, one.selector)
    .filter((other) => other !== one && !haveOneName(one, other))
    .map((other) =>
      questionable(
        'selector-apart',
        `the selector ${text(one.selector)} of ${one.resource.node.path} selects the pods of ${other.resource.node.path} ` +
          'too: each would take them for its own. Give the pods different labels',
      ),
    );
}

/** Whether two have a name in common, which is reported as that. */
function haveOneName(one: Pods, other: Pods): boolean {
  const workload = workloadName(one);
  return (
    objectMetadata(one.resource).name === objectMetadata(other.resource).name ||
    (workload !== undefined && workload === workloadName(other))
  );
}

/** A Service whose pods are here, and none of which listens where it sends requests to. */
function targetPortProblems(service: Service, index: PodIndex): Violation[] {
  const selected = index.selected(service.place, service.selector).filter(({ ports }) => ports.length > 0);
  const ports = selected.flatMap((pods) => pods.ports);
  if (selected.length === 0 || ports.some(({ containerPort }) => Token.isUnresolved(containerPort))) {
    return [];
  }
  const targets = service.ports.map(({ port, targetPort }) => targetPort ?? String(port));
  const listening = new Set(ports.flatMap(({ containerPort, name }) => [String(containerPort), name]));
  return targets
    .filter((target) => !Token.isUnresolved(target) && !listening.has(target))
    .map((target) =>
      questionable(
        'target-port-open',
        `'targetPort' of the Service ${service.resource.node.path} must be a port that a container of ` +
          `${selected.map(({ resource }) => resource.node.path).join(', ')} listens on ` +
          `(${ports.map(({ containerPort }) => containerPort).join(', ')}), got ${show(target)}: change one of them`,
      ),
    );
}

/** What only one Service can have: a port of the nodes, a name in Azure's domain, a port of an address. */
function claimProblems(services: readonly Service[]): Violation[] {
  const claims = new Map<string, { readonly what: string; readonly resource: TerraformResource }[]>();
  for (const service of services) {
    for (const [key, what] of claimsOf(service)) {
      append(claims, key, { what, resource: service.resource });
    }
  }
  return [...claims.values()]
    .filter((claimants) => claimants.length > 1)
    .map((claimants) =>
      violation(
        'exposure-claimed-once',
        `${claimants[0].what} must be of one Service alone, got it for ` +
          `${claimants.map(({ resource }) => resource.node.path).join(' and ')}: give each its own`,
      ),
    );
}

const AZURE = 'service.beta.kubernetes.io/azure-';

/** Each claim as what tells it from others, and as a message names it. */
function claimsOf({ resource, annotations, ports }: Service): [string, string][] {
  const cluster = resource.provider?.fqn ?? '';
  const label = annotations[`${AZURE}dns-label-name`];
  const address = annotations[`${AZURE}pip-name`] ?? annotations[`${AZURE}load-balancer-ipv4`];
  const addressName = annotations[`${AZURE}pip-name`] === undefined ? 'exposure.ipAddress' : 'exposure.publicIp';
  return [
    ...ports
      .filter(({ nodePort }) => isKnown(nodePort))
      .map(({ nodePort, protocol = 'TCP' }): [string, string] => [
        JSON.stringify([cluster, 'node port', protocol, nodePort]),
        `'exposure.nodePort' ${nodePort}`,
      ]),
    ...(isKnown(label)
      ? [[JSON.stringify([cluster, 'label', label]), `'exposure.dnsName.label' ${show(label)}`] as [string, string]]
      : []),
    ...(isKnown(address)
      ? ports.map(({ port, protocol = 'TCP' }): [string, string] => [
          JSON.stringify([cluster, 'address', address, protocol, port]),
          `port ${port} of '${addressName}' ${show(address)}`,
        ])
      : []),
  ];
}

function isService(resource: TerraformResource): resource is ServiceV1 {
  return resource.terraformResourceType === 'kubernetes_service_v1';
}

function readService(resource: TerraformResource): Service[] {
  if (!isService(resource)) {
    return [];
  }
  const { selector, port } = resource.specInput ?? {};
  return [
    {
      resource,
      place: placeOf(resource, objectMetadata(resource).namespace),
      selector: selector ?? {},
      annotations: resource.metadataInput?.annotations ?? {},
      ports: listed(port),
    },
  ];
}

function text(labels: Labels): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
}
