import { isObject } from '../../terraform-json/json';
import { readJson } from '../../terraform-json/read';
import { refusalOf, type Acceptance } from './acceptance';

/**
 * Reads a file of accepted findings: `{ "accept": [{ "rule", "reason", "until", "resource" }] }`.
 *
 * @throws an Error whose message names the file, the entry and the problem on one line
 */
export function readAcceptances(file: string): Acceptance[] {
  const json = readJson(file);
  const list = isObject(json) ? json['accept'] : undefined;
  if (!Array.isArray(list)) {
    throw new Error(`${file}: no list "accept" in it`);
  }
  list.forEach((entry, i) => {
    const refusal = refusalOf(entry);
    if (refusal !== undefined) {
      throw new Error(`${file}: entry ${i + 1} of "accept": ${refusal}`);
    }
  });
  return list as unknown as Acceptance[];
}
