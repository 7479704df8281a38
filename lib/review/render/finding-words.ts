import { isOpen } from '../findings/findings';
import type { Finding, Findings, FindingRuleText, Review } from '../model';
import { present } from '../names/present';

/** The rules of findings by id. */
export type Rules = ReadonlyMap<string, FindingRuleText>;

export function rulesById({ findings }: Pick<Review, 'findings'>): Rules {
  return new Map(findings.rules.map((rule) => [rule.id, rule]));
}

/** The new findings that are not accepted. */
export function newFindings({ rows }: Findings): Finding[] {
  return rows.filter((row) => row.state === 'new' && isOpen(row));
}

/** The fix of a finding: a property of a construct, or an argument in Terraform. */
export function fixOf({ path }: Pick<Finding, 'path'>, { fix }: Pick<FindingRuleText, 'fix'>): string {
  return path === undefined || fix.typescript === undefined ? fix.terraform : fix.typescript;
}

/** The numbers of other findings as a text; empty if there are none. */
export function otherFindings({ counts, profile }: Findings): string {
  const parts = present(
    counts.old > 0 && `${counts.old} existing`,
    counts.fixed > 0 && `${counts.fixed} fixed`,
    counts.accepted > 0 && `${counts.accepted} accepted`,
  );
  const total = counts.old + counts.fixed + counts.accepted;
  return parts.length === 0 ? '' : `${parts.join(', ')} ${total === 1 ? 'finding' : 'findings'} (${profile} profile)`;
}
