// One phone: whose code, which kind, and what can be done with it.
import { drawBanners, drawLine, part, say, takeInput } from '/parts.js';

const SWIPE = 40;

export class Phone {
  constructor(id, act) {
    this.id = id;
    this.act = (body) => act({ device: id, ...body });
    this.section = document.getElementById('phone').content.cloneNode(true).firstElementChild;
    this.person = 0;
    this.kind = 'live';
    const { section } = this;
    const title = part(section, 'title-zh').parentElement;
    title.id = `title-${id}`;
    section.setAttribute('aria-labelledby', title.id);
    for (const input of section.querySelectorAll('.kinds input')) {
      input.name = `kind-${id}`;
      input.checked = input.value === this.kind;
      input.addEventListener('change', () => this.show(this.person, input.value));
    }
    for (const arrow of section.querySelectorAll('[data-step]')) {
      arrow.addEventListener('click', () => this.step(Number(arrow.dataset.step)));
    }
    this.listenToCode(part(section, 'code'));
    for (const button of section.querySelectorAll('[data-act]')) {
      button.addEventListener('click', () => this.press(button));
    }
    part(section, 'save').addEventListener('click', (event) => this.screenshot(event));
    takeInput(section.querySelector('.device'), (input) => this.check(input));
  }

  listenToCode(code) {
    let from = null;
    code.addEventListener('pointerdown', (event) => { from = event.clientX; });
    code.addEventListener('pointerup', (event) => {
      const moved = from === null ? 0 : event.clientX - from;
      from = null;
      if (Math.abs(moved) > SWIPE) this.step(moved < 0 ? 1 : -1);
    });
    code.addEventListener('pointercancel', () => { from = null; });
    code.addEventListener('keydown', (event) => {
      const other = this.kind === 'live' ? 'nucleic' : 'live';
      const todo = {
        ArrowLeft: () => this.step(-1), ArrowRight: () => this.step(1),
        ArrowUp: () => this.show(this.person, other), ArrowDown: () => this.show(this.person, other),
      }[event.key];
      if (todo && event.target === code) { event.preventDefault(); todo(); }
    });
  }

  get someone() { return this.view.people[this.person]; }
  shown() { return this.someone?.[this.kind]?.text ?? null; }

  step(by) {
    const { length } = this.view.people;
    if (length) this.show((this.person + by + length) % length, this.kind);
  }

  show(person, kind) {
    this.person = person;
    this.kind = kind;
    this.draw(this.view);
  }

  draw(view) {
    this.view = view;
    this.person = Math.min(this.person, Math.max(view.people.length - 1, 0));
    const { section } = this;
    part(section, 'title-zh').textContent = view.title.zh;
    part(section, 'title-en').textContent = view.title.en;
    drawLine(section, view);
    section.querySelector('[data-act=clock]').setAttribute('aria-checked', String(view.clock_is_set_wrong));
    this.drawTabs(view.people);
    for (const input of section.querySelectorAll('.kinds input')) input.checked = input.value === this.kind;
    this.drawCode();
  }

  drawTabs(people) {
    const tabs = part(this.section, 'people');
    if (tabs.childElementCount !== people.length) {
      tabs.replaceChildren(...people.map((_, index) => {
        const tab = document.createElement('button');
        tab.type = 'button';
        tab.role = 'tab';
        tab.addEventListener('click', () => this.show(index, this.kind));
        return tab;
      }));
    }
    people.forEach((someone, index) => {
      const tab = tabs.children[index];
      tab.textContent = someone.name;
      tab.setAttribute('aria-selected', String(index === this.person));
    });
    const chosen = tabs.children[this.person];
    if (chosen) tabs.scrollLeft = chosen.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - chosen.offsetWidth) / 2;
  }

  drawCode() {
    const { section, someone } = this;
    const code = someone?.[this.kind];
    const frame = part(section, 'code');
    frame.className = `code ${code?.frame ?? ''}`;
    part(section, 'name').textContent = someone?.name ?? '';
    say(part(section, 'relation'), someone?.relation);
    part(section, 'live-name').textContent = someone?.live_name.zh ?? '随申码';
    part(section, 'live-name-en').textContent = someone?.live_name.en ?? 'Live code';
    const qr = part(section, 'qr');
    // What is there already stays, and with it the focus of whoever is on a button in it.
    const drawn = code?.svg ?? JSON.stringify([someone?.slot, someone?.held, code]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      if (code?.svg) qr.innerHTML = code.svg;
      else qr.replaceChildren(...this.instead(someone, code));
    }
    say(part(section, 'status'), code?.status);
    part(section, 'until').textContent = code?.until?.zh ?? '';
    part(section, 'until-en').textContent = code?.until?.en ?? '';
    part(section, 'made').textContent = code?.made?.zh ?? '';
    part(section, 'made-en').textContent = code?.made?.en ?? '';
    part(section, 'doubtful').classList.toggle('doubt', Boolean(code?.doubt));
    const notices = (code?.notices ?? []).map((notice) => ({ tone: 'caution', ...notice }));
    drawBanners(part(section, 'banners'), [...this.view.banners, ...notices]);
    const isStatic = Boolean(this.kind === 'nucleic' && code?.svg);
    section.querySelector('[data-act=regenerate]').disabled = !(this.kind === 'nucleic' && someone?.held);
    const save = part(section, 'save');
    save.setAttribute('aria-disabled', String(!code?.svg));
    if (code?.svg) save.href = `/api/picture/${this.id}/${someone.slot}`;
    else save.removeAttribute('href');
    save.download = isStatic ? `${someone.name}-核酸码.png` : `${someone?.name ?? ''}-截图.png`;
    const isLive = this.kind === 'live';
    save.children[0].textContent = isLive ? '截屏' : '保存图片';
    save.children[1].textContent = isLive ? 'Screenshot' : 'Save picture';
  }

  // A live code is not made to be saved; what people do all the same is a picture of the screen.
  async screenshot(event) {
    const code = this.someone?.[this.kind];
    if (this.kind !== 'live' || !code?.svg) return;
    event.preventDefault();
    const picture = new Image();
    picture.src = `data:image/svg+xml,${encodeURIComponent(code.svg.replace('<svg ', '<svg width="690" height="690" '))}`;
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 690;
    canvas.getContext('2d').drawImage(picture, 0, 0);
    const link = document.createElement('a');
    link.href = canvas.toDataURL('image/png');
    link.download = part(this.section, 'save').download;
    link.click();
  }

  // In the place of a code that cannot be shown: why, and what to do.
  instead(someone, code) {
    const why = document.createElement('p');
    say(why, code?.lack ?? { zh: '', en: '' });
    if (!someone || someone.held) return [why];
    const hold = document.createElement('button');
    hold.type = 'button';
    hold.className = 'solid';
    say(hold, { zh: `添加${someone.name}的码`, en: 'Hold this code' });
    hold.addEventListener('click', () => this.act({ act: 'hold', slot: someone.slot }));
    return [why, hold];
  }

  async press(button) {
    const { slot } = this.someone ?? {};
    switch (button.dataset.act) {
      case 'regenerate': return this.regenerate(slot);
      case 'check': return this.check();
      case 'network': return this.act({ act: this.view.network ? 'cut' : 'restore' });
      case 'clock': return this.act({ act: 'clock', error: this.view.clock_is_set_wrong ? 0 : 600 });
      case 'reopen':
        await this.act({ act: 'reopen' });
        return this.view.network && this.act({ act: 'refresh' });
      default: return this.act({ act: button.dataset.act });
    }
  }

  // What it voids is named before anything is done.
  async regenerate(slot) {
    const { warning } = await this.act({ act: 'warning', slot });
    if (!warning) return;
    const dialog = document.getElementById('confirm');
    dialog.querySelector('.zh').textContent = warning.zh;
    dialog.querySelector('.en').textContent = warning.en;
    dialog.returnValue = 'no';
    dialog.onclose = () => {
      if (dialog.returnValue === 'yes') this.act({ act: 'regenerate', slot, void: warning.void });
    };
    dialog.showModal();
  }

  check(input) {
    const dialog = document.getElementById('check');
    const verdict = dialog.querySelector('.verdict');
    const field = dialog.querySelector('[name=text]');
    dialog.look = async (given) => {
      const { said } = await this.act({ act: 'check-saved', ...given });
      verdict.hidden = false;
      verdict.className = `verdict ${said.tone}`;
      verdict.querySelector('.zh').textContent = said.zh;
      verdict.querySelector('.en').textContent = said.en;
    };
    if (!dialog.ready) {
      dialog.ready = true;
      takeInput(dialog.querySelector('.drop'), (given) => dialog.look(given));
      field.addEventListener('change', () => field.value && dialog.look({ text: field.value }));
    }
    verdict.hidden = true;
    field.value = '';
    dialog.showModal();
    if (input) dialog.look(input);
  }
}
