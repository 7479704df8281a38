import type { AcceptedFinding, Finding, FindingRuleText, Review } from '../model';
import { present } from '../names/present';
import { fixOf, rulesById } from './finding-words';
import { resultOf } from './sarif-parts';
import { placeOf } from './words';

/** The SARIF level of each severity, and the security severity of code scanning. */
const LEVELS: Readonly<Record<Finding['severity'], { readonly level: string; readonly score?: string }>> = {
  critical: { level: 'error', score: '9.5' },
  high: { level: 'error', score: '8.0' },
  medium: { level: 'warning' },
  low: { level: 'note' },
};

const STATES: Readonly<Record<Finding['state'], string>> = { new: 'new', old: 'unchanged', fixed: 'absent' };

/** The rules of the findings of a review, with their fixes and equivalents. */
export function findingRules({ findings }: Review) {
  return findings.rules.map(({ id, title, reason, fix, severity, profile, equivalents, source }) => {
    const { level, score } = LEVELS[severity];
    return {
      id,
      shortDescription: { text: title.slice(0, 1).toUpperCase() + title.slice(1) },
      fullDescription: { text: reason },
      helpUri: source,
      help: { text: present(reason, fix.typescript, fix.terraform).join('\n') },
      defaultConfiguration: { level },
      properties: {
        tags: present(score && 'security', `profile ${profile}`, ...equivalents),
        ...(score !== undefined && { 'security-severity': score }),
      },
    };
  });
}

/**
 * The findings of a review as results: new, unchanged, and absent since the change. Each result is created when it is
 * serialized, since all of them together take as much memory as the review.
 */
export function findingResults(review: Review) {
  const rules = rulesById(review);
  const times = new Map<string, number>();
  return review.findings.rows.map((row) => {
    const time = (times.get(row.fingerprint) ?? 0) + 1;
    times.set(row.fingerprint, time);
    return { toJSON: () => findingResult(row, time, rules.get(row.rule)) };
  });
}

/** A finding as a result; `time` distinguishes findings with the same fingerprint. */
function findingResult(row: Finding, time: number, rule: FindingRuleText | undefined) {
  return {
    ...resultOf({
      rule: row.rule,
      level: row.state === 'fixed' ? 'none' : LEVELS[row.severity].level,
      sentences: sentencesOf(row, rule),
      place: placeOf(row),
      location: row.location,
    }),
    ...(row.state === 'fixed' && { kind: 'pass' }),
    partialFingerprints: { primaryLocationLineHash: `${row.fingerprint}:${time}` },
    baselineState: STATES[row.state],
    ...(row.accepted && { suppressions: [suppressionOf(row.accepted)] }),
  };
}

function sentencesOf(row: Finding, rule: FindingRuleText | undefined): string[] {
  const what = present(row.name, row.part, rule?.title).join(' ');
  // the rule has the reason
  return present(what, rule && `To do: ${fixOf(row, rule)}`);
}

/** A suppression; an expired acceptance is a rejected one. */
function suppressionOf({ reason, where, expired }: AcceptedFinding) {
  return {
    kind: where === 'code' ? 'inSource' : 'external',
    status: expired === true ? 'rejected' : 'accepted',
    justification: reason,
  };
}
