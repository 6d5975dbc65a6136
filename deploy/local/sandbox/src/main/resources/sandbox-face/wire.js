// What the phone asks the sandbox.

const HEADERS = { 'X-Sandbox-Token': 'local', 'Content-Type': 'application/json' };

async function ask(path, method = 'GET', body = undefined) {
	const answer = await fetch(`/_sandbox/${path}`, { method, headers: HEADERS, body: body && JSON.stringify(body) });
	const content = await answer.json();
	if (!answer.ok) {
		throw new Error(content.detail);
	}
	return content;
}

export const apps = () => ask('apps');
export const people = (text) => ask(`people?${new URLSearchParams({ q: text, limit: '60' })}`);
export const person = (id) => ask(`people/${id}`);
export const messages = (id, after) => ask(`people/${id}/messages?after=${after}`);
export const consents = (id, appid) => ask(`people/${id}/consents?appid=${appid}`);
export const menu = (id, appid) => ask(`menu/${appid}?person=${id}`);
export const mass = () => ask('mass');
export const clock = () => ask('clock');
export const act = (id, appid, action, more = {}) => ask(`people/${id}/actions`, 'POST', { action, appid, ...more });
