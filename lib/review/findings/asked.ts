import type { Answer } from '../objects/answer';
import type { Surroundings } from './surroundings';

/** The questions of rules about the surroundings of a resource. */
export type Questions = Pick<Surroundings, 'selects' | 'refersTo' | 'isScaled' | 'hasHeadlessService'>;

/** Surroundings that record questions: a resource is judged the same in other surroundings with the same answers. */
export class Asked implements Questions {
  private readonly questions: { readonly ask: (surroundings: Questions) => Answer; readonly answer: Answer }[] = [];

  public constructor(private readonly surroundings: Surroundings) {}

  public selects(...about: Parameters<Questions['selects']>): Answer {
    return this.ask((surroundings) => surroundings.selects(...about));
  }

  public refersTo(...about: Parameters<Questions['refersTo']>): Answer {
    return this.ask((surroundings) => surroundings.refersTo(...about));
  }

  public isScaled(...about: Parameters<Questions['isScaled']>): Answer {
    return this.ask((surroundings) => surroundings.isScaled(...about));
  }

  public hasHeadlessService(...about: Parameters<Questions['hasHeadlessService']>): Answer {
    return this.ask((surroundings) => surroundings.hasHeadlessService(...about));
  }

  /** Whether other surroundings give the same answers to the recorded questions. */
  public isSameIn(others: Surroundings): boolean {
    return this.questions.every(({ ask, answer }) => ask(others) === answer);
  }

  private ask(ask: (surroundings: Questions) => Answer): Answer {
    const answer = ask(this.surroundings);
    this.questions.push({ ask, answer });
    return answer;
  }
}
