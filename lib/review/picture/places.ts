import { isExpression, parseReference } from '../../terraform-json/expression';
import { groupBy } from '../../terraform-json/group';
import { by, textAt } from '../../terraform-json/json';
import { referencesIn } from '../../terraform-json/references';
import type { Resource } from '../read/program';
import { placesOfProviders, resourceKey } from '../predict/dependents';
import { captionOf, nameOf, readable } from '../names/names';
import { unversioned } from '../read/resource-type';
import type { Sketch } from './sketch';

/** The types of Kubernetes objects that are not in a namespace. */
const CLUSTER_WIDE =
  /^kubernetes_(namespace|cluster_role|storage_class|persistent_volume|priority_class|ingress_class|csi_driver|runtime_class|node_taint|api_service|certificate_signing_request|mutating_webhook|validating_webhook)(_configuration|_binding)?(_v\d\w*)?$/;

/** The types whose data sources are places. */
const PLACES = ['azurerm_resource_group', 'azurerm_virtual_network', 'azurerm_kubernetes_cluster'];

/** Finds the box around each resource, and draws it if necessary. */
export class Places {
  private readonly clusters = new Map<string, string[]>();
  /** The boxes of the clusters of the Kubernetes providers. */
  private readonly drawn = new Map<string, string>();
  private readonly byName: ReadonlyMap<string, readonly Resource[]>;

  constructor(private readonly sketch: Sketch) {
    this.byName = groupBy(
      sketch.stacks.flatMap(({ resources }) => [...resources.values()]),
      ({ type, attributes }) =>
        keyOf(unversioned(type), textAt(attributes, 'name') ?? textAt(attributes, 'metadata.name')),
    );
    for (const stack of sketch.stacks) {
      placesOfProviders(stack, sketch.stacks).forEach((sources, key) =>
        this.clusters.set(`${stack.name} ${key}`, sources.map(resourceKey)),
      );
    }
  }

  /** The id of the box around a resource. */
  public of(resource: Resource): string | undefined {
    const { type, provider } = resource;
    const kind = type.split('_')[0] ?? '';
    if (kind === 'kubernetes' || kind === 'helm') {
      return this.inCluster(resource);
    }
    if (type === 'azurerm_kubernetes_cluster_node_pool') {
      return this.boxAt(resource, 'kubernetes_cluster_id') ?? this.stack(resource);
    }
    if (kind === 'azuread') {
      return this.directory();
    }
    if (type === 'azurerm_resource_group') {
      return undefined;
    }
    if (type === 'azurerm_subnet') {
      return this.network(resource) ?? this.group(resource);
    }
    return provider.startsWith('azurerm') && textAt(resource.attributes, 'resource_group_name') !== undefined
      ? this.group(resource)
      : this.stack(resource);
  }

  /** The box of a resource; a data source is drawn as found in the cloud unless the program manages the resource. */
  public box(resource: Resource): string {
    const id = this.sketch.idOf(resource);
    if (this.sketch.boxes.has(id) || resource.mode !== 'data') {
      return this.sketch.parts.get(resource) ?? id;
    }
    const same = this.managed(resource);
    if (same !== undefined) {
      return this.box(same);
    }
    return this.sketch.add({
      id,
      caption: `${captionOf(resource)}, exists`,
      name: nameOf(resource),
      details: [],
      origin: 'found',
      isPlace: PLACES.includes(resource.type),
      parent: resource.type === 'azurerm_resource_group' ? undefined : this.groupIfNamed(resource),
    });
  }

  /** The resource of the first reference in a text. */
  public resourceIn(text: string, { stack }: Resource): Resource | undefined {
    const address = parseReference(text)?.address ?? referencesIn(text)[0]?.address;
    return address === undefined ? undefined : this.sketch.stackOf(stack)?.resources.get(address);
  }

  /** The box of the resource that an argument refers to. */
  public boxAt(resource: Resource, path: string): string | undefined {
    const text = textAt(resource.attributes, path);
    const found = text === undefined ? undefined : this.resourceIn(text, resource);
    return found && this.box(found);
  }

  /** The box of the cluster of a Kubernetes object, which is that of its provider. */
  public cluster(resource: Resource): string {
    const key = `${resource.stack} ${resource.provider}`;
    const cluster = this.drawn.get(key) ?? this.clusterOf(resource, key);
    this.drawn.set(key, cluster);
    return cluster;
  }

  private clusterOf(resource: Resource, key: string): string {
    const [source] = this.clusters.get(key) ?? [];
    const [stack = '', address = ''] = source?.split(' ') ?? [];
    const found = this.sketch.stackOf(stack)?.resources.get(address);
    if (found !== undefined) {
      return this.box(found);
    }
    return this.lookedUp(resource) ?? this.unknownCluster(resource);
  }

  /** The box of the namespace of a Kubernetes object. */
  public namespace(resource: Resource, name = namespaceOf(resource)): string {
    const cluster = this.cluster(resource);
    const declared = this.named('kubernetes_namespace', name).find(
      (other) => other.mode === 'resource' && this.cluster(other) === cluster,
    );
    const id = declared ? this.sketch.idOf(declared) : `${cluster} namespace ${name}`;
    return this.sketch.add({
      id,
      caption: 'Namespace',
      name: readable(name),
      details: [],
      isPlace: true,
      parent: cluster,
      ...(declared === undefined ? { origin: 'found' } : { origin: 'code', owner: declared }),
    });
  }

  /** The box of the virtual network that a resource names. */
  public network(resource: Resource): string | undefined {
    const name = textAt(resource.attributes, 'virtual_network_name');
    const group = textAt(resource.attributes, 'resource_group_name');
    if (name === undefined) {
      return undefined;
    }
    const found = [...this.named('azurerm_virtual_network', name)]
      .sort(by(({ stack, mode }) => `${stack === resource.stack ? 0 : 1} ${mode === 'resource' ? 0 : 1}`))
      .find(({ attributes }) => textAt(attributes, 'resource_group_name') === group);
    return found ? this.box(found) : (this.boxAt(resource, 'virtual_network_name') ?? this.elsewhere(name, 'network'));
  }

  /** A box for something that the code only names, such as an Azure id or a range of addresses. */
  public elsewhere(text: string, caption: string): string {
    const steps = text.split('/').filter(Boolean);
    const isId = text.startsWith('/subscriptions/') && steps.length > 2;
    return this.sketch.add({
      id: `elsewhere ${caption} ${text}`,
      caption: isId ? `${(steps.at(-2) ?? '').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()}, exists` : caption,
      name: readable(isId ? (steps.at(-1) ?? '') : text),
      details: [],
      origin: 'found',
      isPlace: false,
    });
  }

  /** The box of the directory with service principals and groups. */
  public directory(): string {
    return this.sketch.add({
      id: 'directory',
      caption: 'directory',
      name: 'Microsoft Entra ID',
      details: [],
      origin: 'found',
      isPlace: true,
    });
  }

  /** The box of the resource group of a resource, by its name: of this stack, of another one, or an existing one. */
  public group(resource: Resource): string {
    const name = textAt(resource.attributes, 'resource_group_name') ?? '';
    const mentioned = isExpression(name) ? this.resourceIn(name, resource) : undefined;
    if (mentioned?.type === 'azurerm_resource_group') {
      return this.box(mentioned);
    }
    const groups = this.named('azurerm_resource_group', name).filter(({ mode }) => mode === 'resource');
    const own = groups.find(({ stack }) => stack === resource.stack) ?? (groups.length === 1 ? groups[0] : undefined);
    return own
      ? this.sketch.idOf(own)
      : this.sketch.add({
          id: `group ${resource.provider} ${name}`,
          caption: 'resource group, exists',
          name: readable(name),
          details: [],
          origin: 'found',
          isPlace: true,
        });
  }

  /** The resources and data sources with a type, in any version, and a name. */
  public named(type: string, name: string | undefined): readonly Resource[] {
    return this.byName.get(keyOf(type, name)) ?? [];
  }

  private groupIfNamed(resource: Resource): string | undefined {
    const isNamed = textAt(resource.attributes, 'resource_group_name') !== undefined;
    return isNamed ? this.group(resource) : undefined;
  }

  private inCluster(resource: Resource): string {
    return CLUSTER_WIDE.test(resource.type) ? this.cluster(resource) : this.namespace(resource);
  }

  /** The box of the stack, for resources without another place. */
  private stack({ stack }: Resource): string {
    return this.sketch.add({
      id: `stack ${stack}`,
      caption: 'stack',
      name: stack,
      details: [],
      origin: 'code',
      isPlace: true,
    });
  }

  /** The managed resource that a data source finds by its name. */
  private managed({ type, attributes }: Resource): Resource | undefined {
    const name = textAt(attributes, 'name');
    const group = textAt(attributes, 'resource_group_name');
    const same = this.named(type, name).filter(
      ({ mode, attributes: given }) => mode === 'resource' && textAt(given, 'resource_group_name') === group,
    );
    return name !== undefined && same.length === 1 ? same[0] : undefined;
  }

  /** The box of the cluster that a data source in the configuration of a provider finds. */
  private lookedUp({ stack, provider }: Resource): string | undefined {
    const found = this.sketch.stackOf(stack);
    const config = found?.providers.find(({ key }) => key === provider);
    const mentioned = referencesIn(JSON.stringify(config?.attributes ?? {}).replace(/\\"/g, "'"))
      .flatMap(({ address }) => found?.resources.get(address) ?? [])
      .find(({ type }) => /cluster/.test(type));
    return mentioned && this.box(mentioned);
  }

  private unknownCluster({ stack, provider }: Resource): string {
    return this.sketch.add({
      id: `cluster ${stack} ${provider}`,
      caption: 'Kubernetes cluster, exists',
      name: provider === 'kubernetes' ? 'of the provider' : provider,
      details: [],
      origin: 'found',
      isPlace: true,
    });
  }
}

function keyOf(type: string, name: string | undefined): string {
  return `${type} ${name ?? ''}`;
}

/** The namespace in the metadata of a Kubernetes object. */
export function namespaceOf({ attributes }: Resource): string {
  return (
    textAt(attributes, 'metadata.namespace') ??
    textAt(attributes, 'manifest.metadata.namespace') ??
    textAt(attributes, 'namespace') ??
    'default'
  );
}
