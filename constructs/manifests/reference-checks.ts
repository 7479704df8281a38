import { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { isText, itemsOf } from '../core/values/known';
import { show } from '../core/values/shown';
import { type Violation, violation, when } from '../core/problems/violation';
import { objectMetadata } from '../kubernetes/object-metadata';
import type { NamedObject } from './documents';
import { isFields } from './object-reader';
import { type Reference, referencesOf } from './references';

/**
 * The storage classes of AKS clusters, including those of older clusters and of the driver for blobs.
 *
 * @see https://learn.microsoft.com/azure/aks/concepts-storage#storage-classes
 */
const AKS_STORAGE_CLASS =
  /^(default|managed(-csi)?(-premium)?|azurefile(-csi)?(-premium)?|azureblob-(nfs|fuse)-premium)$/;

/** Objects that exist in every cluster. */
const THERE: { readonly [kind: string]: (name: string) => boolean } = {
  ServiceAccount: (name) => name === 'default',
  ConfigMap: (name) => name === 'kube-root-ca.crt',
  PriorityClass: (name) => name.startsWith('system-'),
  StorageClass: (name) => AKS_STORAGE_CLASS.test(name),
};

/** The kinds whose objects are not in a namespace. */
const OF_THE_CLUSTER = ['PriorityClass', 'StorageClass'];

/** The Kubernetes objects of a program, by whatever construct. */
class Objects {
  private readonly byName = new Map<string, TerraformResource>();
  /** Kinds with an object whose name only Terraform knows. */
  private readonly unknown = new Set<string>();

  constructor(root: IConstruct) {
    for (const one of root.node.findAll()) {
      if (TerraformResource.isTerraformResource(one) && one.terraformResourceType.startsWith('kubernetes_')) {
        this.add(one);
      }
    }
  }

  public find({ kind, name, namespace }: Reference, own: string): TerraformResource | 'unknown' | undefined {
    const place = OF_THE_CLUSTER.includes(kind) ? '' : (namespace ?? own);
    return this.byName.get(keyOf(bare(kind), place, name)) ?? (this.unknown.has(bare(kind)) ? 'unknown' : undefined);
  }

  private add(resource: TerraformResource): void {
    const { name, namespace = 'default' } = objectMetadata(resource);
    const { manifestInput } = resource as { readonly manifestInput?: { readonly kind?: string } };
    const kind = bare(manifestInput?.kind ?? resource.terraformResourceType);
    if (!isText(name) || !isText(namespace)) {
      this.unknown.add(kind);
    } else {
      const isOfCluster = OF_THE_CLUSTER.map(bare).includes(kind);
      this.byName.set(keyOf(kind, isOfCluster ? '' : namespace, name), resource);
    }
  }
}

/** The warnings for references to objects that the program does not have. */
export function referenceWarnings(scope: IConstruct, objects: readonly NamedObject[]): Violation[] {
  const known = new Objects(scope.node.root);
  return objects.flatMap(({ kind, namespace = 'default', fields, place }) =>
    place.locatedAll(
      referencesOf(kind.kind, fields).flatMap((one) => {
        const found = known.find(one, namespace);
        if (THERE[one.kind]?.(one.name) === true || found === 'unknown') {
          return [];
        }
        return found === undefined ? [absent(one, namespace)] : keyWarnings(one, found);
      }),
    ),
  );
}

function absent({ property, kind, name, namespace, otherwise }: Reference, own: string): Violation {
  const where = OF_THE_CLUSTER.includes(kind) ? '' : ` in the namespace ${show(namespace ?? own)}`;
  return violation(
    'referenced-object-there',
    `'${property}' is ${show(name)}, and the program has no ${kind} of that name${where}: unless it is created elsewhere, ${otherwise}`,
  );
}

/** The warning for a missing key of a ConfigMap or port of a Service that exists. */
function keyWarnings({ property, kind, name, key, otherwise }: Reference, found: TerraformResource): Violation[] {
  const keys = KEYS[kind]?.(found);
  if (key === undefined || keys === undefined) {
    return [];
  }
  return when(
    !keys.includes(key),
    'referenced-key-there',
    () =>
      `'${property}' is ${show(name)}, a ${kind} that has no ${kind === 'Service' ? 'port' : 'key'} ${show(key)} ` +
      `(${keys.join(', ') || 'it has none'}): ${otherwise}`,
  );
}

/** The keys or ports that objects can be referred to by, by kind; undefined if they are not known. */
const KEYS: { readonly [kind: string]: (resource: TerraformResource) => readonly string[] | undefined } = {
  ConfigMap: keysOf,
  Service: portsOf,
};

function keysOf(resource: TerraformResource): string[] | undefined {
  const { dataInput, binaryDataInput } = resource as {
    readonly dataInput?: unknown;
    readonly binaryDataInput?: unknown;
  };
  const isKnownMap = (map: unknown): boolean => map === undefined || isFields(map);
  return isKnownMap(dataInput) && isKnownMap(binaryDataInput)
    ? [dataInput, binaryDataInput].flatMap((map) => Object.keys(isFields(map) ? map : {}))
    : undefined;
}

function portsOf(resource: TerraformResource): string[] | undefined {
  const { specInput } = resource as {
    readonly specInput?: {
      readonly type?: string;
      readonly port?: { readonly name?: string; readonly port: number }[];
    };
  };
  const ports = itemsOf(specInput?.port).flatMap(({ name, port }) => [name, String(port)]);
  return specInput?.type === 'ExternalName' || !ports.every((one) => one === undefined || isText(one))
    ? undefined
    : ports.filter((one): one is string => one !== undefined);
}

/** A kind in lower case, whether it is given as a kind or as the type of a resource of any version. */
function bare(kind: string): string {
  return kind
    .replace(/^kubernetes_/, '')
    .replace(/_v\d\w*$/, '')
    .replace(/_/g, '')
    .toLowerCase();
}

function keyOf(kind: string, place: string, name: string): string {
  return JSON.stringify([kind, place, name]);
}
