import { own } from '../../terraform-json/json';
import SETS from './sets.json';

/** Whether the order of a list matters to its provider; undefined if that is not known. */
export type Order = (path: string) => boolean | undefined;

/**
 * The order in the lists of a type of resource, by the schema of its provider: the list of containers has one, and the
 * set of zones has none. `npm run sets` writes the sets.
 */
export function orderIn(type: string): Order {
  const sets = own<string>(SETS, type)?.split(' ');
  return (path) => (sets === undefined ? undefined : !sets.includes(path));
}
