import { createMemberApi, type Request, type Schemas } from '@qingfeng/client';
import { describe, expect, test } from 'vitest';
import { PopupFailure, type ConsentPopup, type ConsentSettings } from '../src/platform/ports';
import { Reminders, standingWords, type Consent } from '../src/reminders/reminders';

const once: Consent = { templateId: 'once', title: '学习任务提醒', longTerm: false, grants: 0 };
const lasting: Consent = { templateId: 'lasting', title: '廉洁提醒', longTerm: true, grants: 0 };

interface Phone {
  consents: Consent[];
  follows?: boolean;
  settings?: ConsentSettings;
  choices?: Record<string, string> | PopupFailure;
  report?: { status: number; body?: unknown };
}

async function phone({ consents, follows = false, settings = { on: true, choices: {} }, choices = {}, report }: Phone, h5 = false) {
  const reported: Schemas['ConsentReport'][] = [];
  const asked: string[][] = [];
  const transport = async ({ url, method, body }: Request) => {
    if (url.endsWith('/consents')) {
      if (method === 'POST') {
        reported.push(body as Schemas['ConsentReport']);
        if (report?.status === 0) {
          throw new Error('request:fail');
        }
        const answered = consents.map((consent) => ({ ...consent, answer: (body as Schemas['ConsentReport']).results.find(({ templateId }) => templateId === consent.templateId)?.result ?? consent.answer }));
        return { body: { items: answered }, ...(report ?? { status: 200 }) };
      }
      return { status: 200, body: { items: consents } };
    }
    return { status: 200, body: { member: null, follows } };
  };
  const popup: ConsentPopup = {
    ask: (ids) => {
      asked.push(ids);
      return choices instanceof PopupFailure ? Promise.reject(choices) : Promise.resolve(choices);
    },
    settings: async () => settings,
    openSettings: async () => {
      settings = { on: true, choices: {} };
    },
  };
  const reminders = new Reminders({ api: createMemberApi('', transport as never, () => ({})), popup: h5 ? undefined : popup });
  await reminders.loaded.load();
  return { reminders, reported, asked, words: () => reminders.all.map(standingWords), decide: (decided: ConsentSettings) => (settings = decided) };
}

describe('how a reminder stands', () => {
  test.each([
    [once, '有新消息时，可以在微信里提醒您'],
    [{ ...once, grants: 3, answer: 'accept' as const }, '还可以提醒您 3 次'],
    [{ ...once, grants: 2, answer: 'reject' as const }, '还可以提醒您 2 次'],
    [{ ...once, answer: 'accept' as const }, '提醒次数用完了，点一下可以再提醒'],
    [{ ...once, answer: 'reject' as const }, '您上次选择了不接收提醒'],
    [{ ...lasting, grants: 1, answer: 'accept' as const }, '已开启，有新消息时会在微信里提醒您'],
  ])('%o reads %s', async (consent, words) => {
    expect((await phone({ consents: [consent] })).words()).toEqual([words]);
  });

  test.each<ConsentSettings>([
    { on: false, choices: {} },
    { on: true, choices: { once: 'reject' } },
    { on: true, choices: { once: 'ban' } },
  ])('what WeChat keeps off is closed, whatever is left: %o', async (settings) => {
    const { reminders, words } = await phone({ consents: [{ ...once, grants: 2, answer: 'accept' }], settings });
    expect(words()).toEqual(['您已关闭这项提醒，要再收到，请在微信设置里打开']);
    expect(reminders.askable).toEqual([]);
    await reminders.openSettings();
    expect(words()).toEqual(['还可以提醒您 2 次']);
  });
});

describe('asking', () => {
  test('each consent adds one reminder before the server knows of it, and is reported', async () => {
    const { reminders, reported, words } = await phone({ consents: [once], choices: { once: 'accept', errMsg: 'ok' } });
    expect(await reminders.ask()).toBe('好的，会在微信里提醒您');
    expect(words()).toEqual(['还可以提醒您 1 次']);
    expect(reported).toEqual([{ results: [{ templateId: 'once', result: 'accept' }] }]);
  });

  test('a consent with a sound is a consent', async () => {
    const { reminders, words } = await phone({ consents: [lasting], choices: { lasting: 'acceptWithAudio' } });
    await reminders.ask();
    expect(words()).toEqual(['已开启，有新消息时会在微信里提醒您']);
    expect(reminders.askable).toEqual([]);
  });

  test('a refusal for this time may be asked again, one for good not', async () => {
    const { reminders, reported, words, decide } = await phone({ consents: [once], choices: { once: 'reject' } });
    expect(await reminders.ask()).toBe('');
    expect(words()).toEqual(['您上次选择了不接收提醒']);
    decide({ on: true, choices: { once: 'reject' } });
    await reminders.ask();
    expect(words()).toEqual(['您已关闭这项提醒，要再收到，请在微信设置里打开']);
    expect(reported).toHaveLength(2);
  });

  test('what WeChat did not show is not an answer', async () => {
    const { reminders, reported, words } = await phone({ consents: [once], choices: { once: 'filter' } });
    expect(await reminders.ask()).toBe('微信没有让您选择这类提醒，请以后再试');
    expect(words()).toEqual(['有新消息时，可以在微信里提醒您']);
    expect(reported).toEqual([]);
  });

  test('a report that gets lost takes nothing back', async () => {
    const { reminders, words } = await phone({ consents: [once], choices: { once: 'accept' }, report: { status: 0 } });
    expect(await reminders.ask()).toBe('好的，会在微信里提醒您');
    expect(words()).toEqual(['还可以提醒您 1 次']);
  });

  test('a report that is refused is not silent', async () => {
    const { reminders } = await phone({ consents: [once], choices: { once: 'accept' }, report: { status: 400, body: { title: '没有这个订阅消息模板' } } });
    await expect(reminders.ask()).rejects.toThrow('没有这个订阅消息模板');
    expect(reminders.view.asking).toBe(false);
  });

  test.each([
    [20004, '', '您已关闭这项提醒，要再收到，请在微信设置里打开'],
    [10003, '网络不给力，请检查网络后再试。', '有新消息时，可以在微信里提醒您'],
    [10005, '微信没有打开提醒窗口，请稍后再试。', '有新消息时，可以在微信里提醒您'],
  ])('the popup’s failure %i says “%s”', async (code, said, shown) => {
    const { reminders, reported, words } = await phone({ consents: [once], choices: new PopupFailure(code, 'fail') });
    expect(await reminders.ask()).toBe(said);
    expect(words()).toEqual([shown]);
    expect(reported).toEqual([]);
  });

  test('one popup mixes no kinds and holds three templates', async () => {
    const more = ['a', 'b', 'c'].map((templateId) => ({ ...once, templateId }));
    const { reminders, asked } = await phone({ consents: [once, lasting, ...more] });
    await reminders.ask();
    expect(asked).toEqual([['once', 'a', 'b']]);
  });

  test('an H5 page has no popup and knows who follows the account', async () => {
    const { reminders, asked } = await phone({ consents: [once], follows: true }, true);
    expect([reminders.canAsk, reminders.loaded.data.value?.follows, await reminders.ask()]).toEqual([false, true, '']);
    expect(asked).toEqual([]);
  });
});
