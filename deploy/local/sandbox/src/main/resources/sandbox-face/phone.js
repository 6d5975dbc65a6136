// The phone: who holds it, their chats, and one chat.

import * as wire from './wire.js';
import { accountFace, make, messageView, personFace, shortTime, summary } from './chat.js';
import { bar, choices, consents, popup, profile, scanner, slideDown } from './pages.js';

const BEAT = 1200;
const GAP = 5 * 60 * 1000;
const BANNER = 4500;

const screen = document.getElementById('screen');
const sheet = document.getElementById('sheet');
const browser = document.getElementById('browser');
const banner = document.getElementById('banner');
const progress = document.getElementById('progress');
const toast = document.getElementById('toast');

const state = { apps: [], person: null, messages: [], last: 0, read: {}, known: false, offset: 0, view: null };

const now = () => new Date(Date.now() + state.offset);
const nameOf = (app) => (app.kind === 'mini' ? '服务通知' : app.name);
const appOf = (appid) => state.apps.find((each) => each.appid === appid);
const chatOf = (app) => state.messages.filter((message) => message.appid === app.appid);

function go(hash) {
	if (location.hash === hash) {
		show().catch(complain);
	}
	location.hash = hash;
}

const phone = () => ({ person: state.person, messages: state.messages, now, go, perform, open, openMini, say, scan });

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
				const badge = make('span', 'badge', String(Math.min(unread, 99)));
				badge.setAttribute('aria-label', `${unread} 条未读`);
				face.append(badge);
			}
			const last = chat.at(-1);
			const quiet = state.person.follows[app.appid] ? '暂无消息' : '未关注';
			list.append(row(face, nameOf(app), last ? summary(last) : quiet, last ? shortTime(last.at, now()) : '',
				() => go(`#/${state.person.id}/${app.appid}`)));
		});
	const scroll = make('div', 'scroll');
	scroll.append(list);
	const plus = { sign: '＋', label: '扫一扫', click: () => scanner(phone()) };
	screen.replaceChildren(bar(`微信 · ${state.person.name}`, () => go('#/'), plus), scroll);
}

// One chat.
async function showChat(app) {
	state.view = app.appid;
	if (app.kind !== 'mini' && !state.person.follows[app.appid]) {
		profile(app, phone());
		return;
	}
	const scroll = make('div', 'scroll');
	const chat = make('div', 'chat');
	chat.id = 'chat';
	chat.setAttribute('role', 'log');
	chat.setAttribute('aria-label', '聊天记录');
	scroll.append(chat);
	const page = app.kind === 'mini' ? 'consents' : 'profile';
	const more = { sign: '⋯', label: app.kind === 'mini' ? '订阅消息' : '公众号主页', click: () => go(`#/${state.person.id}/${app.appid}/${page}`) };
	const parts = [bar(nameOf(app), () => go(`#/${state.person.id}`), more), scroll];
	if (app.kind !== 'mini') {
		const foot = make('footer', 'foot');
		const menu = await wire.menu(state.person.id, app.appid);
		menu.button ? showMenu(foot, app, menu.button) : showKeyboard(foot, app, null);
		parts.push(foot);
	}
	screen.replaceChildren(...parts);
	draw(app, chatOf(app), false);
}

function draw(app, messages, fresh) {
	const chat = document.getElementById('chat');
	messages.forEach((message) => {
		const before = Number(chat.dataset.at ?? 0);
		const at = new Date(message.at).getTime();
		if (at - before > GAP) {
			chat.append(make('p', 'when', shortTime(message.at, now())));
		}
		chat.dataset.at = at;
		const view = messageView(message, { app, ...phone() });
		view.classList.toggle('fresh', fresh);
		chat.append(view);
		state.read[app.appid] = message.number;
	});
	chat.parentElement.scrollTop = chat.parentElement.scrollHeight;
}

function showMenu(foot, app, buttons) {
	const swap = make('button', 'swap', '⌨');
	swap.setAttribute('aria-label', '切换到键盘');
	swap.addEventListener('click', () => showKeyboard(foot, app, buttons));
	foot.replaceChildren(swap, ...buttons.map((button) => {
		const below = button.sub_button ?? [];
		const item = make('button', below.length > 0 ? 'menu deep' : 'menu', button.name);
		if (below.length > 0) {
			item.setAttribute('aria-haspopup', 'true');
			item.setAttribute('aria-expanded', 'false');
		}
		item.addEventListener('click', () => (below.length > 0 ? unfold(foot, item, app, below) : press(app, button)));
		return item;
	}));
}

function unfold(foot, item, app, below) {
	const open = foot.querySelector('.below');
	open?.remove();
	foot.querySelectorAll('[aria-expanded]').forEach((each) => each.setAttribute('aria-expanded', 'false'));
	if (open?.dataset.of === item.textContent) {
		return;
	}
	item.setAttribute('aria-expanded', 'true');
	const list = make('div', 'below');
	list.dataset.of = item.textContent;
	list.append(...below.map((button) => {
		const entry = make('button', '', button.name);
		entry.addEventListener('click', () => {
			list.remove();
			item.setAttribute('aria-expanded', 'false');
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
		perform(app, 'openMini', { page: button.pagepath });
		openMini(button.pagepath, button.name);
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
	const extra = make('button', 'extra', '＋');
	extra.setAttribute('aria-label', '发送图片、语音或位置');
	extra.addEventListener('click', () => choices('发送', [
		{ text: '图片', click: () => pick(app) },
		{ text: '语音', click: () => perform(app, 'sendVoice') },
		{ text: '位置', click: () => perform(app, 'sendLocation') },
	]));
	const send = make('button', 'send', '发送');
	send.type = 'submit';
	form.append(input, extra, send);
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

function pick(app) {
	const input = make('input');
	input.type = 'file';
	input.accept = 'image/*';
	input.addEventListener('change', () => {
		const reader = new FileReader();
		reader.addEventListener('load', () => perform(app, 'sendImage', { content: reader.result.split(',')[1] }));
		reader.readAsDataURL(input.files[0]);
	});
	input.click();
}

async function perform(app, action, extra = {}) {
	try {
		await wire.act(state.person.id, app.appid, action, extra);
		if (['follow', 'unfollow', 'scan', 'block', 'unblock'].includes(action)) {
			state.person = await wire.person(state.person.id);
		}
		if (['follow', 'unfollow', 'popup', 'changeSetting'].includes(action)) {
			await show();
		}
		await pull();
	}
	catch (error) {
		complain(error);
	}
}

// The address of a code leads to its ticket; anything else is a scene.
async function scan(text) {
	const app = state.apps.find((each) => each.kind !== 'mini');
	const scanned = /[?&]scan=([^&]+)/.exec(text);
	await perform(app, 'scan', scanned ? { ticket: decodeURIComponent(scanned[1]) } : codeIn(text));
	go(`#/${state.person.id}/${app.appid}`);
}

function codeIn(text) {
	const key = /\/q\/([\w-]+)$/.exec(text);
	return key ? { code: key[1] } : { scene: text };
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
	browser.querySelector('.back').focus({ preventScroll: true });
}

// A page of the mini-program, where somebody runs it; else the page that stands in for it.
function openMini(page, title, instead) {
	const mini = state.apps.find((each) => each.kind === 'mini');
	if (mini?.pagesAt) {
		open(`${mini.pagesAt}${page.replace(/^\//, '')}`, title);
	}
	else if (instead) {
		open(instead, title);
	}
	else {
		say(`将打开小程序页面\n${page}`);
	}
}

function say(text) {
	toast.textContent = text;
	toast.hidden = false;
	clearTimeout(say.timer);
	say.timer = setTimeout(() => {
		toast.hidden = true;
	}, 2200);
}

function complain(error) {
	say(error instanceof TypeError ? '网络不可用' : error.message);
}

// What slides down when something arrives that is not on the screen.
function announce(message) {
	const app = appOf(message.appid);
	const text = make('span', 'what');
	text.append(make('b', '', nameOf(app)), make('small', '', summary(message)));
	banner.replaceChildren(accountFace(app), text);
	banner.setAttribute('aria-label', `${nameOf(app)}：${summary(message)}`);
	banner.hidden = false;
	banner.onclick = () => {
		banner.hidden = true;
		browser.hidden = true;
		go(`#/${state.person.id}/${app.appid}`);
	};
	clearTimeout(announce.timer);
	announce.timer = setTimeout(() => {
		banner.hidden = true;
	}, BANNER);
}

async function pull() {
	const holder = state.person;
	if (!holder) {
		return;
	}
	const before = state.known;
	const fresh = await wire.messages(holder.id, state.last);
	if (holder !== state.person) {
		return;
	}
	state.known = true;
	if (fresh.length === 0) {
		return;
	}
	const known = fresh.filter((message) => message.number > state.last);
	state.messages.push(...known);
	state.last = state.messages.at(-1)?.number ?? 0;
	const app = appOf(state.view);
	const chat = document.getElementById('chat');
	if (state.view === 'chats') {
		showChats();
	}
	else if (app && chat) {
		draw(app, known.filter((message) => message.appid === app.appid), true);
	}
	const elsewhere = known.findLast((message) => !message.mine && (!browser.hidden || message.appid !== app?.appid || !chat));
	if (elsewhere && before) {
		announce(elsewhere);
	}
}

async function tick() {
	const clock = await wire.clock();
	state.offset = new Date(clock.now).getTime() - Date.now();
	const zone = { timeZone: 'Asia/Shanghai', hour12: false };
	document.getElementById('time').textContent = now().toLocaleTimeString('zh-CN', { ...zone, hour: '2-digit', minute: '2-digit' });
	document.getElementById('date').textContent = now().toLocaleString('zh-CN', { ...zone, dateStyle: 'long', timeStyle: 'short' });
}

// The slim bar: how far a mass message is.
async function watchMass() {
	const [job] = await wire.mass();
	progress.hidden = !job;
	if (job) {
		const count = (number) => number.toLocaleString('zh-CN');
		const text = job.waiting ? '群发等待管理员确认' : `群发中 ${count(job.done)} / ${count(job.total)}`;
		progress.querySelector('span').textContent = text;
		progress.querySelector('i').style.width = `${job.total ? (100 * job.done) / job.total : 0}%`;
		progress.setAttribute('aria-valuemax', job.total);
		progress.setAttribute('aria-valuenow', job.done);
		progress.setAttribute('aria-valuetext', text);
	}
	return Boolean(job);
}

async function show() {
	const [, id, appid, page] = location.hash.split('/');
	slideDown();
	browser.hidden = true;
	if (!id) {
		state.person = null;
		await showPeople();
		return;
	}
	if (state.person?.id !== id) {
		Object.assign(state, { person: await wire.person(id), messages: [], last: 0, read: {}, known: false, view: 'opening' });
		document.cookie = `sandbox_user=${id};path=/;samesite=lax`;
		await pull();
	}
	const app = appOf(appid);
	if (!app) {
		showChats();
	}
	else if (page === 'profile') {
		state.view = 'profile';
		profile(app, phone());
	}
	else if (page === 'consents') {
		state.view = 'consents';
		await consents(app, phone());
	}
	else if (page) {
		await showChat(app);
		await ask(app, page.split(','));
	}
	else {
		await showChat(app);
	}
}

// A page that asks for consent leads here, with the ids of its templates.
async function ask(app, ids) {
	const templates = await wire.consents(state.person.id, app.appid);
	popup(app, templates.filter((template) => ids.includes(template.id)), phone());
}

// A code or a link that was opened outside of the phone.
async function arrive() {
	const from = new URLSearchParams(location.search);
	const holder = /sandbox_user=(\w+)/.exec(document.cookie)?.[1];
	if (!holder || !(from.has('scan') || from.has('link'))) {
		return;
	}
	history.replaceState(null, '', '/');
	history.replaceState(null, '', `#/${holder}`);
	await show();
	if (from.has('scan')) {
		await scan(`?scan=${encodeURIComponent(from.get('scan'))}`);
		return;
	}
	const mini = state.apps.find((each) => each.kind === 'mini');
	await perform(mini, 'openMini', { link: from.get('link') });
	openMini(from.get('page') ?? '', mini.name);
}

async function beat() {
	let busy = false;
	try {
		await tick();
		await pull();
		busy = await watchMass();
	}
	catch (error) {
		complain(error);
	}
	setTimeout(beat, busy ? BEAT / 4 : BEAT);
}

browser.querySelector('.back').addEventListener('click', () => {
	browser.hidden = true;
	browser.querySelector('iframe').src = 'about:blank';
});
sheet.addEventListener('click', (event) => {
	if (event.target === sheet) {
		slideDown();
	}
});
document.addEventListener('keydown', (event) => {
	if (event.key === 'Escape') {
		slideDown();
	}
});
window.addEventListener('hashchange', () => show().catch(complain));

state.apps = await wire.apps();
await (location.search ? arrive() : show()).catch(complain);
if (!screen.hasChildNodes()) {
	await show().catch(complain);
}
beat();
