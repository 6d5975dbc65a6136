const list = document.getElementById('people');
const search = document.getElementById('search');

async function show() {
	const query = new URLSearchParams({ q: search.value.trim(), limit: '30' });
	const answer = await fetch(`/_sandbox/people?${query}`, { headers: { 'X-Sandbox-Token': 'local' } });
	const people = await answer.json();
	list.replaceChildren(...people.map((person) => {
		const row = document.createElement('li');
		const name = document.createElement('b');
		name.textContent = person.name;
		const phone = document.createElement('span');
		phone.textContent = person.phone;
		row.append(name, phone);
		row.addEventListener('click', () => {
			document.cookie = `sandbox_user=${person.id};path=/;samesite=lax`;
			location.reload();
		});
		return row;
	}));
}

search.addEventListener('input', show);
show();
