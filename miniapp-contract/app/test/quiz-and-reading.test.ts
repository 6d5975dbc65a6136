import type { Schemas } from '@qingfeng/client';
import { expect, test } from 'vitest';
import { ApiError } from '@qingfeng/client';
import { Pages } from '../src/display/pages';
import { asRequest, bestOf, blanksOf, countdown, filled, shown, toggled, unanswered, whereToGoOn } from '../src/quiz/paper';
import { dressed, paragraphsOf, topmost } from '../src/reading/paragraphs';
import { PositionKeeper } from '../src/reading/position';
import { memory } from './support/memory';

const question = (id: string, kind: Schemas['QuestionKind']): Schemas['PaperQuestion'] => ({ id, kind, stem: id, options: ['a', 'b', 'c'].map((option) => ({ id: option, text: option })), blanks: 0 });
const single = question('q1', 'SINGLE');
const multiple = question('q2', 'MULTIPLE');

const blanks: Schemas['PaperQuestion'] = { id: 'q3', kind: 'FILL_IN', stem: 'q3', options: [], blanks: 2 };

test('a blank is filled at its place, and the others stay', () => {
  expect(blanksOf(blanks, [])).toEqual(['', '']);
  expect(filled(blanks, [], 1, '集中')).toEqual(['', '集中']);
  expect(filled(blanks, ['民主', '集中'], 0, '人民\n民主')).toEqual(['人民 民主', '集中']);
});

test('a written answer is there once one of its lines has something on it', () => {
  expect(unanswered([blanks], { q3: ['', ' '] })).toEqual([1]);
  expect(unanswered([blanks], { q3: ['', '集中'] })).toEqual([]);
});

test('an answer is shown and sent as its question takes it', () => {
  expect(shown({ optionIds: [], text: '民主\n集中' })).toEqual(['民主', '集中']);
  expect(shown({ optionIds: ['a'], text: null })).toEqual(['a']);
  expect(shown(undefined)).toEqual([]);
  expect(asRequest(blanks, ['民主', '集中'])).toEqual({ text: '民主\n集中' });
  expect(asRequest(single, ['a'])).toEqual({ optionIds: ['a'] });
});

test('a single choice replaces, a multiple choice adds and takes away in the order of the paper', () => {
  expect(toggled(single, ['a'], 'b')).toEqual(['b']);
  expect(toggled(multiple, ['c'], 'a')).toEqual(['a', 'c']);
  expect(toggled(multiple, ['a', 'c'], 'a')).toEqual(['c']);
  expect(toggled(multiple, ['c'], 'c')).toEqual([]);
});

test('a paper goes on at the first gap', () => {
  expect(whereToGoOn([single, multiple], { q1: ['a'] })).toBe(1);
  expect(whereToGoOn([single, multiple], { q1: ['a'], q2: ['a'] })).toBe(1);
  expect(unanswered([single, multiple], { q1: [] })).toEqual([1, 2]);
});

test('the time left follows the server, not the clock of the phone', () => {
  const wrongClock = Date.UTC(2001, 0, 1);
  const left = countdown({ serverTime: '2026-11-22T10:00:00+08:00', deadline: '2026-11-22T10:30:00+08:00' }, wrongClock);
  expect(left(wrongClock)).toBe(1_800_000);
  expect(left(wrongClock + 60_000)).toBe(1_740_000);
  expect(left(wrongClock + 4_000_000)).toBe(0);
});

test('a past round shows the best of the own attempts', () => {
  const attempt = (id: string, quiz: string, score: number | null) => ({ id, quiz: { id: quiz, title: quiz }, score });
  const attempts = [attempt('a', 'x', 60), attempt('b', 'x', 90), attempt('c', 'x', null), attempt('d', 'y', null)];
  expect(bestOf(attempts, 'x')?.id).toBe('b');
  expect(bestOf(attempts, 'y')).toBeUndefined();
  expect(bestOf([attempt('e', 'z', 0)], 'z')?.score).toBe(0);
});

test('an article falls into its blocks', () => {
  expect(paragraphsOf('<h2>一</h2><p>二<br>三</p>\n<ul><li>四</li><li>五</li></ul><p><img src="/a.png"></p>')).toEqual([
    '<h2>一</h2>',
    '<p>二<br>三</p>',
    '<ul><li>四</li><li>五</li></ul>',
    '<p><img src="/a.png"></p>',
  ]);
  expect(paragraphsOf('没有标签')).toEqual(['没有标签']);
  expect(paragraphsOf('')).toEqual([]);
});

test('blocks wear the styles of the app and no colours of a white page', () => {
  expect(dressed('<p style="text-align:center;color:#000;background:#fff" class="x">字</p>')).toBe('<p style="margin:0;text-align:center" class="x">字</p>');
  expect(dressed('<span style="color:red">字</span>')).toBe('<span>字</span>');
  expect(dressed('<strong>字</strong>')).toBe('<strong>字</strong>');
});

test('the topmost block is the first that still shows', () => {
  expect(topmost([-300, -20, 140, 500], 80)).toBe(2);
  expect(topmost([-300, -20], 80)).toBe(1);
  expect(topmost([], 80)).toBe(0);
});

test('the place in an article is kept on the phone at once and on the server a little later', async () => {
  const store = memory();
  const saved: number[] = [];
  const later: (() => void)[] = [];
  const keeper = new PositionKeeper('a', { store, remote: { load: async () => 4, save: async (paragraph) => saved.push(paragraph) }, delay: (work) => later.push(work) });
  expect(await keeper.restore()).toBe(4);
  keeper.reached(5);
  keeper.reached(9);
  expect(store.get('position:a')).toBe(9);
  expect(saved).toEqual([]);
  later.forEach((work) => work());
  expect(saved).toEqual([9]);
  await keeper.save();
  expect(saved).toEqual([9]);
});

test('without a login or a network the place on the phone counts', async () => {
  const store = memory();
  store.set('position:a', 6);
  expect(await new PositionKeeper('a', { store }).restore()).toBe(6);
  expect(await new PositionKeeper('a', { store, remote: { load: () => Promise.reject(new ApiError(0, {})), save: async () => undefined } }).restore()).toBe(6);
});

test('a list grows by cursors and drops what comes too late', async () => {
  const asked: (string | undefined)[] = [];
  let late: (() => void) | undefined;
  const pages = new Pages<number>(async (cursor) => {
    asked.push(cursor);
    if (cursor === '2') {
      await new Promise<void>((resolve) => (late = resolve));
    }
    return cursor === undefined ? { items: [1, 2], nextCursor: '2' } : { items: [3], nextCursor: null };
  });
  await pages.restart();
  const more = pages.more();
  await pages.more();
  late!();
  await more;
  expect(pages.view.items).toEqual([1, 2, 3]);
  expect(pages.view.complete).toBe(true);
  expect(asked).toEqual([undefined, '2']);
  await pages.more();
  expect(asked).toHaveLength(2);
});

test('a failed page can be asked for again', async () => {
  let broken = true;
  const pages = new Pages<number>(async () => {
    if (broken) {
      throw new ApiError(0, {});
    }
    return { items: [1], nextCursor: null };
  });
  await pages.restart();
  expect(pages.view.state).toBe('failed');
  expect(pages.view.problem).toContain('网络');
  broken = false;
  await pages.retry();
  expect(pages.view.items).toEqual([1]);
});
