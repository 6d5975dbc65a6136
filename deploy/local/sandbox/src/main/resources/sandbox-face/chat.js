// How a message looks.

const COLOURS = ['#4f7cac', '#5c946e', '#a8763e', '#7a6c9d', '#b06161', '#3f8c8c', '#8a8a4a', '#6d7f91'];
const DATE = { timeZone: 'Asia/Shanghai', hour12: false };

export function make(tag, className = '', text = '') {
	const element = document.createElement(tag);
	element.className = className;
	element.textContent = text;
	if (tag === 'button') {
		element.type = 'button';
	}
	return element;
}

export function personFace(person) {
	const face = make('span', 'face', person.name.slice(-1));
	const sum = [...person.id].reduce((total, letter) => total + letter.codePointAt(0), 0);
	face.style.background = COLOURS[sum % COLOURS.length];
	return face;
}

export function accountFace(app) {
	return app.kind === 'mini' ? make('span', 'face mini', '通知') : make('span', 'face account', '清风');
}

export function shortTime(at, now) {
	const then = new Date(at);
	const day = (date) => date.toLocaleDateString('zh-CN', DATE);
	const clock = then.toLocaleTimeString('zh-CN', { ...DATE, hour: '2-digit', minute: '2-digit' });
	if (day(then) === day(now)) {
		return clock;
	}
	return `${then.toLocaleDateString('zh-CN', { ...DATE, month: 'long', day: 'numeric' })} ${clock}`;
}

export function summary(message) {
	switch (message.kind) {
		case 'article':
			return `[图文] ${message.title}`;
		case 'template':
		case 'subscription':
			return `[通知] ${message.title}`;
		case 'image':
			return '[图片]';
		default:
			return message.text;
	}
}

export function messageView(message, phone) {
	switch (message.kind) {
		case 'article':
			return articles(message, phone);
		case 'template':
		case 'subscription':
			return notification(message, phone);
		case 'notice':
			return make('p', 'when', message.text);
		default:
			return bubble(message, phone);
	}
}

function articles(message, phone) {
	const card = make('div', 'card');
	message.articles.forEach((article, index) => {
		const row = make('button', index === 0 ? 'first' : 'also');
		row.setAttribute('aria-label', `文章：${article.title}`);
		if (index === 0) {
			const cover = make('span', 'cover');
			cover.append(picture(article), make('strong', '', article.title));
			row.append(cover);
			if (message.articles.length === 1 && article.digest) {
				row.append(make('span', 'digest', article.digest));
			}
		}
		else {
			const thumb = make('span', 'thumb');
			thumb.append(picture(article));
			row.append(make('span', '', article.title), thumb);
		}
		row.addEventListener('click', () => phone.open(article.url, article.title));
		card.append(row);
	});
	return card;
}

function picture(article) {
	const image = make('img');
	image.src = article.picture;
	image.alt = '';
	image.addEventListener('error', () => image.remove());
	return image;
}

function notification(message, phone) {
	const link = message.url || message.miniPage;
	const card = make(link ? 'button' : 'div', 'card');
	const head = make('span', 'notice-head');
	head.append(accountFace(phone.app), make('span', '', phone.app.name));
	const fields = make('dl', 'fields');
	message.fields.forEach((field) => fields.append(make('dt', '', field.label), make('dd', '', field.value)));
	card.append(head, make('span', 'notice-title', message.title), fields);
	if (link) {
		card.append(make('span', 'look', message.miniPage ? '进入小程序查看' : '查看详情'));
		card.addEventListener('click', () => (message.miniPage ? phone.openMini(message.miniPage, message.title, message.url)
			: phone.open(message.url, message.title)));
	}
	return card;
}

function bubble(message, phone) {
	const line = make('div', message.mine ? 'line mine' : 'line');
	const text = make('div', 'bubble');
	if (message.kind === 'image') {
		const image = make('img');
		image.src = message.url;
		image.alt = '图片';
		text.append(image);
	}
	else {
		write(text, message.text, phone);
	}
	line.append(message.mine ? personFace(phone.person) : accountFace(phone.app), text);
	return line;
}

// Only links survive of whatever markup a text carries.
function write(target, text, phone) {
	const parsed = new DOMParser().parseFromString(text, 'text/html');
	const walk = (node) => {
		if (node.nodeType === Node.TEXT_NODE) {
			target.append(node.textContent);
		}
		else if (node.nodeName === 'A' && /^https?:/.test(node.getAttribute('href') ?? '')) {
			const link = make('a', '', node.textContent);
			link.href = node.getAttribute('href');
			link.addEventListener('click', (event) => {
				event.preventDefault();
				phone.open(link.href, node.textContent);
			});
			target.append(link);
		}
		else if (node.nodeName === 'BR') {
			target.append('\n');
		}
		else {
			node.childNodes.forEach(walk);
		}
	};
	parsed.body.childNodes.forEach(walk);
}
