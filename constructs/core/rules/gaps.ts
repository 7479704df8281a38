import { questionable, type Violation, violation } from '../problems/violation';
import { readableText } from '../values/literal-text';
import { show } from '../values/shown';

/** What JavaScript inserts into a text for a missing value. */
const GAP = /undefined|\bNaN\b|\[object \w+\]/;

/** The problem of a name that was built from a missing value, such as `${process.env.NAME}-aks`. */
export function gapProblems(property: string, value: unknown): Violation[] {
  const [gap] = (typeof value === 'string' && value !== 'NaN' ? GAP.exec(value) : undefined) ?? [];
  return gap === undefined ? [] : [gapProblem(property, gap, String(value))];
}

/**
 * As `gapProblems`, for text that may contain the word on purpose: a flag such as "--on-undefined=error", a sentence,
 * code. There, it counts only in the place of a value, as in "redis://undefined:6379".
 */
export function gapInTextProblems(property: string, value: unknown): Violation[] {
  const text = typeof value === 'string' && !ON_PURPOSE.test(value) ? value.trim() : '';
  const [gap] = text === 'NaN' ? [] : (OBJECT.exec(text) ?? WHOLE.exec(text) ?? valueIn(text));
  return gap === undefined ? [] : [gapProblem(property, gap.trim(), String(value))];
}

const OBJECT = /\[object \w+\]/;
const WHOLE = /^undefined$/;

/** Documents of several lines, code that compares with what looks like a gap, and a flag of compilers. */
const ON_PURPOSE = /\n.|[!=]==?\s*['"`]?(undefined|NaN|\[object )|-fsanitize=/;

/** A gap between separators: a part of an address, the value of a key, an item of a list. */
const VALUE = /(?<=^|[/:@=,;&?|"'])(undefined|NaN)(?=$|[/:@,;&?#|.]|["'](?!\s*:))/;
/** A gap in a host name: "https://undefined-db.example.com". */
const HOST = /(?<=(?:\/\/|@)[\w.-]*)undefined/;

function valueIn(text: string): readonly string[] {
  const words = text.split(/\s+/);
  // in a sentence, punctuation is not part of a value, and the word alone is not a value
  const parts = words.length === 1 ? words : words.map((word) => word.replace(/^["'(]+|["').,:;!?]+$/g, ''));
  const [found] = parts
    .filter((word) => words.length === 1 || !/^(undefined|NaN)$/.test(word))
    .flatMap((word) => [VALUE.exec(word), HOST.exec(word)])
    .filter((match) => match !== null);
  return found ?? [];
}

/** The warning for text that looks like a name that begins or ends with a gap, such as "undefined-db". */
export function gapInNameWarnings(property: string, value: unknown): Violation[] {
  const isName = typeof value === 'string' && NAME.test(value) && gapInTextProblems(property, value).length === 0;
  return isName
    ? [
        violation(
          'name-with-gap',
          `'${property}' looks like a name built from a missing value, got ${show(readableText(value))}: set the values that the ` +
            'text is built from, such as an environment variable',
        ),
      ]
    : [];
}

const NAME = /^(undefined[-_.][\w.-]+|\w[\w.-]*[-_.]undefined)$/;

function gapProblem(property: string, gap: string, value: string): Violation {
  return questionable(
    'text-without-gap',
    `'${property}' must not contain ${show(gap)}, which JavaScript inserts for a missing value, got ${show(readableText(value))}: ` +
      'set the values that the text is built from, such as an environment variable',
  );
}
