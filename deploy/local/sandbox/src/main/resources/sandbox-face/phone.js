// The phone: who holds it, their chats, and one chat.

import * as wire from './wire.js';
import { accountFace, make, messageView, personFace, shortTime, summary } from './chat.js';

const BEAT = 1200;
const GAP = 5 * 60 * 1000;

const screen = document.getElementById('screen');
const sheet = document.getElementById('sheet');
const browser = document.getElementById('browser');
const toast = document.getElementById('toast');

const state = { apps: [], person: null, messages: [], last: 0, read: {}, offset: 0, view: null };

const now = () => new Date(Date.now() + state.offset);

function go(hash) {
	location.hash = hash;
}

function bar(title, back, more) {
	const header = make('header', 'bar');
	if (back) {
		const button = make('button', 'back', '‹');
		button.setAttribute('aria-label', '返回');
		button.addEventListener('click', back);
		header.append(button);
	}
	header.append(make('h2', '', title));
	if (more) {
		const button = make('button', 'more', '⋯');
		button.setAttribute('aria-label', '更多');
		button.addEventListener('click', more);
		header.append(button);
	}
	return header;
}

function row(face, title, note, time, click) {
	const button = make('button', 'row');
	const what = make('span', 'what');
	what.append(make('b', '', title), make('small', '', note));
	button.append(face, what);
	if (time) {
		button.append(make('time', '', time));
	}
	button.addEventListener('click', click);
	return button;
}

// Who holds the phone.
async function showPeople() {
	state.view = 'people';
	const search = make('label', 'search');
	const input = make('input');
	input.type = 'search';
	input.placeholder = '搜索姓名或手机号';
	input.setAttribute('aria-label', '搜索姓名或手机号');
	search.append(input);
	const list = make('div', 'rows');
	const scroll = make('div', 'scroll');
	scroll.append(list);
	const fill = async () => {
		const found = await wire.people(input.value.trim());
		list.replaceChildren(...found.map((person) => row(personFace(person), person.name, person.phone, '', () => go(`#/${person.id}`))));
		if (found.length === 0) {
			list.replaceChildren(make('p', 'empty', '没有找到这个人'));
		}
	};
	input.addEventListener('input', () => fill().catch(complain));
	screen.replaceChildren(bar('谁的手机？'), search, scroll);
	await fill();
}

const chatOf = (app) => state.messages.filter((message) => message.appid === app.appid);

// The chats of one person.
function showChats() {
	state.view = 'chats';
	const list = make('div', 'rows');
	state.apps.map((app) => ({ app, chat: chatOf(app) }))
		.filter(({ app, chat }) => app.kind !== 'mini' || chat.length > 0)
		.sort((one, other) => (other.chat.at(-1)?.number ?? 0) - (one.chat.at(-1)?.number ?? 0))
		.forEach(({ app, chat }) => {
			const face = accountFace(app);
			const unread = chat.filter((message) => !message.mine && message.number > (state.read[app.appid] ?? 0)).length;
			if (unread > 0) {
				face.append(make('span', 'badge', String(Math.min(unread, 99))));
			}
			const last = chat.at(-1);
			const quiet = state.person.follows[app.appid] ? '暂无消息' : '未关注';
			list.append(row(face, app.kind === 'mini' ? '服务通知' : app.name, last ? summary(last) : quiet,
				last ? shortTime(last.at, now()) : '', () => go(`#/${state.person.id}/${app.appid}`)));
		});
	const scroll = make('div', 'scroll');
	scroll.append(list);
	screen.replaceChildren(bar(`微信 · ${state.person.name}`, () => go('#/')), scroll);
}

// One chat.
async function showChat(app) {
	state.view = app.appid;
	if (app.kind !== 'mini' && !state.person.follows[app.appid]) {
		showProfile(app);
		return;
	}
	const scroll = make('div', 'scroll');
	const chat = make('div', 'chat');
	chat.id = 'chat';
	scroll.append(chat);
	const title = app.kind === 'mini' ? '服务通知' : app.name;
	screen.replaceChildren(bar(title, () => go(`#/${state.person.id}`), app.kind === 'mini' ? null : () => more(app)), scroll);
	if (app.kind !== 'mini') {
		const foot = make('footer', 'foot');
		screen.append(foot);
		const menu = await wire.menu(app.appid);
		menu.button ? showMenu(foot, app, menu.button) : showKeyboard(foot, app, null);
	}
	draw(app, chatOf(app), false);
}

function draw(app, messages, fresh) {
	const chat = document.getElementById('chat');
	const phone = { app, person: state.person, open, say };
	messages.forEach((message) => {
		const before = Number(chat.dataset.at ?? 0);
		const at = new Date(message.at).getTime();
		if (at - before > GAP) {
			chat.append(make('p', 'when', shortTime(message.at, now())));
		}
		chat.dataset.at = at;
		const view = messageView(message, phone);
		view.classList.toggle('fresh', fresh);
		chat.append(view);
		state.read[app.appid] = message.number;
	});
	chat.parentElement.scrollTop = chat.parentElement.scrollHeight;
}

function showProfile(app) {
	const profile = make('div', 'scroll');
	const page = make('div', 'profile');
	const follow = make('button', 'primary', '关注公众号');
	follow.addEventListener('click', () => perform(app, 'follow'));
	page.append(accountFace(app), make('h3', '', app.name), make('p', '', '每月一次廉洁学习：一组答题、一个故事、一条资讯'), follow);
	profile.append(page);
	screen.replaceChildren(bar('', () => go(`#/${state.person.id}`)), profile);
}

function showMenu(foot, app, buttons) {
	const swap = make('button', 'swap', '⌨');
	swap.setAttribute('aria-label', '切换到键盘');
	swap.addEventListener('click', () => showKeyboard(foot, app, buttons));
	foot.replaceChildren(swap, ...buttons.map((button) => {
		const below = button.sub_button ?? [];
		const item = make('button', below.length > 0 ? 'menu deep' : 'menu', button.name);
		item.addEventListener('click', () => (below.length > 0 ? unfold(foot, item, app, below) : press(app, button)));
		return item;
	}));
}

function unfold(foot, item, app, below) {
	const open = foot.querySelector('.below');
	open?.remove();
	if (open?.dataset.of === item.textContent) {
		return;
	}
	const list = make('div', 'below');
	list.dataset.of = item.textContent;
	list.append(...below.map((button) => {
		const entry = make('button', '', button.name);
		entry.addEventListener('click', () => {
			list.remove();
			press(app, button);
		});
		return entry;
	}));
	foot.append(list);
	const wish = item.offsetLeft + item.offsetWidth / 2 - list.offsetWidth / 2;
	list.style.left = `${Math.min(Math.max(8, wish), foot.offsetWidth - list.offsetWidth - 8)}px`;
}

function press(app, button) {
	if (button.type === 'view') {
		perform(app, 'view', { url: button.url });
		open(button.url, button.name);
	}
	else if (button.type === 'miniprogram') {
		button.url ? open(button.url, button.name) : say(`将打开小程序页面\n${button.pagepath}`);
	}
	else {
		perform(app, 'click', { key: button.key ?? button.name });
	}
}

function showKeyboard(foot, app, buttons) {
	const form = make('form');
	const input = make('input');
	input.setAttribute('aria-label', '发消息');
	input.maxLength = 600;
	const send = make('button', '', '发送');
	send.type = 'submit';
	form.append(input, send);
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		const text = input.value.trim();
		input.value = '';
		if (text) {
			perform(app, 'sendText', { text });
		}
	});
	foot.replaceChildren(form);
	if (buttons) {
		const swap = make('button', 'swap', '≡');
		swap.setAttribute('aria-label', '切换到菜单');
		swap.addEventListener('click', () => showMenu(foot, app, buttons));
		foot.prepend(swap);
	}
}

function more(app) {
	const panel = make('div');
	const entry = (text, className, click) => {
		const button = make('button', className, text);
		button.addEventListener('click', () => {
			sheet.hidden = true;
			click();
		});
		panel.append(button);
	};
	panel.append(make('p', '', `${state.person.name} 与 ${app.name}`));
	entry('拒收消息', '', () => perform(app, 'block').then(() => say('已拒收')));
	entry('恢复接收', '', () => perform(app, 'unblock').then(() => say('已恢复接收')));
	entry('不再关注', 'warn', () => perform(app, 'unfollow'));
	entry('取消', 'cancel', () => {});
	sheet.replaceChildren(panel);
	sheet.hidden = false;
}

async function perform(app, action, extra = {}) {
	try {
		await wire.act(state.person.id, app.appid, action, extra);
		if (action === 'follow' || action === 'unfollow') {
			state.person = await wire.person(state.person.id);
			await show();
		}
		await pull();
	}
	catch (error) {
		complain(error);
	}
}

// Pages of this origin open in the phone; others open beside it, as they would not let themselves be framed.
function open(url, title) {
	if (new URL(url, location.href).origin !== location.origin) {
		window.open(url, '_blank', 'noopener');
		return;
	}
	browser.querySelector('h2').textContent = title;
	browser.querySelector('iframe').src = url;
	browser.hidden = false;
}

function say(text) {
	toast.textContent = text;
	toast.style.whiteSpace = 'pre-line';
	toast.hidden = false;
	clearTimeout(say.timer);
	say.timer = setTimeout(() => {
		toast.hidden = true;
	}, 2200);
}

function complain(error) {
	say(error instanceof TypeError ? '网络不可用' : error.message);
}

async function pull() {
	const holder = state.person;
	if (!holder) {
		return;
	}
	const fresh = await wire.messages(holder.id, state.last);
	if (fresh.length === 0 || holder !== state.person) {
		return;
	}
	const known = fresh.filter((message) => message.number > state.last);
	state.messages.push(...known);
	state.last = state.messages.at(-1)?.number ?? 0;
	const app = state.apps.find((each) => each.appid === state.view);
	if (state.view === 'chats') {
		showChats();
	}
	else if (app && document.getElementById('chat')) {
		draw(app, known.filter((message) => message.appid === app.appid), true);
	}
}

async function tick() {
	const clock = await wire.clock();
	state.offset = new Date(clock.now).getTime() - Date.now();
	const zone = { timeZone: 'Asia/Shanghai', hour12: false };
	document.getElementById('time').textContent = now().toLocaleTimeString('zh-CN', { ...zone, hour: '2-digit', minute: '2-digit' });
	document.getElementById('date').textContent = now().toLocaleString('zh-CN', { ...zone, dateStyle: 'long', timeStyle: 'short' });
}

async function show() {
	const [, id, appid] = location.hash.split('/');
	sheet.hidden = true;
	browser.hidden = true;
	if (!id) {
		state.person = null;
		await showPeople();
		return;
	}
	if (state.person?.id !== id) {
		Object.assign(state, { person: await wire.person(id), messages: [], last: 0, read: {}, view: 'opening' });
		document.cookie = `sandbox_user=${id};path=/;samesite=lax`;
		await pull();
	}
	const app = state.apps.find((each) => each.appid === appid);
	await (app ? showChat(app) : showChats());
}

async function beat() {
	try {
		await tick();
		await pull();
	}
	catch (error) {
		complain(error);
	}
	setTimeout(beat, BEAT);
}

browser.querySelector('.back').addEventListener('click', () => {
	browser.hidden = true;
	browser.querySelector('iframe').src = 'about:blank';
});
sheet.addEventListener('click', (event) => {
	if (event.target === sheet) {
		sheet.hidden = true;
	}
});
window.addEventListener('hashchange', () => show().catch(complain));

state.apps = await wire.apps();
await show().catch(complain);
beat();
