// Draws what the server says and sends what people do. No rule lives here.
import { Phone } from '/phone.js';
import { Station } from '/station.js';

const REDRAW_MS = 10_000;
const phones = new Map();
let station;
let clock = { now: 0, at: 0 };

async function ask(path, body) {
  const options = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  try {
    const answer = await fetch(path, { cache: 'no-store', ...options });
    if (!answer.ok) throw new Error(await answer.text());
    document.getElementById('lost').hidden = true;
    return await answer.json();
  } catch (error) {
    document.getElementById('lost').hidden = false;
    throw error;
  }
}

// Every act answers with the whole new state, so that the three devices are always of one moment.
async function act(body) {
  const answer = await ask('/api/act', body);
  draw(answer.state);
  return answer;
}

function draw(state) {
  clock = { now: state.now, at: performance.now() };
  tick();
  station ??= new Station(document.querySelector('.station'), act, shownBy);
  for (const view of state.phones) {
    if (!phones.has(view.id)) {
      phones.set(view.id, new Phone(view.id, act));
      station.section.before(phones.get(view.id).section);
      station.addPhone(view);
    }
    phones.get(view.id).draw(view);
  }
  station.draw(state.station);
}

// The very text that is on the phone's screen, which is all a camera would see of it.
const shownBy = (id) => phones.get(id).shown();

const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' });
function tick() {
  const seconds = clock.now + Math.floor((performance.now() - clock.at) / 1000);
  document.getElementById('now').textContent = format.format(seconds * 1000);
}

for (const button of document.querySelectorAll('[data-forward]')) {
  button.addEventListener('click', () => act({ act: 'forward', seconds: Number(button.dataset.forward) }));
}

const refresh = () => ask('/api/state').then(draw);
setInterval(tick, 1000);
setInterval(() => refresh().catch(() => {}), REDRAW_MS);
refresh();
