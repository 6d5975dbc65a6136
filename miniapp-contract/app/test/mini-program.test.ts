import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bundle, missingModules, type MiniProgram } from './simulator/bundle';
import { Simulator } from './simulator/simulator';
import { startFakeServer, type FakeServer } from './support/fake-server';

const FOLDER = join(__dirname, '../dist/mp-weixin');

describe('the built mini-program', () => {
  let program: MiniProgram;
  let server: FakeServer | undefined;
  let phone: Simulator;

  beforeAll(async () => {
    program = await bundle(FOLDER);
  });

  async function start({ bound }: { bound: boolean }) {
    server = await startFakeServer({ bound });
    // The address is built in; the simulated phone finds the test's server behind it.
    phone = new Simulator({ ...program, script: program.script.replaceAll('http://127.0.0.1:8080', server.url) });
  }

  afterEach(async () => {
    phone?.close();
    await server?.close();
  });

  test('is whole and small', () => {
    expect(program.warnings).toEqual([]);
    expect(missingModules(FOLDER)).toEqual([]);
    const size = program.files.map((file) => statSync(join(FOLDER, file))).reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
    expect(size).toBeLessThan(400 * 1024);
    for (const tab of ['learn', 'quiz', 'volunteer']) {
      expect(existsSync(join(FOLDER, `static/tab/${tab}.png`))).toBe(true);
    }
  });

  async function logIn() {
    phone.open('pages/login/index');
    await phone.see('微信登录');
    phone.touch(phone.all('.agree')[0]);
    await phone.until(() => phone.all('.box.on').length, 'the tick');
    await phone.tap('微信登录');
  }

  test('shows this month’s issue and the articles without a login', async () => {
    await start({ bound: false });
    phone.open('pages/learn/index');
    await phone.see('守纪律 讲规矩');
    await phone.see('一枚铜板的故事');
    expect(phone.errors).toEqual([]);
  });

  test('does not log in before the member agreed', async () => {
    await start({ bound: false });
    phone.open('pages/login/index');
    await phone.tap('微信登录');
    await phone.until(() => phone.state.toasts[0]?.includes('同意'), 'the request to agree');
    expect(phone.state.calls).not.toContain('POST /api/v1/sessions');
  });

  test('asks an unknown account to bind, by phone number or by code', async () => {
    await start({ bound: false });
    await logIn();
    await phone.see('绑定身份');
    expect(phone.all('button').map((button) => button.textContent?.trim())).toEqual(['用手机号验证', '用绑定码绑定']);
  });

  test('takes a quiz to its end, through a dead network in the middle', async () => {
    await start({ bound: true });
    await logIn();
    await phone.until(() => phone.state.page === 'pages/learn/index' || undefined, 'the first page');
    phone.open('pages/quiz/index');
    await phone.see('十月廉洁知识答题');
    await phone.tap('更早的答题');
    await phone.see('九月廉洁知识答题');
    await phone.see('没有参加');
    await phone.tap('查看本期封存码');
    await phone.see('本期封存码：abab');
    await phone.tap('开始答题');
    await phone.see('第 1 / 4 题');
    await choose(0);
    await phone.see('已保存');
    await phone.tap('下一题');
    await phone.see('第 2 / 4 题');
    phone.state.setOnline(false);
    for (const option of [0, 1, 2, 3]) {
      await choose(option);
    }
    await phone.see('网络不好，已先记在手机上');
    await phone.see('网络不给力');
    phone.state.setOnline(true);
    await phone.see('已保存');
    await phone.tap('下一题');
    await phone.see('第 3 / 4 题');
    await choose(1);
    await phone.tap('下一题');
    await phone.see('第 4 / 4 题');
    await type(0, '1921');
    await type(1, '民主集中制');
    await phone.see('已保存');
    await phone.tap('去交卷');
    await phone.see('4 题全部答完');
    await phone.tap('交卷');
    await phone.see('恭喜，本次答题合格');
    await phone.tap('提醒我');
    await phone.see('还可以提醒您 1 次');
    expect(phone.state.modals[0]).toContain('确定交卷吗');
    expect(phone.state.page).toBe('pages/result/index');
    expect(Object.values(server!.answers).map((answer) => answer.optionIds)).toEqual([['a'], ['a', 'b', 'c', 'd'], ['b'], []]);
    expect(Object.values(server!.answers).at(-1)!.text).toBe('1921\n民主集中制');
    expect(phone.text).toContain('出处');
    expect(phone.text).toContain('成绩由 0 分改为 100 分');
    expect(phone.text).toContain('更正原因：文件已经修订');
    expect(phone.errors).toEqual([]);
  });

  test('offers a reminder after the sign-up for an event, and counts what was allowed', async () => {
    await start({ bound: true });
    await logIn();
    await phone.until(() => phone.state.page === 'pages/learn/index' || undefined, 'the first page');
    phone.open('pages/event/index?id=00000000-0000-4000-8000-000000000400');
    await phone.tap('报名');
    await phone.see('有新消息时，可以在微信里提醒您');
    await phone.tap('提醒我');
    await phone.see('还可以提醒您 1 次');
    await phone.tap('再提醒我一次');
    await phone.see('还可以提醒您 2 次');
    expect(phone.state.popups).toEqual([['template'], ['template']]);
    expect(server!.reported).toEqual([{ templateId: 'template', result: 'accept' }, { templateId: 'template', result: 'accept' }]);
    expect(phone.errors).toEqual([]);
  });

  test('says where to switch reminders on again that were switched off', async () => {
    await start({ bound: true });
    await logIn();
    await phone.until(() => phone.state.page === 'pages/learn/index' || undefined, 'the first page');
    phone.state.mainSwitch = false;
    phone.open('pages/me/index');
    await phone.until(() => phone.all('.item').find((item) => item.textContent?.includes('消息提醒')), 'the way to the reminders').then((item) => phone.touch(item));
    await phone.see('您已关闭这项提醒，要再收到，请在微信设置里打开');
    await phone.tap('打开微信设置');
    await phone.see('有新消息时，可以在微信里提醒您');
    phone.state.choose = () => 'reject';
    await phone.tap('提醒我');
    await phone.see('您上次选择了不接收提醒');
    phone.state.decided = { template: 'reject' };
    await phone.tap('提醒我');
    await phone.see('您已关闭这项提醒');
    expect(server!.reported.map(({ result }) => result)).toEqual(['reject', 'reject']);
    expect(phone.errors).toEqual([]);
  });

  test('asks for no reminder without a network, and tries again', async () => {
    await start({ bound: true });
    await logIn();
    await phone.until(() => phone.state.page === 'pages/learn/index' || undefined, 'the first page');
    phone.state.setOnline(false);
    phone.open('pages/reminders/index');
    await phone.see('提醒设置没有打开');
    phone.state.setOnline(true);
    await phone.tap('重试');
    await phone.see('学习任务提醒');
    phone.state.setOnline(false);
    await phone.tap('提醒我');
    await phone.until(() => phone.state.toasts.some((toast) => toast.includes('网络不给力')) || undefined, 'the news');
    expect(server!.reported).toEqual([]);
  });

  test('shows where the member is logged in, and logs out there', async () => {
    await start({ bound: true });
    await logIn();
    await phone.until(() => phone.state.page === 'pages/learn/index' || undefined, 'the first page');
    phone.open('pages/me/index');
    await phone.until(() => phone.all('.item').find((item) => item.textContent?.includes('我的登录设备')), 'the way to the devices').then((item) => phone.touch(item));
    await phone.see('浏览器（Windows 电脑）');
    expect(phone.all('.tag').map((tag) => tag.textContent)).toEqual(['本机']);
    await phone.tap('退出这台设备');
    await phone.until(() => !phone.text.includes('苹果平板') || undefined, 'one device less');
    await phone.tap('退出其他全部设备');
    await phone.see('没有其他设备');
    expect(phone.text).toContain('微信（安卓手机）');
    expect(phone.errors).toEqual([]);
  });

  test('says so when the devices cannot be read, and tries again', async () => {
    await start({ bound: true });
    await logIn();
    await phone.until(() => phone.state.page === 'pages/learn/index' || undefined, 'the first page');
    phone.state.setOnline(false);
    phone.open('pages/devices/index');
    await phone.see('没有加载成功');
    await phone.see('网络不给力');
    phone.state.setOnline(true);
    await phone.tap('重试');
    await phone.see('微信（安卓手机）');
  });

  test('shows an unbound account the answer to its appeal, and the way to another', async () => {
    await start({ bound: false });
    await logIn();
    await phone.see('绑定身份');
    await phone.tap('提示“已被绑定”？提交申诉');
    await phone.see('单位答复：请携带身份证到单位核实');
    await phone.tap('提交申诉');
    await phone.until(() => phone.state.toasts.some((toast) => toast.includes('请填写姓名')) || undefined, 'the request for a name');
    expect(phone.errors).toEqual([]);
  });

  async function type(blank: number, text: string) {
    phone.type(await phone.until(() => phone.all('input')[blank], `blank ${blank}`), text);
  }

  async function choose(option: number) {
    const element = await phone.until(() => phone.all('.option')[option], `option ${option}`);
    phone.touch(element);
    await phone.until(() => phone.all('.option')[option].className.includes(' on') || undefined, `option ${option} chosen`);
  }
});
