import { own } from '../../terraform-json/json';
import SETS from './sets.json';

/** Whether the order of a list matters to its provider; undefined if unknown. */
export type Order = (path: string) => boolean | undefined;

/**
 * Whether the order matters in the lists of a resource type, by the schema of its provider: it does for containers, and
 * does not for zones, which are a set. `npm run sets` writes the sets.
 */
export function orderIn(type: string): Order {
  const sets = own<string>(SETS, type)?.split(' ');
  return (path) => (sets === undefined ? undefined : !sets.includes(path));
}
