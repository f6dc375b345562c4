// What phones and the station have in common.

export const part = (root, name) => root.querySelector(`[data-is="${name}"]`);

// Chinese first, English beside it.
export function say(element, said) {
  const english = document.createElement('span');
  english.lang = 'en';
  english.textContent = said?.en ?? '';
  element.replaceChildren(said?.zh ?? '', ' ', english);
}

export function drawBanners(element, banners) {
  const lines = banners.map((banner) => {
    const line = document.createElement('p');
    line.className = `banner ${banner.tone}`;
    say(line, banner);
    return line;
  });
  element.replaceChildren(...lines);
}

export function drawLine(section, view) {
  const dot = part(section, 'network');
  dot.classList.toggle('off', !view.network);
  dot.title = view.network ? '有网络 Online' : '无网络 Offline';
  say(part(section, 'age'), view.age);
  section.querySelector('[data-act=network]').setAttribute('aria-checked', String(view.network));
}

// Takes pictures and text that are dropped, pasted or chosen.
export function takeInput(element, take) {
  const file = (picture) => {
    const reader = new FileReader();
    reader.onload = () => take({ picture: reader.result.split(',')[1] });
    reader.readAsDataURL(picture);
  };
  const transfer = (event, data) => {
    const picture = [...data.files].find((one) => one.type.startsWith('image/'));
    const text = data.getData('text/plain');
    if (!picture && (!text || event.type === 'paste')) return;
    event.preventDefault();
    picture ? file(picture) : take({ text });
  };
  element.addEventListener('dragover', (event) => { event.preventDefault(); element.classList.add('over'); });
  element.addEventListener('dragleave', () => element.classList.remove('over'));
  element.addEventListener('drop', (event) => { element.classList.remove('over'); transfer(event, event.dataTransfer); });
  element.addEventListener('paste', (event) => transfer(event, event.clipboardData));
  element.querySelector('input[type=file]')?.addEventListener('change', (event) => {
    if (event.target.files[0]) file(event.target.files[0]);
    event.target.value = '';
  });
}
