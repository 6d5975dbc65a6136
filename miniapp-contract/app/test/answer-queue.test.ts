import { ApiError, type Schemas } from '@qingfeng/client';
import { describe, expect, test } from 'vitest';
import { AnswerQueue } from '../src/quiz/answer-queue';
import { memory } from './support/memory';

/** The server's answers, its nulls left out. */
type Saved = { optionIds?: string[] | null; text?: string | null; version: number };

const problem = (status: number, name: string) => new ApiError(status, { type: `urn:qingfeng:problem:${name}` });
const noNetwork = () => new ApiError(0, {});

function phone(server: Record<string, Saved> = {}, store = memory()) {
  const sent: [string, Saved][] = [];
  const told: string[] = [];
  let answers: (() => Promise<void>)[] = [];
  const pauses: (() => void)[] = [];
  const known = () => server as Record<string, Schemas['SavedAnswer']>;
  const queue = new AnswerQueue('paper', { ...known() }, {
    store,
    save: async (questionId, answer) => {
      sent.push([questionId, answer]);
      await (answers.shift() ?? (() => Promise.resolve()))();
      server[questionId] = answer;
    },
    load: async () => known(),
    wait: () => new Promise<void>((resolve) => pauses.push(resolve)),
    tell: (sentence) => told.push(sentence),
  });
  return { queue, sent, told, store, pauses, server, next: (...outcomes: (() => Promise<void>)[]) => (answers = outcomes) };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('answers while the network is there', () => {
  test('an answer is in the storage before it is on the way, and gone from it afterwards', async () => {
    const { queue, store, sent } = phone();
    queue.answer('q1', ['a']);
    expect(store.get('attempt:paper')).toEqual({ q1: { optionIds: ['a'], version: 1 } });
    expect(queue.view.state).toBe('saving');
    await settle();
    expect(sent).toEqual([['q1', { optionIds: ['a'], version: 1 }]]);
    expect(queue.view.state).toBe('saved');
    expect(store.entries.size).toBe(0);
  });

  test('a change during a request is sent after it, with a higher version', async () => {
    const { queue, sent, next } = phone();
    let arrive: () => void = () => undefined;
    next(() => new Promise((resolve) => (arrive = resolve)));
    queue.answer('q1', ['a']);
    queue.answer('q1', ['b']);
    queue.answer('q1', ['c']);
    arrive();
    await settle();
    expect(sent.map(([, answer]) => [answer.optionIds?.[0], answer.version])).toEqual([['a', 1], ['c', 3]]);
    expect(queue.view.state).toBe('saved');
  });

  test('versions go on from those of the server', async () => {
    const { queue, sent } = phone({ q1: { optionIds: ['a'], version: 7 } });
    expect(queue.view.answers).toEqual({ q1: ['a'] });
    queue.answer('q1', ['b']);
    await settle();
    expect(sent[0][1].version).toBe(8);
  });
});

describe('written answers', () => {
  test('a text is on the phone at once and on the server when the typing rests', async () => {
    const { queue, sent, store, pauses } = phone();
    queue.write('q1', ['民']);
    queue.write('q1', ['民主', '集中']);
    expect(queue.view.answers.q1).toEqual(['民主', '集中']);
    expect(store.get('attempt:paper')).toEqual({ q1: { text: '民主\n集中', version: 2 } });
    expect(queue.view.state).toBe('saving');
    await settle();
    expect(sent).toEqual([]);
    pauses.forEach((end) => end());
    await settle();
    expect(sent).toEqual([['q1', { text: '民主\n集中', version: 2 }]]);
    expect(queue.view.state).toBe('saved');
  });

  test('handing in does not wait for the typing to rest', async () => {
    const { queue, sent } = phone();
    queue.write('q1', ['民主集中制']);
    expect(await queue.flush()).toBe(true);
    expect(sent).toHaveLength(1);
  });

  test('nothing but spaces is an answer taken back', async () => {
    const { queue, server } = phone({ q1: { optionIds: [], text: '民主\n集中', version: 3 } });
    expect(queue.view.answers.q1).toEqual(['民主', '集中']);
    queue.write('q1', [' ', '']);
    await queue.flush();
    expect(server.q1).toEqual({ text: '', version: 4 });
  });
});

describe('answers without a network', () => {
  test('stay on the phone and go out when the network is back', async () => {
    const { queue, sent, next, store, server } = phone();
    next(() => Promise.reject(noNetwork()));
    queue.answer('q1', ['a']);
    await settle();
    expect(queue.view.state).toBe('kept');
    expect(store.entries.size).toBe(1);
    queue.wake();
    await settle();
    expect(server.q1.optionIds).toEqual(['a']);
    expect(sent).toHaveLength(2);
    expect(queue.view.state).toBe('saved');
  });

  test('are tried again after a pause, also when the server is busy', async () => {
    const { queue, next, pauses, server } = phone();
    next(() => Promise.reject(problem(503, 'busy')), () => Promise.reject(noNetwork()));
    queue.answer('q1', ['a']);
    await settle();
    pauses.shift()!();
    await settle();
    pauses.shift()!();
    await settle();
    expect(server.q1.optionIds).toEqual(['a']);
    expect(queue.view.state).toBe('saved');
  });

  test('survive a closed page', async () => {
    const store = memory();
    const first = phone({}, store);
    first.next(() => Promise.reject(noNetwork()));
    first.queue.answer('q1', ['a']);
    await settle();
    first.queue.stop();
    const second = phone({}, store);
    expect(second.queue.view.answers).toEqual({ q1: ['a'] });
    second.queue.wake();
    await settle();
    expect(second.server.q1.optionIds).toEqual(['a']);
  });

  test('give way to a later answer of another phone', () => {
    const store = memory();
    store.set('attempt:paper', { q1: { optionIds: ['a'], version: 2 } });
    const { queue } = phone({ q1: { optionIds: ['b'], version: 5 } }, store);
    expect(queue.view.answers.q1).toEqual(['b']);
    expect(store.entries.size).toBe(0);
  });
});

describe('refusals', () => {
  test('a stale answer is replaced by that of the other phone, and the member is told', async () => {
    const { queue, next, told, server } = phone();
    server.q1 = { optionIds: ['b'], version: 4 };
    next(() => Promise.reject(problem(409, 'stale-answer')));
    queue.answer('q1', ['a']);
    await settle();
    expect(queue.view.answers.q1).toEqual(['b']);
    expect(queue.view.state).toBe('saved');
    expect(told).toHaveLength(1);
  });

  test('a closed paper takes nothing more', async () => {
    const { queue, next, store, sent } = phone();
    next(() => Promise.reject(problem(409, 'attempt-closed')));
    queue.answer('q1', ['a']);
    await settle();
    expect(queue.view.state).toBe('closed');
    queue.answer('q1', ['b']);
    await settle();
    expect(sent).toHaveLength(1);
    expect(store.entries.size).toBe(0);
  });

  test('an expired login keeps the answer', async () => {
    const { queue, next, store } = phone();
    next(() => Promise.reject(new ApiError(401, {})));
    queue.answer('q1', ['a']);
    await settle();
    expect(queue.view.state).toBe('signedOut');
    expect(store.entries.size).toBe(1);
  });

  test('a refused answer is taken back on the screen and does not hold up the others', async () => {
    const { queue, next, told, server } = phone();
    next(() => Promise.reject(problem(422, 'invalid-request')));
    queue.answer('q1', ['a']);
    queue.answer('q2', ['b']);
    await settle();
    expect(queue.view.answers.q1).toBeUndefined();
    expect(server.q2.optionIds).toEqual(['b']);
    expect(told).toHaveLength(1);
  });
});

describe('before handing in', () => {
  test('flush waits until everything is on the server', async () => {
    const { queue, server } = phone();
    queue.answer('q1', ['a']);
    queue.answer('q2', ['b']);
    expect(await queue.flush()).toBe(true);
    expect(Object.keys(server)).toEqual(['q1', 'q2']);
  });

  test('flush says when the network does not let it', async () => {
    const { queue, next } = phone();
    next(() => Promise.reject(noNetwork()), () => Promise.reject(noNetwork()));
    queue.answer('q1', ['a']);
    await settle();
    expect(await queue.flush()).toBe(false);
    expect(queue.view.state).toBe('kept');
    expect(await queue.flush()).toBe(true);
  });

  test('flush with nothing waiting is done at once', async () => {
    expect(await phone().queue.flush()).toBe(true);
  });
});
