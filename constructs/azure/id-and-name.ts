import type { IConstruct } from 'constructs';
import { reportWarnings } from '../core/problems/report';
import { violation } from '../core/problems/violation';
import { isText } from '../core/values/known';
import { show } from '../core/values/shown';

/**
 * The number of parts of the shortest id, including the empty one before the first "/", and the index of the resource
 * group.
 */
const PARTS = 9;
const GROUP = 4;

/**
 * Warns of a resource id that refers to a different resource than the names given with it: some calls would use one
 * resource, and others the other.
 *
 * @param id The property that contains the id, and its value
 * @param names The properties that contain the name and the resource group, and their values
 */
export function warnOfOtherName(
  scope: IConstruct,
  [idProperty, id]: readonly [string, string | undefined],
  names: { readonly [property: string]: string },
): void {
  const parts = isText(id) ? id.split('/') : [];
  if (parts.length < PARTS) {
    // an id of another form is reported itself
    return;
  }
  const partOf = (property: string): string => (property === 'resourceGroupName' ? parts[GROUP] : parts.at(-1)) ?? '';
  const other = Object.entries(names).find(([property, value]) => areDifferent(value, partOf(property)));
  if (other === undefined) {
    return;
  }
  const [property, value] = other;
  reportWarnings(scope, [
    violation(
      'id-and-name',
      `'${property}' is ${show(value)}, and in '${idProperty}' it is ${show(partOf(property))}: both must refer to the same resource. Change one of them`,
    ),
  ]);
}

/** Whether a name differs from that in an id, if both are known. */
function areDifferent(name: string, found: string): boolean {
  return found !== '' && isText(name) && found.toLowerCase() !== name.toLowerCase();
}
