// Plays the member API for tests of the app alone; the real server is met by the browser tests of deploy/local/app.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Schemas } from '@qingfeng/client';
import { rfc3339 } from '../../src/text/time';

const ID = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const HOUR = 3_600_000;

const member: Schemas['Member'] = { id: ID(1), name: '王清', maskedPhone: '130****0001', position: '支部委员', unit: { id: ID(2), name: '机关第一党支部' } };
const column = { key: 'stories', name: '红色廉洁故事' };
const articles: Schemas['ArticleSummary'][] = Array.from({ length: 25 }, (_, index) => ({
  id: ID(100 + index),
  title: index === 0 ? '一枚铜板的故事' : `廉洁故事第 ${index} 篇`,
  summary: '革命年代一笔公款的来龙去脉，教人公私分明。',
  column,
  author: '本刊',
  publishedAt: rfc3339(Date.now() - index * 24 * HOUR),
}));
const questions: Schemas['PaperQuestion'][] = [
  { id: ID(201), kind: 'SINGLE', stem: '党的纪律处分种类中，最轻的一种是什么？', options: ['警告', '严重警告', '撤销党内职务', '留党察看'].map(option), blanks: 0 },
  { id: ID(202), kind: 'MULTIPLE', stem: '下列哪些属于中央八项规定的内容？', options: ['改进调查研究', '精简会议活动', '精简文件简报', '规范出访活动'].map(option), blanks: 0 },
  { id: ID(203), kind: 'TRUE_FALSE', stem: '节日期间可以收受下属单位赠送的土特产。', options: ['正确', '错误'].map(option), blanks: 0 },
  { id: ID(204), kind: 'FILL_IN', stem: '党于____年成立，根本组织原则是____。', options: [], blanks: 2 },
];
const key: Record<string, string[]> = { [ID(201)]: ['a'], [ID(202)]: ['a', 'b', 'c', 'd'], [ID(203)]: ['b'] };
const texts: Record<string, string> = { [ID(204)]: '1921\n民主集中制' };

function option(text: string, index: number) {
  return { id: 'abcdefgh'[index], text };
}

export interface FakeServer {
  url: string;
  answers: Record<string, Schemas['SavedAnswer']>;
  calls: string[];
  /** The wallet, which only WeChat's own events fill. */
  consents: Schemas['Consent'][];
  reported: Schemas['ConsentResult'][];
  close(): Promise<void>;
}

export async function startFakeServer({ bound }: { bound: boolean }): Promise<FakeServer> {
  const state = { bound, answers: {} as Record<string, Schemas['SavedAnswer']>, started: 0, result: null as Schemas['Result'] | null };
  const event = { registered: false, in: '', out: '' };
  const preferences: Schemas['Preferences'] = { textSize: 'standard' };
  const calls: string[] = [];
  const consents: Schemas['Consent'][] = [{ templateId: 'template', title: '学习任务提醒', longTerm: false, grants: 0 }];
  const reported: Schemas['ConsentResult'][] = [];
  let devices: Schemas['OwnDevice'][] = ['微信（安卓手机）', '微信（苹果平板）', '浏览器（Windows 电脑）'].map((device, index) => ({ id: ID(600 + index), device, createdAt: rfc3339(Date.now() - 48 * HOUR), lastUsedAt: rfc3339(Date.now() - index * HOUR), current: index === 0 }));
  const appeals: Schemas['BindingAppeal'][] = [{ id: ID(700), state: 'REJECTED', own: true, submittedAt: rfc3339(Date.now() - 24 * HOUR), answer: '请携带身份证到单位核实', decidedAt: rfc3339(Date.now()) }];

  const attempt = (): Schemas['Attempt'] => ({
    id: ID(300),
    quizId: ID(301),
    state: state.result ? 'submitted' : 'open',
    startedAt: rfc3339(state.started),
    deadline: rfc3339(state.started + HOUR / 2),
    serverTime: rfc3339(Date.now()),
    questions,
    answers: state.answers,
    result: state.result,
  });
  const quiz = (): Schemas['Quiz'] => ({
    id: ID(301), title: '十一月廉洁知识答题', description: '学习新修订的党纪处分条例', state: 'open', opensAt: rfc3339(Date.now() - HOUR), closesAt: rfc3339(Date.now() + 200 * HOUR),
    questionCount: questions.length, timeLimitMinutes: 30, attemptsAllowed: 1, attemptsUsed: state.started ? 1 : 0, passMark: 60, total: 100, reviewPolicy: 'AFTER_SUBMISSION',
    openAttemptId: state.started && !state.result ? ID(300) : null, bestScore: state.result?.score ?? null,
  });
  const pastQuiz = (cursor: string | null): Schemas['QuizSummary'] => ({ id: ID(cursor ? 303 : 302), title: cursor ? '九月廉洁知识答题' : '十月廉洁知识答题', state: 'closed', opensAt: rfc3339(Date.now() - 900 * HOUR), closesAt: rfc3339(Date.now() - 500 * HOUR) });
  const volunteerEvent = (): Schemas['Event'] => ({
    id: ID(400), title: '河道清洁志愿行动', description: '自带手套，集合后统一领取工具。\n请穿防滑鞋。', state: 'upcoming', startsAt: rfc3339(Date.now() + HOUR), endsAt: rfc3339(Date.now() + 4 * HOUR),
    place: '滨河公园东门', organiser: '机关党委', capacity: 40, confirmed: event.registered ? 13 : 12, checkedIn: !!event.in, checkedOut: !!event.out,
    registration: event.registered ? { state: 'CONFIRMED', position: null } : null,
  });

  function answer(method: string, path: string, query: URLSearchParams, body: any): [number, unknown?] {
    const call = `${method} ${path}`;
    const saved = /^PUT \/api\/v1\/attempts\/[^/]+\/answers\/(.+)$/.exec(call);
    if (saved) {
      if ((state.answers[saved[1]]?.version ?? 0) > body.version) {
        return [409, problem(409, 'stale-answer', '答案已更新')];
      }
      state.answers[saved[1]] = { optionIds: body.optionIds ?? [], text: body.text ?? null, version: body.version };
      return [204];
    }
    if (/^GET \/api\/v1\/articles\/[^/]+$/.test(call)) {
      const summary = articles.find((each) => path.endsWith(each.id)) ?? articles[0];
      const text = Array.from({ length: 14 }, (_, n) => `<p>第 ${n + 1} 段：一九三二年冬天，交通员背着公款走了三天三夜，饿得昏倒在路边，怀里的钱一分没有动。</p>`).join('');
      return [200, { ...summary, html: `<h2>风雪夜</h2>${text}<blockquote><p>公款姓公，一分一厘都不能乱花。</p></blockquote>`, sources: ['中央纪委国家监委网站'] } satisfies Schemas['Article']];
    }
    switch (call.replace(/[0-9a-f-]{36}/g, '*')) {
      case 'POST /api/v1/sessions':
        return [201, { token: 'token', expiresAt: rfc3339(Date.now() + HOUR), member: state.bound ? member : null } satisfies Schemas['Session']];
      case 'DELETE /api/v1/sessions/current':
        return [204];
      case 'GET /api/v1/me':
        return [200, { member: state.bound ? member : null, follows: true } satisfies Schemas['Profile']];
      case 'PUT /api/v1/me/binding':
        if (body.name !== member.name) {
          return [404, problem(404, 'roster-no-match', '没有匹配')];
        }
        state.bound = true;
        return [200, member];
      case 'GET /api/v1/me/sessions':
        return [200, { items: devices } satisfies Schemas['DeviceList']];
      case 'DELETE /api/v1/me/sessions/*':
        devices = devices.filter((device) => !path.endsWith(device.id));
        return [204];
      case 'DELETE /api/v1/me/sessions':
        devices = devices.filter((device) => device.current);
        return [204];
      case 'GET /api/v1/me/binding-appeals':
        return [200, { items: appeals } satisfies Schemas['BindingAppealList']];
      case 'GET /api/v1/me/consents':
        return [200, { items: consents } satisfies Schemas['ConsentList']];
      case 'POST /api/v1/me/consents':
        reported.push(...body.results);
        Object.assign(consents[0], { answer: body.results[0].result });
        return [200, { items: consents } satisfies Schemas['ConsentList']];
      case 'GET /api/v1/me/preferences':
        return [200, preferences];
      case 'PUT /api/v1/me/preferences':
        return [200, Object.assign(preferences, body)];
      case 'GET /api/v1/columns':
        return [200, { items: [{ ...column, links: [] }, { key: 'news', name: '时政要闻', links: [] }, { key: 'letters', name: '廉洁提醒', links: [] }, { key: 'pledges', name: '倡议书', links: [] }] } satisfies Schemas['ColumnList']];
      case 'GET /api/v1/articles': {
        const from = Number(query.get('cursor') ?? 0);
        const some = query.get('column') && query.get('column') !== 'stories' ? [] : articles;
        return [200, { items: some.slice(from, from + 10), nextCursor: from + 10 < some.length ? String(from + 10) : null } satisfies Schemas['ArticlePage']];
      }
      case 'GET /api/v1/articles/*/position':
        return [200, { paragraph: 0 } satisfies Schemas['ReadingPosition']];
      case 'PUT /api/v1/articles/*/position':
        return [204];
      case 'GET /api/v1/issues':
        return [200, { items: [{ month: '2026-11', title: '守纪律 讲规矩', publishedAt: rfc3339(Date.now()) }], nextCursor: null } satisfies Schemas['IssuePage']];
      case 'GET /api/v1/issues/2026-11':
        return [200, { month: '2026-11', title: '守纪律 讲规矩', publishedAt: rfc3339(Date.now()), articles: articles.slice(0, 2), quiz: { id: ID(301), title: '十一月廉洁知识答题' } } satisfies Schemas['Issue']];
      case 'GET /api/v1/quizzes':
        return [200, { items: query.get('state') === 'closed' ? [pastQuiz(query.get('cursor'))] : query.get('state') === 'upcoming' ? [] : [quiz()], nextCursor: query.get('state') === 'closed' && !query.get('cursor') ? '1' : null } satisfies Schemas['QuizPage']];
      case 'GET /api/v1/quizzes/*':
        return [200, quiz()];
      case 'GET /api/v1/quizzes/*/commitment':
        return [200, { algorithm: 'SHA-256', hash: 'ab'.repeat(32), poolsHash: 'cd'.repeat(32), seed: null } satisfies Schemas['Commitment']];
      case 'POST /api/v1/quizzes/*/attempts':
        state.started ||= Date.now();
        return [201, attempt()];
      case 'GET /api/v1/attempts/*':
        return [200, attempt()];
      case 'POST /api/v1/attempts/*/submission': {
        const right = questions.filter(({ id }) => (texts[id] ? state.answers[id]?.text === texts[id] : String(state.answers[id]?.optionIds) === String(key[id])));
        state.result ??= {
          score: Math.round((100 * right.length) / questions.length), total: 100, correct: right.length, passed: right.length >= 2, submittedAt: rfc3339(Date.now()),
          review: { questions: questions.map((question) => ({ questionId: question.id, correct: right.includes(question), everyoneRight: false, percent: right.includes(question) ? 100 : 0, remark: null, key: key[question.id] ?? [], accepted: texts[question.id]?.split('\n').map((text) => [text]) ?? [], explanation: '见条例原文。', source: '《中国共产党纪律处分条例》第十条' })) },
          corrections: [{ at: rfc3339(Date.now()), scoreBefore: 0, scoreAfter: 100, passedBefore: false, passedAfter: true, reason: '文件已经修订' }],
        };
        return [200, state.result];
      }
      case 'GET /api/v1/me/attempts':
        return [200, { items: state.result ? [{ id: ID(300), quiz: { id: ID(301), title: '十一月廉洁知识答题' }, state: 'submitted', startedAt: rfc3339(state.started), submittedAt: state.result.submittedAt, score: state.result.score }] : [], nextCursor: null } satisfies Schemas['AttemptPage']];
      case 'GET /api/v1/events':
        return [200, { items: query.get('state') === 'upcoming' ? [volunteerEvent()] : [], nextCursor: null } satisfies Schemas['EventPage']];
      case 'GET /api/v1/events/*':
        return [200, volunteerEvent()];
      case 'PUT /api/v1/events/*/registration':
        event.registered = true;
        return [200, volunteerEvent().registration];
      case 'DELETE /api/v1/events/*/registration':
        event.registered = false;
        return [204];
      case 'POST /api/v1/events/*/check-ins':
        if (body.code !== '123456') {
          return [409, problem(409, 'code-expired', '现场码已过期')];
        }
        event[body.kind === 'IN' ? 'in' : 'out'] = rfc3339(Date.now());
        return [201, { id: body.id, eventId: ID(400), kind: body.kind, recordedAt: rfc3339(Date.now()) } satisfies Schemas['CheckIn']];
      case 'POST /api/v1/check-ins':
        return [200, { results: body.items.map((item: { id: string }) => ({ id: item.id, state: 'RECORDED' as const })) } satisfies Schemas['CheckInUploadResult']];
      case 'GET /api/v1/me/service': {
        const records: Schemas['ServiceEntry'][] = event.in ? [{ eventId: ID(400), title: '河道清洁志愿行动', checkedInAt: event.in, checkedOutAt: event.out || null, hours: event.out ? 2.5 : 0, state: event.out ? 'CONFIRMED' : 'PENDING' }] : [];
        return [200, { hours: event.out ? 2.5 : 0, pendingHours: 0, records } satisfies Schemas['ServiceRecord']];
      }
      case 'GET /api/v1/me/messages':
        return [200, { items: [{ id: ID(500), title: '国庆节廉洁提醒', body: '节日将至，请自觉遵守中央八项规定精神，不收受礼品礼金，不参加可能影响公正执行公务的宴请。', sentAt: rfc3339(Date.now()), read: false, link: `/m/#/pages/article/index?id=${ID(100)}` }], nextCursor: null, unread: 1 } satisfies Schemas['MessagePage']];
      case 'PUT /api/v1/me/messages/*/read':
        return [204];
      case 'POST /_local/phone-code':
        return [200, { code: 'phone' }];
      default:
        return [404, problem(404, 'not-found', '没有找到')];
    }
  }

  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url!, 'http://localhost');
    const text = await textOf(request);
    calls.push(`${request.method} ${url.pathname}`);
    const [status, body] = answer(request.method!, url.pathname, url.searchParams, text ? JSON.parse(text) : undefined);
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, body === undefined ? {} : { 'Content-Type': type }).end(body === undefined ? undefined : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers: state.answers,
    calls,
    consents,
    reported,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function problem(status: number, name: string, title: string): Schemas['Problem'] {
  return { type: `urn:qingfeng:problem:${name}`, title, status };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString();
}
