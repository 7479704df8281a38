import type { Findings } from '../model';

/** The largest number of rules that are named. */
const MOST = 8;

/** A sentence with the rules that the change leaves undecided; none if there are no such rules. */
export function undecidedIn({ undecided }: Pick<Findings, 'undecided'>): string[] {
  const added = undecided.filter((one) => one.added > 0);
  const names = added.slice(0, MOST).map((one) => (one.added > 1 ? `${one.rule} (${one.added} times)` : one.rule));
  const more = added.length > names.length ? ` and ${added.length - names.length} more` : '';
  return names.length === 0
    ? []
    : [`Only Terraform knows the values that decide whether these rules hold: ${names.join(', ')}${more}.`];
}
