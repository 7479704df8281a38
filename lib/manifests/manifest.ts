import { type Kind, kindOf } from './kinds';
import { Placeholders } from './placeholders';
import { reshaped } from './reshape';
import { hiddenValues, secretMaps, withoutSecretValues } from './secrets';
import { type JsonObject } from '../terraform-json/json';
import { block, resourcesOf, type TerraformResource } from '../terraform-json/resources';
import { Translator } from './translate';

/** A Kubernetes object. */
export interface KubernetesObject extends Kind {
  readonly [field: string]: unknown;
}

/** Terraform JSON: what CDKTF synthesized, or the content of any *.tf.json. */
export interface SynthesizedJson {
  readonly [section: string]: unknown;
}

/** The Kubernetes object of a Terraform resource. */
export interface Manifest {
  /** The address of the resource, such as "kubernetes_service_v1.front". */
  readonly address: string;
  /** Remarks on what the object does not express. */
  readonly notes: readonly string[];
  /** Undefined if the resource has no manifest; the notes say why. */
  readonly object?: KubernetesObject;
}

/** The arguments that only Terraform and the provider read, besides those that start with "wait". */
const TERRAFORM_ONLY = new Set([
  ...['connection', 'count', 'depends_on', 'for_each', 'lifecycle', 'provider', 'provisioner'],
  ...['auto_approve', 'id', 'target_state', 'timeouts'],
]);

/**
 * The Kubernetes objects that Terraform JSON describes, in the JSON's order.
 *
 * @param json What CDKTF synthesized, or the content of any *.tf.json
 */
export function manifestsOf(json: SynthesizedJson): Manifest[] {
  const parsed = json as JsonObject;
  const placeholders = new Placeholders(parsed);
  return objectsIn(parsed).map((resource) => manifestOf(resource, placeholders));
}

/** Finds the Kubernetes object of a resource by its address, and translates only that one. */
export function manifestFinder(json: JsonObject): (address: string) => Manifest | undefined {
  const placeholders = new Placeholders(json);
  const resources = new Map(objectsIn(json).map((resource) => [resource.address, resource]));
  return (address) => {
    const resource = resources.get(address);
    return resource && manifestOf(resource, placeholders);
  };
}

function objectsIn(json: JsonObject): TerraformResource[] {
  return resourcesOf(json).filter(({ type }) => type.startsWith('kubernetes_'));
}

function manifestOf(resource: TerraformResource, placeholders: Placeholders): Manifest {
  const { address, type, attributes } = resource;
  const translator = new Translator(placeholders);
  const object = type === 'kubernetes_manifest' ? raw(attributes, placeholders) : typed(type, attributes, translator);
  if (typeof object === 'string') {
    return { address, notes: [object] };
  }
  const notes = [...resourceNotes(attributes), ...translator.notes, ...objectNotes(object)];
  return { address, notes, object };
}

/** The object of a typed resource, or the reason why there is none. */
function typed(type: string, attributes: JsonObject, translator: Translator): KubernetesObject | string {
  const found = kindOf(type);
  if (typeof found === 'string') {
    return found;
  }
  const own = Object.fromEntries(
    Object.entries(attributes).filter(([name]) => !TERRAFORM_ONLY.has(name) && !name.startsWith('wait')),
  );
  const { apiVersion, kind, fields } = reshaped(type, found, own);
  const { metadata, ...rest } = translator.object(fields, [kind]);
  const values = kind === 'Secret' ? { stringData: hiddenValues(secretMaps(own), translator.placeholders) } : {};
  const named = kind === 'Job' ? generatedWhereComputed(metadata) : metadata;
  return { apiVersion, kind, metadata: named, ...rest, ...values };
}

/** Nothing refers to a Job by its name: if only Terraform computes the end of the name, Kubernetes may generate it. */
function generatedWhereComputed(metadata: unknown): unknown {
  const { name, ...others } = block(metadata);
  const [, generateName] = /^([a-z0-9][a-z0-9.-]*-)<.*>$/s.exec(String(name)) ?? [];
  return generateName === undefined ? metadata : { generateName, ...others };
}

/** The object of a `kubernetes_manifest`, which has the fields of Kubernetes, or the reason why there is none. */
function raw(attributes: JsonObject, placeholders: Placeholders): KubernetesObject | string {
  const object = withoutSecretValues(attributes.manifest, placeholders);
  const { apiVersion, kind } = block(object);
  return typeof apiVersion === 'string' && typeof kind === 'string'
    ? (placeholders.inAll(object) as KubernetesObject)
    : 'only Terraform can compute its manifest';
}

function resourceNotes(attributes: JsonObject): string[] {
  const { count, for_each: over, provider } = attributes;
  const loops = [count, over].some((one) => one !== undefined);
  const notes = loops ? ['Terraform creates it in a loop; it is listed once'] : [];
  return provider === undefined ? notes : [...notes, `for the cluster of the provider ${String(provider)}`];
}

function objectNotes({ kind, metadata }: KubernetesObject): string[] {
  const notes = kind === 'Secret' ? ['the values of a Secret are not shown: fill them in'] : [];
  return block(metadata).generateName === undefined
    ? notes
    : [...notes, 'for "kubectl create": "apply" does not support generated names'];
}
