import { ApiError } from '@qingfeng/client';
import { describe, expect, test } from 'vitest';
import { pageOf } from '../src/display/links';
import { addressAfterLogin, authorizeUrl } from '../src/session/oauth';
import { isPassing, sentenceFor } from '../src/text/problem';
import { dayOf, hoursOf, instant, momentOf, monthOf, periodOf, remaining, rfc3339 } from '../src/text/time';
import { uuid } from '../src/text/uuid';

describe('times are those of Shanghai on every phone', () => {
  test('whatever offset the text has', () => {
    expect(momentOf('2026-11-22T18:30:00+08:00')).toBe('11月22日 周日 18:30');
    expect(momentOf('2026-11-22T10:30:00Z')).toBe('11月22日 周日 18:30');
    expect(momentOf('2026-11-22T17:00:00.123456789Z')).toBe('11月23日 周一 01:00');
    expect(dayOf('2026-12-31T16:00:00Z')).toBe('1月1日');
    expect(monthOf('2026-05')).toBe('2026年5月');
  });

  test('a period names its day once', () => {
    expect(periodOf('2026-11-22T14:00:00+08:00', '2026-11-22T17:00:00+08:00')).toBe('11月22日 周日 14:00–17:00');
    expect(periodOf('2026-11-22T22:00:00+08:00', '2026-11-23T01:00:00+08:00')).toBe('11月22日 周日 22:00 至 11月23日 周一 01:00');
  });

  test('negative offsets and fractions count', () => {
    expect(instant('2026-01-01T00:00:00.5-02:30')).toBe(Date.UTC(2026, 0, 1, 2, 30, 0, 500));
    expect(() => instant('2026-01-01 08:00')).toThrow();
  });

  test('a moment goes out and comes back', () => {
    expect(rfc3339(Date.UTC(2026, 10, 22, 16, 0, 1))).toBe('2026-11-23T00:00:01+08:00');
    expect(instant(rfc3339(1_795_000_000_000))).toBe(1_795_000_000_000);
  });

  test('time left and hours are short', () => {
    expect(remaining(1_800_000)).toBe('30:00');
    expect(remaining(59_001)).toBe('01:00');
    expect(remaining(3_725_000)).toBe('1:02:05');
    expect(remaining(-5)).toBe('00:00');
    expect(hoursOf(2.5)).toBe('2.5');
    expect(hoursOf(3)).toBe('3');
    expect(hoursOf(0.1 + 0.2)).toBe('0.3');
  });
});

describe('problems are plain sentences', () => {
  const problem = (status: number, body: object = {}) => new ApiError(status, body);

  test('for every kind of failure', () => {
    expect(sentenceFor(problem(0))).toContain('网络不给力');
    expect(sentenceFor(problem(401))).toContain('重新登录');
    expect(sentenceFor(problem(429))).toContain('稍后再试');
    expect(sentenceFor(problem(500, { detail: 'x' }))).toBe('系统暂时繁忙，请稍后再试。');
    expect(sentenceFor(problem(409, { type: 'urn:qingfeng:problem:code-expired' }))).toContain('现场码');
    expect(sentenceFor(problem(409, { type: 'urn:qingfeng:problem:event-full', title: '已满', detail: '名额已满。' }))).toBe('名额已满。');
    expect(sentenceFor(problem(422, { title: '请求有误', errors: [{ field: 'name', message: '请填写姓名' }] }))).toBe('请填写姓名');
    expect(sentenceFor(problem(404, { title: '没有找到' }))).toBe('没有找到');
    expect(sentenceFor(problem(418))).toBe('没有成功，请再试一次。');
    expect(sentenceFor(new TypeError('x is undefined'))).toBe('出了点问题，请再试一次。');
  });

  test('and only passing ones are tried again', () => {
    expect([0, 429, 500, 503].every((status) => isPassing(problem(status)))).toBe(true);
    expect([400, 401, 404, 409, 422].some((status) => isPassing(problem(status)))).toBe(false);
  });
});

describe('the login of the H5 page comes back', () => {
  test('to the page it started from', () => {
    const url = authorizeUrl('/m/', '/pages/login/index?to=%2Fpages%2Fquiz%2Findex');
    const back = new URL(decodeURIComponent(/return=(.*)$/.exec(url)![1]), 'http://localhost');
    expect(addressAfterLogin(back.pathname, back.search)).toBe('/m/#/pages/login/index?to=%2Fpages%2Fquiz%2Findex');
  });

  test('and to no other host', () => {
    expect(addressAfterLogin('/m/', '?to=https%3A%2F%2Fevil.example')).toBe('/m/#/');
    expect(addressAfterLogin('/m/', '?to=%2F%2Fevil.example')).toBe('/m/#/');
    expect(addressAfterLogin('/m/', '')).toBeUndefined();
  });
});

test('links of messages lead to own pages only', () => {
  expect(pageOf('/m/#/pages/article/index?id=1')).toBe('/pages/article/index?id=1');
  expect(pageOf('/pages/quiz/index')).toBe('/pages/quiz/index');
  expect(pageOf('https://evil.example/#/pages/quiz/index')).toBeUndefined();
  expect(pageOf(null)).toBeUndefined();
});

test('made-up ids are version 4', () => {
  expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(Array.from({ length: 1000 }, () => uuid())).size).toBe(1000);
});
