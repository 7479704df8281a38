import { type Violation, violation, when } from '../../core/problems/violation';
import { check, type Rule } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import { podProblems, podWarnings } from '../pod/pod-problems';
import { podVolumes } from '../pod/pod-volumes';
import { claimTemplateProblems, diskOfManyProblems } from '../scaling/volume-problems';
import { CompletionMode } from './job-options';
import { type JobParts, podOf } from './job-parts';
import * as rules from './job-rules';

/** The problems of jobs that run to completion. */
export function jobProblems(props: JobParts, nameRule: Rule<string>, nameSuffix: number): Violation[] {
  return [
    ...podProblems(podOf(props), nameRule),
    ...claimTemplateProblems(podVolumes(props)),
    ...diskOfManyProblems(podVolumes(props), 'parallelism', props.parallelism),
    ...check(rules.backoffLimit, 'backoffLimit', props.backoffLimit),
    ...check(rules.activeDeadlineSeconds, 'activeDeadlineSeconds', props.activeDeadlineSeconds),
    ...check(rules.ttlSecondsAfterFinished, 'ttlSecondsAfterFinished', props.ttlSecondsAfterFinished),
    ...countProblems(props, nameSuffix),
  ];
}

export function jobWarnings(props: JobParts): Violation[] {
  return podWarnings(podOf(props));
}

/** The most pods of an indexed job that run at the same time. */
const MAX_INDEXED_PARALLELISM = 100_000;

function countProblems(props: JobParts, nameSuffix: number): Violation[] {
  const { name, completions = 1, parallelism, completionMode } = props;
  const problems = [
    ...check(rules.completions, 'completions', completions),
    ...check(rules.parallelism, 'parallelism', parallelism),
  ];
  if (problems.length > 0 || completionMode !== CompletionMode.INDEXED) {
    return problems;
  }
  if (isKnown(parallelism) && parallelism > MAX_INDEXED_PARALLELISM) {
    return [
      violation(
        'indexed-parallelism',
        `'parallelism' must be at most ${MAX_INDEXED_PARALLELISM} with CompletionMode.INDEXED, got ${parallelism}`,
      ),
    ];
  }
  // the host name of a pod is the name of its Job, "-" and its index
  const hostName = isKnown(name) && isKnown(completions) ? name.length + nameSuffix + `-${completions - 1}`.length : 0;
  return when(
    hostName > rules.MAX_JOB_NAME,
    'indexed-host-name',
    () =>
      `'name' must leave space for an index of up to ${completions - 1} with CompletionMode.INDEXED, got ${name.length} ` +
      `characters: take at most ${name.length - (hostName - rules.MAX_JOB_NAME)}`,
  );
}
