// The account's page, its messages of consent, and what slides up from below.

import { accountFace, make, shortTime } from './chat.js';
import * as wire from './wire.js';

const screen = document.getElementById('screen');
const sheet = document.getElementById('sheet');

export function bar(title, back, more) {
	const header = make('header', 'bar');
	if (back) {
		const button = make('button', 'back', '‹');
		button.setAttribute('aria-label', '返回');
		button.addEventListener('click', back);
		header.append(button);
	}
	header.append(make('h2', '', title));
	if (more) {
		const button = make('button', 'more', more.sign);
		button.setAttribute('aria-label', more.label);
		button.addEventListener('click', more.click);
		header.append(button);
	}
	return header;
}

// A panel from below; whatever it holds decides when it goes.
export function slideUp(panel, label) {
	panel.setAttribute('role', 'dialog');
	panel.setAttribute('aria-label', label);
	sheet.replaceChildren(panel);
	sheet.hidden = false;
	panel.querySelector('button, input')?.focus({ preventScroll: true });
}

export function slideDown() {
	sheet.hidden = true;
}

export function choices(title, entries) {
	const panel = make('div', 'choices');
	panel.append(make('p', '', title));
	[...entries, { text: '取消', className: 'cancel', click: () => {} }].forEach((entry) => {
		const button = make('button', entry.className ?? '', entry.text);
		button.addEventListener('click', () => {
			slideDown();
			entry.click();
		});
		panel.append(button);
	});
	slideUp(panel, title);
}

function toggle(label, on, change) {
	const row = make('label', 'toggle');
	const box = make('input');
	box.type = 'checkbox';
	box.checked = on;
	box.setAttribute('role', 'switch');
	box.addEventListener('change', () => change(box.checked));
	row.append(make('span', '', label), box);
	return row;
}

// 公众号主页: follow, unfollow, and what it sent.
export function profile(app, phone) {
	const follows = phone.person.follows[app.appid];
	const page = make('div', 'scroll');
	const head = make('section', 'profile');
	const face = accountFace(app);
	head.append(face, make('h3', '', app.name), make('p', '', '每月一次廉洁学习：一组答题、一个故事、一条资讯'));
	const main = make('button', 'primary', follows ? '发消息' : '关注公众号');
	const chat = () => phone.go(`#/${phone.person.id}/${app.appid}`);
	main.addEventListener('click', () => (follows ? chat() : phone.perform(app, 'follow').then(chat)));
	head.append(main);
	page.append(head);
	if (follows) {
		const settings = make('section', 'group');
		settings.append(toggle('接收消息', !phone.person.refuses?.[app.appid], (on) => phone.perform(app, on ? 'unblock' : 'block')));
		const consents = make('button', 'entry', '订阅消息');
		consents.addEventListener('click', () => phone.go(`#/${phone.person.id}/${app.appid}/consents`));
		const leave = make('button', 'entry warn', '不再关注');
		leave.addEventListener('click', () => choices(`不再关注“${app.name}”？以后收不到它的消息`,
			[{ text: '不再关注', className: 'warn', click: () => phone.perform(app, 'unfollow') }]));
		settings.append(consents, leave);
		page.append(settings);
	}
	const articles = phone.messages.filter((message) => message.appid === app.appid && message.kind === 'article').reverse();
	if (articles.length > 0) {
		const past = make('section', 'group past');
		past.append(make('h4', '', '文章'));
		articles.forEach((message) => message.articles.forEach((article) => {
			const row = make('button', 'entry');
			row.append(make('span', '', article.title), make('time', '', shortTime(message.at, phone.now())));
			row.addEventListener('click', () => phone.open(article.url, article.title));
			past.append(row);
		}));
		page.append(past);
	}
	screen.replaceChildren(bar('', () => phone.go(follows ? `#/${phone.person.id}/${app.appid}` : `#/${phone.person.id}`)), page);
}

// 订阅消息: what may still be sent, and the popup that asks for more.
export async function consents(app, phone) {
	const list = make('section', 'group');
	const templates = await wire.consents(phone.person.id, app.appid);
	templates.forEach((template) => {
		const row = make('button', 'entry');
		row.append(make('span', '', template.title), make('small', '', state(template)));
		row.addEventListener('click', () => choose(app, template, phone));
		list.append(row);
	});
	if (templates.length === 0) {
		list.append(make('p', 'empty', '这个账号没有订阅消息'));
	}
	const ask = make('button', 'primary', '订阅以上消息');
	ask.addEventListener('click', () => popup(app, templates, phone));
	const page = make('div', 'scroll');
	page.append(list, ask);
	screen.replaceChildren(bar('订阅消息', () => phone.go(app.kind === 'mini' ? `#/${phone.person.id}/${app.appid}`
		: `#/${phone.person.id}/${app.appid}/profile`)), page);
}

function state(template) {
	if (template.lasting) {
		return '长期订阅';
	}
	if (template.always === 'reject') {
		return '总是拒绝';
	}
	return template.count > 0 ? `还可收 ${template.count} 条` : '未订阅';
}

function choose(app, template, phone) {
	choices(template.title, [
		{ text: '订阅', click: () => popup(app, [template], phone) },
		{ text: '拒收', className: 'warn', click: () => phone.perform(app, 'changeSetting', { templateIds: [template.id] }) },
	]);
}

// The popup in which a person allows an account to send.
export function popup(app, templates, phone) {
	const panel = make('form', 'popup');
	const head = make('header');
	head.append(accountFace(app), make('b', '', app.name), make('span', '', '申请向你发送以下消息'));
	panel.append(head);
	const boxes = templates.map((template) => {
		const row = make('label', 'option');
		const box = make('input');
		box.type = 'checkbox';
		box.checked = true;
		const text = make('span', '', template.title);
		text.append(make('small', '', template.longTerm ? '长期' : '一次'));
		row.append(text, box);
		panel.append(row);
		return { id: template.id, box };
	});
	const always = make('label', 'always');
	const keep = make('input');
	keep.type = 'checkbox';
	always.append(keep, make('span', '', '总是保持以上选择，不再询问'));
	const buttons = make('div', 'buttons');
	const no = make('button', 'plain', '拒绝');
	const yes = make('button', 'primary', '允许');
	buttons.append(no, yes);
	panel.append(always, buttons);
	const answer = (allowed) => {
		slideDown();
		const results = Object.fromEntries(boxes.map(({ id, box }) => [id, allowed && box.checked ? 'accept' : 'reject']));
		phone.perform(app, 'popup', { results, always: keep.checked });
	};
	no.addEventListener('click', () => answer(false));
	yes.addEventListener('click', () => answer(true));
	panel.addEventListener('submit', (event) => event.preventDefault());
	slideUp(panel, '订阅消息');
}

// 扫一扫: a code's address, or just its scene.
export function scanner(phone) {
	const panel = make('form', 'popup');
	panel.append(make('h3', '', '扫一扫'));
	const field = make('label', 'field');
	const input = make('input');
	input.placeholder = '二维码的地址，或场景值如 unit_7';
	field.append(make('span', '', '二维码'), input);
	const buttons = make('div', 'buttons');
	const no = make('button', 'plain', '取消');
	const yes = make('button', 'primary', '扫码');
	yes.type = 'submit';
	no.addEventListener('click', slideDown);
	buttons.append(no, yes);
	panel.append(field, buttons);
	panel.addEventListener('submit', (event) => {
		event.preventDefault();
		const text = input.value.trim();
		if (text) {
			slideDown();
			phone.scan(text);
		}
	});
	slideUp(panel, '扫一扫');
	input.focus();
}
