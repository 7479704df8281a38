import { by, compare, sortedBy } from '../../terraform-json/json';
import type { Pair } from '../match/pair';
import { isSettledPair, type IsSettled } from '../match/settled';
import { labelOf } from '../names/label';
import type { AcceptedFinding, Finding, Findings, Undecided } from '../model';
import type { Resource, Stack } from '../read/program';
import { acceptancesIn, type Acceptance } from './acceptance';
import { Accepted } from './accepted';
import { Asked, type Questions } from './asked';
import { appliesIn, equivalentsOf, findingRule, rulesOf } from './catalog';
import { Fingerprints } from './fingerprints';
import { Judges, type Failure, type Failures } from './judge';
import { SEVERITIES, type Profile } from './severity';
import { Surroundings } from './surroundings';

/** Options for the findings. */
export interface FindingOptions {
  /**
   * The rules that apply.
   *
   * @default 'baseline'
   */
  readonly profile?: Profile;
  /**
   * The current day as YYYY-MM-DD. Acceptances with an earlier last day have expired.
   *
   * @default - acceptances do not expire; the review says how many have a last day
   */
  readonly today?: string;
  /**
   * The acceptances in a file, in addition to those in the code.
   *
   * @default - only those in the code
   */
  readonly accepted?: readonly Acceptance[];
}

/** Two versions of a stack with their pairs of resources. */
interface StackSides {
  readonly base: Stack;
  readonly head: Stack;
  readonly pairs: readonly Pair[];
  readonly isSettled: IsSettled;
  readonly isGone: boolean;
}

/** The rules of each profile, which are the same in every review. */
const JUDGES: Readonly<Record<Profile, Judges>> = {
  baseline: new Judges(rulesOf('baseline')),
  strict: new Judges(rulesOf('strict')),
};

/** The findings of all stacks, compared with those before the change. */
export function findingsOf(stacks: readonly StackSides[], options: FindingOptions): Findings {
  const { profile = 'baseline', today } = options;
  const search = new Search(JUDGES[profile], new Accepted(options.accepted ?? []), today);
  // removing a stack from the program does not fix its findings.
  stacks.filter(({ isGone }) => !isGone).forEach((sides) => search.compare(sides));
  const rows = sortedBy(search.rows, ...ORDER);
  return {
    profile,
    ...(today !== undefined && { today }),
    counts: countsOf(rows),
    rows,
    undecided: search.undecided,
    remarks: search.remarks(profile),
    rules: [...new Set(rows.map(({ rule }) => rule))].sort(compare).map(ruleText),
  };
}

/** The numbers of findings by state, and of accepted ones. */
function countsOf(rows: readonly Finding[]): Findings['counts'] {
  const counts = { new: 0, old: 0, fixed: 0, accepted: 0 };
  for (const row of rows) {
    counts[row.state === 'fixed' || isOpen(row) ? row.state : 'accepted']++;
  }
  return counts;
}

/** Whether a finding is not accepted, or its acceptance has expired. */
export function isOpen({ accepted }: { readonly accepted?: AcceptedFinding | undefined }): boolean {
  return accepted === undefined || accepted.expired === true;
}

function ruleText(id: string): Findings['rules'][number] {
  const rule = findingRule(id);
  const { title, reason, fix, severity, profile, source } = rule;
  return { id, title, reason, fix, severity, profile, equivalents: equivalentsOf(rule), source };
}

const STATES: readonly Finding['state'][] = ['new', 'old', 'fixed'];
const ORDER: readonly ((row: Finding) => string)[] = [
  (row) => `${STATES.indexOf(row.state)} ${isOpen(row) ? 0 : 1} ${SEVERITIES.indexOf(row.severity)}`,
  ({ stack }) => stack,
  ({ address }) => address,
  ({ rule }) => rule,
  ({ part }) => part ?? '',
];

/** Collects the findings of stacks. */
class Search {
  public readonly rows: Finding[] = [];
  private readonly refused = new Set<string>();
  private readonly open = new Map<string, { readonly resources: Set<string>; added: number }>();

  public constructor(
    private readonly judges: Judges,
    private readonly file: Accepted,
    private readonly today: string | undefined,
  ) {}

  public compare({ base, head, pairs, isSettled }: StackSides): void {
    const [before, after] = [new Surroundings(base), new Surroundings(head)];
    const prints = new Fingerprints(base, head);
    for (const pair of pairs) {
      const asked = new Asked(after);
      const news = this.failuresOf(pair.head, asked);
      const isSame = isSettledPair(pair, isSettled) && asked.isSameIn(before);
      const olds = isSame ? news : this.failuresOf(pair.base, before);
      if (olds.size + news.size > 0 && !isForgotten(pair, head)) {
        this.add(pair, olds, news, prints.of(pair));
      }
    }
  }

  public get undecided(): Undecided[] {
    return [...this.open]
      .map(([rule, { resources, added }]) => ({ rule, resources: [...resources].sort(compare), added }))
      .sort(by(({ rule }) => rule));
  }

  /** The remarks about acceptances, as sentences. */
  public remarks(profile: Profile): string[] {
    const limited = this.rows.filter(({ state, accepted }) => accepted?.until !== undefined && state !== 'fixed');
    const expired = limited.filter(({ accepted }) => accepted?.expired === true);
    return [
      ...[...this.refused].sort(compare),
      ...expired.map(
        ({ rule, name, stack, address, accepted }) =>
          `${rule} of ${name} (${stack}/${address}) was accepted until ${accepted?.until}, and counts again`,
      ),
      ...(this.today === undefined && limited.length > 0
        ? [`${limited.length} accepted until some day, which is not looked at without --today`]
        : []),
      ...this.file
        .unused((rule) => appliesIn(profile, rule))
        .map(
          ({ rule, resource }) => `${rule} is accepted${resource ? ` for ${resource}` : ''}, where it finds nothing`,
        ),
    ];
  }

  private failuresOf(resource: Resource | undefined, surroundings: Questions): Failures {
    return resource?.mode === 'resource' ? this.judges.failuresOf(resource, surroundings) : NONE;
  }

  private add(pair: Pair, olds: Failures, news: Failures, fingerprint: (failure: Failure) => string): void {
    const resource = (pair.head ?? pair.base) as Resource;
    const { stack, address, path, location } = resource;
    const place = {
      name: labelOf(resource),
      stack,
      address,
      ...(path !== undefined && { path }),
      ...(location && { location }),
    };
    const acceptedBefore = pair.base && this.acceptances(pair.base);
    const acceptedAfter = pair.head && this.acceptances(pair.head);
    for (const key of new Set([...news.keys(), ...olds.keys()])) {
      const [old, now] = [olds.get(key), news.get(key)];
      const failure = (now ?? old) as Failure;
      const { id, severity } = failure.rule;
      if (now?.isKnown === false) {
        this.leaveOpen(id, `${stack}/${address}`, old?.isKnown !== false);
        continue;
      }
      if (now === undefined && old?.isKnown === false) {
        continue;
      }
      const accepted = (now ? acceptedAfter : acceptedBefore)?.(id);
      // a finding whose acceptance ends is new.
      const isOld = old?.isKnown === true && (isOpen({ accepted: acceptedBefore?.(id) }) || !isOpen({ accepted }));
      const present = isOld ? 'old' : 'new';
      const state = now === undefined ? 'fixed' : present;
      this.rows.push({
        rule: id,
        severity,
        state,
        ...place,
        fingerprint: fingerprint(failure),
        ...(failure.part !== undefined && { part: failure.part }),
        ...(accepted && { accepted }),
      });
    }
  }

  private leaveOpen(rule: string, resource: string, isAdded: boolean): void {
    const known = this.open.get(rule) ?? { resources: new Set<string>(), added: 0 };
    this.open.set(rule, known);
    known.added += isAdded && !known.resources.has(resource) ? 1 : 0;
    known.resources.add(resource);
  }

  /** A function that finds the acceptance of a rule for a resource. */
  private acceptances(resource: Resource): (rule: string) => AcceptedFinding | undefined {
    const { byRule, refused } = acceptancesIn(resource);
    refused.forEach((refusal) =>
      this.refused.add(`${resource.stack}/${resource.address}: ${refusal}, so it is not accepted`),
    );
    const counts = (acceptance: Acceptance) => !this.isExpired(acceptance);
    return (rule) => {
      const inCode = byRule.get(rule);
      if (inCode !== undefined && counts(inCode)) {
        return this.acceptedBy(inCode, 'code');
      }
      // a valid acceptance takes precedence over an expired one
      const inFile = this.file.of(rule, resource, counts);
      return inCode !== undefined && (inFile === undefined || !counts(inFile))
        ? this.acceptedBy(inCode, 'code')
        : inFile && this.acceptedBy(inFile, 'file');
    };
  }

  private isExpired({ until }: Acceptance): boolean {
    return until !== undefined && this.today !== undefined && until < this.today;
  }

  private acceptedBy(acceptance: Acceptance, where: AcceptedFinding['where']): AcceptedFinding {
    const { reason, until } = acceptance;
    return {
      reason,
      ...(until !== undefined && { until }),
      where,
      ...(this.isExpired(acceptance) && { expired: true }),
    };
  }
}

const NONE: Failures = new Map();

/** Whether a resource is removed from the state but stays deployed. */
function isForgotten({ base, head }: Pair, stack: Stack): boolean {
  return head === undefined && base !== undefined && stack.forgotten.has(base.address);
}
