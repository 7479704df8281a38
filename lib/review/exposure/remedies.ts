import { propertyOf, waysBack } from '../compare/undo';
import type { Pair } from '../match/pair';
import type { Remedy } from '../model';
import type { EntryPoint } from './entry-point';

/** The remedies that close or restrict an entry point, the simplest first. */
export function remediesOf(pair: Pair, now: EntryPoint | undefined, old: EntryPoint | undefined): Remedy[] {
  const { head } = pair;
  const isOpen = now?.reach === 'internet' && !now.isDenial;
  const less =
    head === undefined || now?.limit === undefined || !isOpen
      ? []
      : [{ text: now.limit.text, code: propertyOf(head, now.limit.argument) }];
  return waysBack(pair, (now ?? old)?.by, less);
}
