import { type Violation, violation } from '../core/problems/violation';
import { isText } from '../core/values/known';
import { show } from '../core/values/shown';

/** The place of the resource group in an id, after the empty part before the first "/". */
const GROUP = 4;

/**
 * The problems of what exists, and if there are none, the one of a resource id that is of something else than the names
 * beside it: roles and pools would go to one thing, and what is looked up by name would come from another.
 *
 * @param problems What is wrong with the id and the names by themselves
 * @param id The property with the id, and its value
 * @param names The properties with the name and the resource group, and their values
 */
export function withIdAndName(
  problems: Violation[],
  [idProperty, id]: readonly [string, string | undefined],
  names: { readonly [property: string]: string },
): Violation[] {
  const parts = isText(id) ? id.split('/') : [];
  const other = Object.entries(names).flatMap(([property, value]) => {
    const found = property === 'resourceGroupName' ? parts[GROUP] : parts.at(-1);
    return found === undefined || !isText(value) || found.toLowerCase() === value.toLowerCase()
      ? []
      : [
          violation(
            'id-and-name',
            `'${property}' must be the one in '${idProperty}', ${show(found)}, got ${show(value)}: both are of one thing, so change ` +
              'one of them',
          ),
        ];
  });
  return problems.length > 0 ? problems : other.slice(0, 1);
}
