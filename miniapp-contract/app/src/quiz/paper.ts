import type { Schemas } from '@qingfeng/client';
import { instant } from '../text/time';

type Attempt = Schemas['Attempt'];
type Question = Schemas['PaperQuestion'];

export const KIND_WORDS: Record<Question['kind'], string> = { SINGLE: '单选题', MULTIPLE: '多选题', TRUE_FALSE: '判断题', FILL_IN: '填空题', SHORT: '简答题' };

export const HINTS: Record<Question['kind'], string> = { SINGLE: '请选择一项', MULTIPLE: '可选择多项，再点一次取消', TRUE_FALSE: '请判断对错', FILL_IN: '请按顺序填写每个空', SHORT: '请用自己的话回答，写出要点即可' };

/** The letter shown before an option. */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/** The options after a tap on one of them, in the order of the paper. */
export function toggled(question: Question, chosen: readonly string[], optionId: string): string[] {
  if (question.kind !== 'MULTIPLE') {
    return [optionId];
  }
  return question.options
    .map((option) => option.id)
    .filter((id) => (id === optionId ? !chosen.includes(id) : chosen.includes(id)));
}

/** Options, or at least one line with something on it. */
export function hasContent(answer: readonly string[]): boolean {
  return answer.some((each) => each.trim() !== '');
}

export function isWritten(question: Question): boolean {
  return question.kind === 'FILL_IN' || question.kind === 'SHORT';
}

/** A line for each blank, as far as they are filled. */
export function blanksOf(question: Question, lines: readonly string[]): string[] {
  return Array.from({ length: question.blanks }, (_, at) => lines[at] ?? '');
}

/** The lines after typing into one blank. */
export function filled(question: Question, lines: readonly string[], at: number, text: string): string[] {
  return blanksOf(question, lines).map((line, each) => (each === at ? text.replace(/\s*\n\s*/g, ' ') : line));
}

/** An answer as it is sent for practice. */
export function asRequest(question: Question, answer: string[]): Schemas['PracticeRequest'] {
  return isWritten(question) ? { text: answer.join('\n') } : { optionIds: answer };
}

/** An answer of the server as the screens show it: options, or lines. */
export function shown(saved: { optionIds: string[]; text: string | null } | undefined): string[] {
  return saved?.text != null ? saved.text.split('\n') : (saved?.optionIds ?? []);
}

export function isAnswered(answers: Record<string, string[]>, question: Question): boolean {
  return hasContent(answers[question.id] ?? []);
}

/** Place of the first question without an answer, otherwise the last one. */
export function whereToGoOn(questions: readonly Question[], answers: Record<string, string[]>): number {
  const open = questions.findIndex((question) => !isAnswered(answers, question));
  return open < 0 ? questions.length - 1 : open;
}

export function unanswered(questions: readonly Question[], answers: Record<string, string[]>): number[] {
  return questions.flatMap((question, index) => (isAnswered(answers, question) ? [] : [index + 1]));
}

/** The best of the own attempts at a quiz that were handed in. */
export function bestOf<T extends Pick<Schemas['AttemptSummary'], 'quiz' | 'score'>>(attempts: readonly T[], quizId: string): T | undefined {
  return attempts
    .filter((attempt) => attempt.quiz.id === quizId && attempt.score !== null)
    .reduce<T | undefined>((best, next) => (best && best.score! >= next.score! ? best : next), undefined);
}

/** Counts down by the server's clock: `serverTime` was true at the moment the answer arrived. */
export function countdown(attempt: Pick<Attempt, 'deadline' | 'serverTime'>, arrived: number): (now: number) => number {
  const left = instant(attempt.deadline) - instant(attempt.serverTime);
  return (now) => Math.max(0, left - (now - arrived));
}
