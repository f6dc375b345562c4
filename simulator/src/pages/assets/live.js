// Keeps a page as the server would draw it now. Without it every page works too, but for cameras
// and pictures from outside, and is as of when it was loaded.

const body = document.body;
const lost = document.getElementById("lost");

// What two nodes must have in common to be one node that changed.
const alike = (one, other) =>
  one.nodeType === other.nodeType && one.nodeName === other.nodeName && (one.id ?? "") === (other.id ?? "");

// Makes `old` like `fresh` and touches nothing that is alike: the focus, what is being typed, a film that runs and the place on the
// page stay where they are.
const morph = (old, fresh) => {
  if (old.isEqualNode(fresh) || old.dataset?.keep !== undefined) return;
  // What is folded belongs to whoever looks, until the server says something else of it than it said before.
  if (old.localName === "details" && old.dataset.open === fresh.dataset.open) fresh.open = old.open;
  if (old.nodeType === Node.TEXT_NODE) {
    old.data = fresh.data;
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  let next = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    if (next && alike(next, child)) {
      const here = next;
      next = next.nextSibling;
      morph(here, child);
    } else {
      const known = child.id && [...old.children].find((one) => one.id === child.id);
      const here = known && alike(known, child) ? known : document.importNode(child, true);
      old.insertBefore(here, next);
      if (here === known) morph(here, child);
    }
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    if (gone.dataset?.keep === undefined) gone.remove();
  }
};

// Where a form begins. What stands there already gives way to what is typed or scanned next.
const begin = () => {
  const first = document.querySelector("[autofocus]");
  first?.focus();
  if (first?.value && first.value === first.defaultValue) first.select();
};

let redraw;
const arm = () => {
  clearTimeout(redraw);
  const after = Number(body.dataset.redraw);
  if (after) redraw = setTimeout(look, after);
};

// Draws what the server says of this page; `address` is where it says that.
const draw = (html, address) => {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  document.title = fresh.title;
  for (const name of ["lang", "data-language", "data-elder"]) {
    const value = fresh.documentElement.getAttribute(name);
    if (value === null) document.documentElement.removeAttribute(name);
    else document.documentElement.setAttribute(name, value);
  }
  morph(body, fresh.body);
  if (address && address !== location.href) {
    const elsewhere = new URL(address).pathname !== location.pathname;
    history.replaceState(null, "", address);
    // Browsers do this for pages that they load.
    if (elsewhere) begin();
  }
  arm();
  dispatchEvent(new Event("drawn"));
};

// An answer does not count once one is drawn that was asked for later.
let asked = 0;
let drawn = 0;
const ask = async (address, options) => {
  const number = (asked += 1);
  try {
    const answer = await fetch(address, { cache: "no-store", ...options });
    lost.hidden = true;
    if (answer.status === 204) return;
    const html = await answer.text();
    if (number < drawn) return;
    drawn = number;
    // What failed has no page of its own: this one stays where it is, and is drawn when it is looked at next.
    draw(html, answer.ok ? answer.url : location.href);
  } catch {
    lost.hidden = false;
    arm();
  }
};

let busy = 0;
let missed = false;
const look = async () => {
  missed = busy > 0;
  if (!missed) await ask(location.href);
};

// Sends a form and draws the page that comes of it, without leaving this one.
export const send = async (address, fields) => {
  busy += 1;
  await ask(address, { method: "POST", body: fields });
  busy -= 1;
  // What others did meanwhile may not be in the answer.
  if (missed && !busy) look();
};

addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.quiet === undefined) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form, event.submitter));
  form.reset();
  send(form.action, fields);
});

// What does not fit a field gives way likewise: a scanner cannot erase.
addEventListener("invalid", (event) => event.target.select?.(), true);
requestAnimationFrame(() => {
  if (document.activeElement?.matches("[autofocus]")) begin();
});

// How often something had changed when the page was drawn that was loaded.
let number = body.dataset.changes;
let changes;
const listen = () => {
  changes?.close();
  // Browsers open six connections to one server: a page that nobody sees leaves its own to the others.
  if (document.hidden) return;
  changes = new EventSource("/changes");
  changes.addEventListener("message", (event) => {
    if (number !== event.data) look();
    number = event.data;
  });
  // After a break nobody knows what was missed.
  changes.addEventListener("error", () => {
    number = undefined;
  });
};
addEventListener("visibilitychange", () => {
  listen();
  if (!document.hidden) look();
});
listen();
// Coming back in the history shows a page as it was.
addEventListener("pageshow", (event) => {
  if (event.persisted) look();
});
arm();
