import { ApiError, type Schemas } from '@qingfeng/client';
import { describe, expect, test } from 'vitest';
import { CheckInQueue, presenceCode, type KeptCheckIn } from '../src/volunteer/check-in-queue';
import { memory } from './support/memory';

type Outcome = Schemas['CheckInOutcome'];

const item = (id: string, memberId = 'wang'): KeptCheckIn => ({ id, memberId, eventId: 'river', kind: 'IN', code: '123456', at: '2026-11-22T14:00:00+08:00', title: '河道清洁' });

function phone(answer: (ids: string[]) => Outcome[] | Promise<Outcome[]>, store = memory()) {
  const uploads: Schemas['OfflineCheckIn'][][] = [];
  const who = { id: 'wang' as string | undefined };
  const queue = new CheckInQueue({
    store,
    memberId: () => who.id,
    upload: async (items) => {
      uploads.push(items);
      return answer(items.map(({ id }) => id));
    },
  });
  return { queue, uploads, store, who };
}

describe('check-ins without a network', () => {
  test('are kept across a restart and uploaded once', async () => {
    const first = phone(() => Promise.reject(new ApiError(0, {})));
    first.queue.add(item('1'));
    await expect(first.queue.upload()).rejects.toThrow();
    const second = phone((ids) => ids.map((id) => ({ id, state: 'RECORDED' })), first.store);
    expect(await second.queue.upload()).toBe(1);
    expect(second.uploads).toEqual([[{ id: '1', eventId: 'river', kind: 'IN', code: '123456', at: '2026-11-22T14:00:00+08:00' }]]);
    expect(second.queue.view.items).toEqual([]);
    expect(second.store.entries.size).toBe(0);
  });

  test('two uploads at the same time are one', async () => {
    const { queue, uploads } = phone((ids) => ids.map((id) => ({ id, state: 'RECORDED' })));
    queue.add(item('1'));
    await Promise.all([queue.upload(), queue.upload()]);
    expect(uploads).toHaveLength(1);
  });

  test('a refused one stays with its reason until the member has seen it', async () => {
    const { queue, uploads } = phone((ids) => ids.map((id) => ({ id, state: 'REFUSED', problem: { type: 'urn:qingfeng:problem:code-expired', title: '过期', status: 409 } })));
    queue.add(item('1'));
    expect(await queue.upload()).toBe(0);
    expect(queue.view.items[0].refusal).toContain('现场码');
    await queue.upload();
    expect(uploads).toHaveLength(1);
    queue.dismiss('1');
    expect(queue.view.items).toEqual([]);
  });

  test('one that was recorded in another way is simply done', async () => {
    const { queue } = phone((ids) => ids.map((id) => ({ id, state: 'REFUSED', problem: { type: 'urn:qingfeng:problem:already-checked-in', title: '已签到', status: 409 } })));
    queue.add(item('1'));
    await queue.upload();
    expect(queue.view.items).toEqual([]);
  });

  test('go out fifty at a time', async () => {
    const { queue, uploads } = phone((ids) => ids.map((id) => ({ id, state: 'RECORDED' })));
    Array.from({ length: 60 }, (_, index) => queue.add(item(String(index))));
    expect(await queue.upload()).toBe(60);
    expect(uploads.map((items) => items.length)).toEqual([50, 10]);
  });

  test('an answer that names none of them does not loop', async () => {
    const { queue, uploads } = phone(() => []);
    queue.add(item('1'));
    await queue.upload();
    expect(uploads).toHaveLength(1);
  });

  test('are never uploaded as those of the next user of the phone', async () => {
    const { queue, uploads, who } = phone((ids) => ids.map((id) => ({ id, state: 'RECORDED' })));
    queue.add(item('1', 'wang'));
    who.id = 'li';
    expect(queue.mine()).toEqual([]);
    await queue.upload();
    expect(uploads).toEqual([]);
  });
});

test('a presence code is found however it was typed or scanned', () => {
  expect(presenceCode('123456')).toBe('123456');
  expect(presenceCode(' 123 456 ')).toBe('123456');
  expect(presenceCode('１２３４５６')).toBe('123456');
  expect(presenceCode('https://qingfeng.example/m/#/pages/event/index?id=7&code=654321')).toBe('654321');
  expect(presenceCode('12345')).toBeUndefined();
  expect(presenceCode('1234567')).toBeUndefined();
  expect(presenceCode('code=1234567')).toBeUndefined();
});
