import { areAnyone } from '../exposure/internet';
import type { Answer } from '../objects/answer';
import type { Items } from '../objects/block';

/** Whether the sources in some lists are together the internet, or a large part of it. */
export function letInAnyone(lists: readonly Items<string>[]): Answer {
  if (areAnyone(lists.flatMap(({ known }) => known))) {
    return true;
  }
  return lists.every(({ isComplete }) => isComplete) ? false : undefined;
}
