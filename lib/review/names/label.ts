import { dottedPath, isExpression } from '../../terraform-json/expression';
import { mapStrings, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import { onlyReference, type Reference } from '../../terraform-json/references';
import { templateParts } from '../../terraform-json/templates';
import { roleIn } from '../knowledge/roles';
import type { Resource, Stack } from '../read/program';
import { captionOf, givenNameOf, nameOf, readable } from './names';

/** Finds a resource by its address. */
type Find = (address: string) => Resource | undefined;

/** A stack whose resources have labels for readers. */
export function labelled(stack: Stack): Stack {
  const find: Find = (address) => stack.resources.get(address);
  const resources = [...stack.resources].map(([address, resource]): [string, Resource] => [
    address,
    resource.label === undefined ? { ...resource, label: describe(resource, find, DEPTH) } : resource,
  ]);
  return { ...stack, resources: new Map(resources) };
}

/** The label of a resource, such as "cluster jm-inn-aks". */
export function labelOf(resource: Resource): string {
  return resource.label ?? `${captionOf(resource)} ${nameOf(resource)}`;
}

/** The attributes that stand for the resource itself. */
const ITSELF = ['', 'id', 'object_id', 'principal_id', 'client_id', 'application_id', 'resource_id'];

/** Whether an attribute stands for the resource itself. */
export function isItself(attribute: string): boolean {
  return ITSELF.includes(attribute);
}

/** The data sources of the deploying identity, which has no name in the code. */
const DEPLOYERS = ['azurerm_client_config', 'azuread_client_config'];

/** The label of what a reference stands for, such as "identity of cluster jm-inn-aks"; undefined if unknown. */
export function labelOfReference(reference: Reference, find: Find): string | undefined {
  const resource = find(reference.address);
  if (resource === undefined) {
    return undefined;
  }
  if (DEPLOYERS.includes(resource.type)) {
    return 'the deploying identity';
  }
  const [instance] = reference.path;
  const isInstance = 'for_each' in resource.meta && typeof instance === 'string' && instance !== '*';
  const label = isInstance ? `${labelOf(resource)} ${instance}` : labelOf(resource);
  const path = isInstance ? reference.path.slice(1) : reference.path;
  const part = dottedPath({ ...reference, path: path.filter((step) => step !== '*') });
  if (isItself(part)) {
    return label;
  }
  const [identity] = /\w*identity(?=\.\w+$)/.exec(part) ?? [];
  return `${identity?.replaceAll('_', ' ') ?? part} of ${label}`;
}

/** A text with the labels of what its references stand for. */
export function labelOfText(text: string, find: Find): string {
  return mapReferences(text, (reference) => labelOfReference(reference, find));
}

/** A value for readers: references to resources are replaced by labels in angle brackets. */
export function withLabels<T extends Json | undefined>(value: T, find: Find): T {
  const label = (text: string) =>
    mapReferences(text, (reference) => {
      const resource = find(reference.address);
      return resource && `<${dottedPath(reference) || 'all'} of ${labelOf(resource)}>`;
    });
  return value === undefined ? value : (mapStrings(value, label) as T);
}

/** Replaces the templates in a text that are just a reference; undefined keeps the template. */
function mapReferences(text: string, map: (reference: Reference) => string | undefined): string {
  if (!isExpression(text)) {
    return text;
  }
  return templateParts(text)
    .map(({ text: part }) => {
      const reference = onlyReference(part);
      return (reference && map(reference)) ?? part;
    })
    .join('');
}

/** How many levels of other resources a label names. */
const DEPTH = 2;

/** The description of a resource: its kind and its name, or the resources that it relates. */
function describe(resource: Resource, findAny: Find, depth: number): string {
  const { type, attributes } = resource;
  const caption = captionOf(resource);
  const find: Find = (address) => {
    const found = depth === 0 ? undefined : findAny(address);
    return found && { ...found, label: describe(found, findAny, depth - 1) };
  };
  if (type === 'azurerm_role_assignment') {
    const [who, on] = ['principal_id', 'scope'].map((path) =>
      readable(labelOfText(textAt(attributes, path) ?? 'somebody', find)),
    );
    return `role ${roleName(attributes)} of ${who} on ${on}`;
  }
  const name = givenNameOf(resource);
  if (name !== undefined) {
    return `${caption} ${namespaceIn(attributes)}${nameOf(resource)}`;
  }
  const related = relatedTo(attributes, find);
  const [first] = related;
  if (type === 'azuread_service_principal' && first !== undefined) {
    return `${caption} ${nameOf(first)}`; // it has the name of its application
  }
  const labels = (type.endsWith('_association') ? related : related.slice(0, 1)).map(labelOf);
  return labels.length > 0 ? `${caption} of ${labels.join(' and ')}` : `${caption} ${nameOf(resource)}`;
}

/** The namespace as a prefix of a name, unless it is the default one. */
function namespaceIn(attributes: JsonObject): string {
  const name = textAt(attributes, 'metadata.namespace') ?? textAt(attributes, 'manifest.metadata.namespace');
  return name === undefined || name === 'default' || isExpression(name) ? '' : `${name}/`;
}

/** The resources that the arguments of a resource refer to by id. */
function relatedTo(attributes: JsonObject, find: Find): Resource[] {
  const found = new Map<string, Resource>();
  for (const [name, value] of Object.entries(attributes)) {
    const reference = name.endsWith('_id') && typeof value === 'string' ? onlyReference(value) : undefined;
    const resource = reference && find(reference.address);
    if (resource !== undefined) {
      found.set(resource.address, resource);
    }
  }
  return [...found.values()];
}

function roleName(attributes: JsonObject): string {
  return readable(roleIn(attributes) ?? '') || 'of its own';
}
