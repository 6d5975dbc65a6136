import { ApiError, createMemberApi, type Request } from '@qingfeng/client';
import { describe, expect, test } from 'vitest';
import { renewing } from '../src/session/renewing-transport';
import { Session } from '../src/session/session';
import { memory } from './support/memory';

const ID = '00000000-0000-4000-8000-000000000001';
const member = { id: ID, name: '王清', maskedPhone: '130****0001', unit: { id: ID, name: '支部' } };

function server(answer: (request: Request) => { status: number; body?: unknown }) {
  const requests: Request[] = [];
  const transport = async (request: Request) => {
    requests.push(request);
    const { status, body } = answer(request);
    return { status, body };
  };
  return { requests, transport };
}

describe('the typed client', () => {
  test('fills in the path and the query', async () => {
    const { requests, transport } = server(() => ({ status: 200, body: { items: [], nextCursor: null } }));
    const api = createMemberApi('http://host', transport, () => ({ Authorization: 'Bearer t' }));
    await api.get('/api/v1/articles', { query: { q: '廉洁 &', cursor: undefined, limit: 5 } });
    await api.get('/api/v1/issues/{month}', { path: { month: '2026-11' } });
    expect(requests.map(({ url }) => url)).toEqual(['http://host/api/v1/articles?q=%E5%BB%89%E6%B4%81%20%26&limit=5', 'http://host/api/v1/issues/2026-11']);
    expect(requests[0].headers.Authorization).toBe('Bearer t');
  });

  test('turns problem documents and dead networks into ApiError', async () => {
    const api = createMemberApi('', async () => ({ status: 409, body: { type: 'urn:qingfeng:problem:attempt-closed', title: '已截止', status: 409 } }), () => ({}));
    await expect(api.get('/api/v1/me')).rejects.toMatchObject({ status: 409, kind: 'attempt-closed', message: '已截止' });
    const dead = createMemberApi('', () => Promise.reject(new Error('request:fail')), () => ({}));
    await expect(dead.get('/api/v1/me')).rejects.toBeInstanceOf(ApiError);
    await expect(dead.get('/api/v1/me')).rejects.toMatchObject({ status: 0 });
    const html = createMemberApi('', async () => ({ status: 502, body: '<html>' }), () => ({}));
    await expect(html.get('/api/v1/me')).rejects.toMatchObject({ status: 502, kind: '' });
  });

  test('does not compile a call that the contract does not have', () => {
    const api = createMemberApi('', async () => ({ status: 200, body: null }), () => ({}));
    const wrong = () => [
      // @ts-expect-error no such path
      api.get('/api/v1/nope'),
      // @ts-expect-error a path parameter is missing
      api.get('/api/v1/articles/{id}'),
      // @ts-expect-error no such state
      api.get('/api/v1/quizzes', { query: { state: 'ajar' } }),
      // @ts-expect-error the name is missing
      api.put('/api/v1/me/binding', { body: { phoneCode: '1' } }),
    ];
    expect(wrong).toBeTypeOf('function');
  });
});

describe('who is using the phone', () => {
  function phone(answer: (request: Request) => { status: number; body?: unknown }, loginCode?: () => Promise<string>) {
    const store = memory();
    const { requests, transport } = server(answer);
    const api = createMemberApi('', renewing(transport, () => session.renew(), (headers) => ({ ...headers, Authorization: `Bearer ${session.token}` })), () => ({ Authorization: `Bearer ${session.token}` }));
    const session: Session = new Session({ store, api, loginCode });
    return { session, store, requests, api };
  }

  test('a mini-program without a token asks nobody and is signed out', async () => {
    const { session, requests } = phone(() => ({ status: 500 }), async () => 'code');
    await session.restore();
    expect(session.view.standing).toBe('signedOut');
    expect(requests).toEqual([]);
  });

  test('logging in keeps the token, and binding makes a member', async () => {
    const { session } = phone(
      ({ method }) => (method === 'POST' ? { status: 201, body: { token: 't', expiresAt: 'x', member: null } } : { status: 200, body: member }),
      async () => 'code',
    );
    await session.logIn();
    expect([session.token, session.view.standing]).toEqual(['t', 'unbound']);
    await session.bind({ name: '王清', phoneCode: 'p' });
    expect(session.view).toMatchObject({ standing: 'bound', member: { name: '王清' } });
  });

  test('a dead token is renewed once without asking, and the call repeated', async () => {
    const { session, store, api, requests } = phone(
      ({ url, headers }) =>
        url.endsWith('/sessions') ? { status: 201, body: { token: 'new', expiresAt: 'x', member } } : headers.Authorization === 'Bearer new' ? { status: 200, body: { textSize: 'large' } } : { status: 401 },
      async () => 'code',
    );
    store.set('token', 'old');
    expect(await api.get('/api/v1/me/preferences')).toEqual({ textSize: 'large' });
    expect(requests).toHaveLength(3);
    expect(session.token).toBe('new');
  });

  test('an H5 page with a dead cookie is signed out', async () => {
    const { session } = phone(() => ({ status: 401 }));
    await session.restore();
    expect(session.view.standing).toBe('signedOut');
  });

  test('a known member without a network stays one', async () => {
    const { session, store, api } = phone(() => {
      throw new Error('no network');
    });
    store.set('member', member);
    const again = new Session({ store, api });
    await again.restore();
    expect(again.view.standing).toBe('bound');
    await expect(session.restore()).rejects.toMatchObject({ status: 0 });
    expect(session.view.standing).toBe('unknown');
  });

  test('logging out forgets everything, also when the token was dead already', async () => {
    const { session, store } = phone(() => ({ status: 401 }));
    store.set('member', member);
    await session.logOut();
    expect(session.view.standing).toBe('signedOut');
    expect(store.entries.size).toBe(0);
  });
});
