import { version } from '../../../package.json';
import { fingerprintOf } from '../../terraform-json/digest';
import type { AccessRow, Change, ExposureRow, Location, Review, Trap } from '../model';
import { present } from '../names/present';
import { mayOf } from '../verdict/effects';
import { dangers, isOpening } from '../verdict/verdict';
import { toJson } from './json';
import { findingResults, findingRules } from './sarif-findings';
import { resultOf } from './sarif-parts';
import { RULES, type RuleId } from './sarif-rules';
import { lossOf, placeOf, remedyOf, SHIFTS } from './words';

/** The number of results above which code scanning rejects a file. */
const MOST_RESULTS = 25_000;

/** A statement of a review that becomes a result. */
interface Statement {
  readonly rule: RuleId;
  readonly stack: string;
  readonly address: string;
  /** The place of the resource, for readers. */
  readonly place: string;
  readonly sentences: readonly string[];
  readonly location: Location | undefined;
  /** Distinguishes statements of the same rule about the same resource; never a value or a line. */
  readonly subject: string;
}

/**
 * A review as SARIF 2.1.0, for code scanning: losses, failures, openings and findings.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function renderSarif(review: Review): string {
  const rules = Object.entries(RULES).map(([id, { level, short, full, help, tags }]) => ({
    id,
    shortDescription: { text: short },
    fullDescription: { text: full },
    help: { text: help },
    defaultConfiguration: { level },
    properties: { tags },
  }));
  const driver = { name: 'cdktf-review', semanticVersion: version, rules: [...rules, ...findingRules(review)] };
  const results = [...resultsOf(review), ...findingResults(review)].slice(0, MOST_RESULTS);
  const runs = [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }];
  // not indented: only programs read it, and it can be large
  return toJson({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs }, 0);
}

function resultsOf(review: Review) {
  const previous = new Map(review.changes.map(({ stack, address, from }) => [key(stack, address), from]));
  const times = new Map<string, number>();
  return statementsOf(review).map(({ rule, stack, address, place, sentences, location, subject }) => {
    const hash = fingerprintOf(rule, stack, previous.get(key(stack, address)) ?? address, subject);
    const time = (times.get(hash) ?? 0) + 1;
    times.set(hash, time);
    return {
      ...resultOf({ rule, level: RULES[rule].level, sentences, place, location }),
      // GitHub compares only this fingerprint: "hash:occurrence".
      partialFingerprints: { primaryLocationLineHash: `${hash}:${time}` },
      baselineState: 'new',
    };
  });
}

/** The statements, in the order of the other outputs: losses first. */
function statementsOf(review: Review): Statement[] {
  return [
    ...dangers(review).map(dangerOf),
    ...review.traps.map(failureOf),
    ...review.access.filter(isOpening).map(accessOf),
    ...review.exposure.filter(isOpening).map(exposureOf),
  ];
}

function dangerOf(change: Change): Statement {
  const { stack, address, name, causes, takes, remedies, location, unrelated } = change;
  const rule = ruleOf(change);
  const more = takes.length === 1 ? '1 more resource' : `${takes.length} more resources`;
  return {
    rule,
    stack,
    address,
    place: placeOf(change),
    subject: '',
    location,
    sentences: present(
      `${RULES[rule].verb}: ${name}`,
      ...causes.map(({ attribute, text }) => `${attribute} ${text}`),
      lossOf(change),
      takes.length > 0 && `With it: ${more}`,
      ...remedies.map(remedyOf),
      unrelated && 'Not caused by this change: it is in the plan anyway',
    ),
  };
}

function ruleOf(change: Change): RuleId {
  if (change.mayReplace) {
    return mayOf(change) === 'loses instances' ? 'resource-destroyed' : 'resource-may-be-replaced';
  }
  const rules: Readonly<Partial<Record<Change['action'], RuleId>>> = {
    destroy: 'resource-destroyed',
    forget: 'resource-left-behind',
    rename: 'resource-renamed',
  };
  return rules[change.action] ?? 'resource-replaced';
}

function failureOf({ stack, address, name, attribute, text, remedies, location }: Trap): Statement {
  return {
    rule: 'apply-fails',
    stack,
    address,
    place: placeOf({ stack, address }),
    subject: attribute,
    location,
    sentences: [`Fails when applied: ${name}`, `${attribute}: ${text}`, ...remedies.map(remedyOf)],
  };
}

function accessOf(row: AccessRow): Statement {
  const { stack, address, shift, who, principal, before, after, note, remedies, location } = row;
  return {
    rule: 'access-opened',
    stack,
    address,
    place: placeOf({ stack, address }),
    subject: principal,
    location,
    sentences: present(`Access is ${SHIFTS[shift]}: ${who}`, sides(before, after), note, ...remedies.map(remedyOf)),
  };
}

function exposureOf({ stack, address, shift, what, before, after, remedies, location }: ExposureRow): Statement {
  return {
    rule: 'reach-opened',
    stack,
    address,
    place: placeOf({ stack, address }),
    subject: what,
    location,
    sentences: present(`Reach is ${SHIFTS[shift]}: ${what}`, sides(before, after), ...remedies.map(remedyOf)),
  };
}

function sides(before = 'none', after = 'none'): string {
  return `${before} → ${after}`;
}

function key(stack: string, address: string): string {
  return JSON.stringify([stack, address]);
}
