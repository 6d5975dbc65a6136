import { make, personFace } from './chat.js';

const list = document.getElementById('people');
const search = document.getElementById('search');

function choose(person) {
	document.cookie = `sandbox_user=${person.id};path=/;samesite=lax`;
	location.reload();
}

async function show() {
	const query = new URLSearchParams({ q: search.value.trim(), limit: '30' });
	const answer = await fetch(`/_sandbox/people?${query}`, { headers: { 'X-Sandbox-Token': 'local' } });
	const people = await answer.json();
	list.replaceChildren(...people.map((person) => {
		const item = document.createElement('li');
		const row = make('button', 'row');
		const what = make('span', 'what');
		what.append(make('b', '', person.name), make('small', '', person.phone));
		row.append(personFace(person), what);
		row.addEventListener('click', () => choose(person));
		item.append(row);
		return item;
	}));
	if (people.length === 0) {
		list.replaceChildren(make('li', 'empty', '没有找到这个人'));
	}
}

search.addEventListener('input', show);
show();
