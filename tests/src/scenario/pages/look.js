// What a page says: every element that has an id, data or a name of its own, in order, with what it says in each language.
(() => {
  const said = (one, lang) => {
    const parts = one.matches(`[lang="${lang}"]`) ? [one] : [...one.querySelectorAll(`[lang="${lang}"]`)];
    return parts.map((part) => part.textContent).join("");
  };
  const places = new Map();
  const elements = [];
  for (const one of document.querySelectorAll("main *")) {
    const marked = one.id || one.name || one.className || Object.keys(one.dataset).length || one.href;
    if (!marked && !one.matches("p, li, form")) continue;
    let within = one.parentElement;
    while (within && !places.has(within)) within = within.parentElement;
    const times = one.matches("time") ? [one] : [...one.querySelectorAll("time")];
    places.set(one, elements.length);
    elements.push({
      within: within ? places.get(within) : null,
      tag: one.localName,
      id: one.id,
      name: one.getAttribute("name") ?? "",
      value: one.getAttribute("value") ?? "",
      classes: [...one.classList],
      open: Boolean(one.open),
      data: { ...one.dataset },
      ground: one.id === "verdict" ? getComputedStyle(one).backgroundColor : "",
      href: one.getAttribute("href") ?? one.getAttribute("action") ?? "",
      text: one.textContent.trim(),
      zh: said(one, "zh-Hans"),
      en: said(one, "en"),
      times: times.map((time) => time.dateTime),
    });
  }
  return { path: location.pathname, elements };
})()
