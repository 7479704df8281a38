import type { Location } from '../model';
import { visible } from './escape';
import { shorten } from './words';

/** The file of a finding without a known line: code scanning rejects results without a file. */
const PROGRAM = 'cdktf.json';

/** The highest line number that readers of SARIF accept. */
const LAST_LINE = 2 ** 31 - 1;

/** The properties that all results have. */
export interface ResultProps {
  readonly rule: string;
  readonly level: string;
  readonly sentences: readonly string[];
  /** The place of the resource, for readers. */
  readonly place: string;
  readonly location: Location | undefined;
}

/** The parts that all results have. */
export function resultOf({ rule, level, sentences, place, location }: ResultProps) {
  return {
    ruleId: rule,
    level,
    message: { text: shorten(sentences.map(plain).join('. '), 1000) },
    locations: [
      {
        physicalLocation: physical(location),
        logicalLocations: [{ fullyQualifiedName: visible(place), kind: 'resource' }],
      },
    ],
  };
}

/** The file and the line of a finding; a path out of the repository is ignored. */
function physical(location: Location | undefined) {
  const parts = location?.file.split('/') ?? [];
  if (location === undefined || parts.some((part) => ['', '.', '..'].includes(part))) {
    return { artifactLocation: { uri: PROGRAM }, region: { startLine: 1 } };
  }
  return {
    artifactLocation: { uri: parts.map((part) => encodeURIComponent(visible(part))).join('/') },
    region: { startLine: Math.min(Math.max(1, location.line), LAST_LINE) },
  };
}

/** A text that viewers do not interpret as links or placeholders. */
function plain(text: string): string {
  return visible(text)
    .replace(/\](?=\()/g, '] ')
    .replace(/\{(?=\d)/g, '{ ');
}
