import type { Model } from '../compile/model.ts';
import { QuestionBook, type Question } from './question-book.ts';
import { OutageSolver, type Answer } from './solve.ts';

/** The unknown facts of several answers, first those that would settle the most verdicts. */
export function questions(model: Model, answers: readonly Answer[]): readonly Question[] {
  const book = new QuestionBook(model);
  const solver = new OutageSolver(model);
  const quiets = new Map<string, Answer>();
  for (const answer of answers) {
    const { scenario } = answer;
    const key = `${scenario.start} ${scenario.horizon}`;
    const quiet = quiets.get(key) ?? solver.solve({ ...scenario, components: [], faults: [] });
    quiets.set(key, quiet);
    book.add(answer, quiet);
  }
  return book.questions();
}
