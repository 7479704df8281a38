import { at, isObject, own, textAt } from '../../terraform-json/json';
import { OWN_RESOURCES, type OwnResource } from '../knowledge/own-properties';
import type { Resource } from '../read/program';

/** The property of a construct of cdktf-aks that an argument of its resource comes from. */
export interface OwnProperty {
  readonly property: string;
  /** Whether the argument has the value of the property, instead of one derived from it. */
  readonly isGiven: boolean;
}

/**
 * The property that sets an argument, if a construct of this library creates the resource.
 *
 * @param attribute The argument as the review shows it, with the keys of list items in brackets
 */
export function ownProperty(resource: Resource, attribute: string): OwnProperty | undefined {
  const known = ownResource(resource);
  if (known === undefined || isOfAnotherContainer(resource, attribute)) {
    return undefined;
  }
  const argument = argumentPath(attribute);
  return isOverridden(resource, known, argument) ? undefined : propertyFor(known, argument);
}

function propertyFor(known: OwnResource, argument: string): OwnProperty | undefined {
  return entryOf(known, argument) ?? above(known, argument) ?? below(known, argument);
}

/**
 * Whether an argument differs from the property that sets it, for a property that sets several arguments: the DNS prefix
 * of a cluster is its name, unless it is overridden. The argument with the shortest name has the value of the property.
 */
function isOverridden({ attributes }: Resource, { given }: OwnResource, argument: string): boolean {
  const property = own(given, argument);
  const [first = argument] = Object.keys(given)
    .filter((one) => property !== undefined && given[one] === property)
    .sort((one, other) => one.length - other.length);
  return first !== argument && textAt(attributes, first) !== textAt(attributes, argument);
}

/**
 * The entry of the table for a resource of this library: the primary resource of a construct, or an object with its
 * label.
 */
function ownResource({ type, path = '', attributes }: Resource): OwnResource | undefined {
  const id = path.slice(path.lastIndexOf('/') + 1);
  const labels = ['metadata.labels', 'manifest.metadata.labels'].map((place) => at(attributes, place)).find(isObject);
  const isOurs = id === 'Resource' || own(labels ?? {}, 'app.kubernetes.io/managed-by') === 'terraform';
  return isOurs ? own(OWN_RESOURCES, `${type} ${id}`) : undefined;
}

/** Whether an argument is of another container than the first one, which has the name of its workload. */
function isOfAnotherContainer({ attributes }: Resource, attribute: string): boolean {
  const [, name] = /(?:^|\.)container\[([^\]]*)\]/.exec(attribute) ?? [];
  return name !== undefined && name !== textAt(attributes, 'metadata.labels.app');
}

/** A path as in the table: without keys of list items, and with keys of maps. */
function argumentPath(attribute: string): string {
  return attribute.replace(/\["((?:[^"\\]|\\.)*)"\]/g, '.$1').replace(/\[[^\]]*\]/g, '');
}

function entryOf({ given, derived }: OwnResource, argument: string): OwnProperty | undefined {
  const direct = own(given, argument);
  if (direct !== undefined) {
    return { property: direct, isGiven: true };
  }
  const indirect = own(derived, argument);
  return indirect === undefined ? undefined : { property: indirect, isGiven: false };
}

/** The property for an entry of a map or a list, if a property sets all of it. */
function above(known: OwnResource, argument: string): OwnProperty | undefined {
  for (let end = argument.lastIndexOf('.'); end > 0; end = argument.lastIndexOf('.', end - 1)) {
    const found = entryOf(known, argument.slice(0, end));
    if (found !== undefined) {
      return found.isGiven ? { ...found, property: `${found.property}${argument.slice(end)}` } : found;
    }
  }
  return undefined;
}

/** The property that all arguments in a block come from. */
function below({ given, derived }: OwnResource, argument: string): OwnProperty | undefined {
  const inside = [given, derived].flatMap((table) =>
    Object.entries(table)
      .filter(([name]) => name.startsWith(`${argument}.`))
      .map(([, property]) => property.split('.')),
  );
  const [first = [], ...others] = inside;
  const common = first.filter((_, index) =>
    others.every((one) => one.slice(0, index + 1).join('.') === first.slice(0, index + 1).join('.')),
  );
  return common.length === 0 ? undefined : { property: common.join('.'), isGiven: false };
}
