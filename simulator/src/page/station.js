// The sampling station: scan, verdict, tube.
import { drawBanners, drawLine, part, say, takeInput } from '/parts.js';

export class Station {
  constructor(section, act, shownBy) {
    this.section = section;
    this.act = async (body) => {
      const answer = await act({ device: 'station', ...body });
      if (answer.said) this.say(answer.said);
      return answer;
    };
    this.shownBy = shownBy;
    this.last = null;
    for (const button of section.querySelectorAll('[data-act]')) {
      button.addEventListener('click', () => this.press(button.dataset.act));
    }
    const drop = part(section, 'drop');
    takeInput(drop, (input) => this.scan(input));
    drop.addEventListener('submit', (event) => {
      event.preventDefault();
      this.scan({ text: drop.elements.text.value });
      drop.elements.text.value = '';
    });
    this.listenToTube();
  }

  listenToTube() {
    const open = part(this.section, 'open');
    open.addEventListener('submit', (event) => {
      event.preventDefault();
      const { barcode, capacity } = open.elements;
      this.act({ act: 'open-tube', barcode: barcode.value, capacity: Number(capacity.value) });
      barcode.value = '';
    });
    const handOver = part(this.section, 'hand-over');
    handOver.addEventListener('submit', (event) => {
      event.preventDefault();
      const { site, staff } = handOver.elements;
      this.act({ act: 'open-session', site: site.value, staff: staff.value });
      staff.value = '';
    });
    const seal = part(this.section, 'seal');
    const explain = part(this.section, 'explain');
    seal.addEventListener('submit', async (event) => {
      event.preventDefault();
      const { swabs } = seal.elements;
      const reason = explain.hidden ? null : seal.elements.explain.value || null;
      const answer = await this.act({ act: 'seal', swabs: Number(swabs.value), explain: reason });
      explain.hidden = !answer.differs;
      if (answer.differs) seal.elements.explain.focus();
      else { swabs.value = ''; seal.elements.explain.value = ''; }
    });
  }

  addPhone(view) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'scan';
    say(button, { zh: `扫${view.title.zh}`, en: `Scan ${view.title.en.toLowerCase()}` });
    button.addEventListener('click', () => {
      const text = this.shownBy(view.id);
      if (text) this.scan({ text });
      else this.say({ tone: 'plain', word: { zh: '没有码', en: 'No code' }, zh: '那部手机现在没有显示码。', en: 'That phone shows no code now.' });
    });
    part(this.section, 'scans').append(button);
  }

  async scan(input) {
    const place = this.section.querySelector('[name=place]:checked').value;
    this.last = input;
    this.section.querySelector('[data-act=again]').disabled = false;
    await this.act({ act: 'scan', place, text: null, picture: null, ...input });
  }

  press(what) {
    if (what === 'again') return this.scan(this.last);
    if (what === 'network') return this.act({ act: this.view.network ? 'cut' : 'restore' });
    return this.act({ act: what });
  }

  say(said) {
    const verdict = part(this.section, 'verdict');
    verdict.className = `verdict ${said.tone}`;
    say(verdict.querySelector('.word'), said.word);
    verdict.querySelector('.zh').textContent = said.zh;
    verdict.querySelector('.en').textContent = said.en;
    verdict.querySelector('.who').textContent = said.who ?? '';
  }

  draw(view) {
    this.view = view;
    drawLine(this.section, view);
    drawBanners(part(this.section, 'banners'), view.banners);
    say(part(this.section, 'waiting'), view.waiting);
    const { tube } = view;
    const isOpen = Boolean(tube && !tube.sealed);
    part(this.section, 'seal').hidden = !isOpen;
    part(this.section, 'open').hidden = isOpen;
    part(this.section, 'hand-over').hidden = isOpen;
    part(this.section, 'session').textContent = view.session ?? '';
    say(part(this.section, 'tube'), view.tube_title);
    const drawn = JSON.stringify(tube);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const seats = Array.from({ length: tube?.capacity ?? 0 }, (_, index) => this.seat(tube, index));
    part(this.section, 'seats').replaceChildren(...seats);
  }

  seat(tube, index) {
    const seat = document.createElement('li');
    const taken = tube.seats[index];
    if (!taken) {
      seat.textContent = index + 1;
      return seat;
    }
    seat.className = 'taken';
    const button = document.createElement('button');
    button.type = 'button';
    button.disabled = tube.sealed;
    say(button, { zh: taken.name, en: tube.sealed ? '' : '撤销 Undo' });
    button.setAttribute('aria-label', `${index + 1}: ${taken.name}, 撤销 Undo`);
    button.addEventListener('click', () => this.act({ act: 'undo', registration: taken.id }));
    seat.append(button);
    return seat;
  }
}
