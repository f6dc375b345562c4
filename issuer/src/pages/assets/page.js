// What the pages do by themselves. They work without it too: then one presses "continue" instead of waiting.

const body = document.body;

// Polls what became of a challenge, and lets the server draw the page anew once something did.
const poll = async (place) => {
  const state = document.querySelector("[data-state]");
  const left = document.querySelector("[data-left]");
  const answer = await fetch(`${place}/progress`, { headers: { accept: "application/json" }, cache: "no-store" });
  const now = answer.ok ? await answer.json() : { state: "over" };
  if (now.state !== state.dataset.state) {
    if (now.state !== "taken-up") return location.replace(location.href);
    state.dataset.state = now.state;
    const taken = document.querySelector("[data-taken-up]").content.cloneNode(true);
    document.querySelector("[role=status]").replaceChildren(taken);
  }
  for (const number of left.querySelectorAll("b")) number.textContent = now.left;
  return true;
};

const keepPolling = async (place) => {
  try {
    await poll(place);
  } catch {
    // The network is away; the next round tries again.
  }
  setTimeout(() => keepPolling(place), 1000);
};

if (body.dataset.poll) setTimeout(() => keepPolling(body.dataset.poll), 1000);

// At most as many boxes as fit a page, and at least one.
for (const form of document.querySelectorAll("[data-at-most]")) {
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const limit = Number(form.dataset.atMost);
  const update = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.disabled = !box.checked && chosen >= limit;
    form.querySelector("button").disabled = chosen === 0;
  };
  form.addEventListener("change", update);
  // Going back in the history brings back what was chosen, after this has run.
  addEventListener("pageshow", update);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

// A second press must not ask a second time.
addEventListener("submit", (event) => {
  if (event.target.method === "dialog") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// What a card reader types goes into its field wherever the finger was last.
const reader = document.querySelector("[data-reader]");
if (reader) {
  addEventListener("keydown", (event) => {
    const typed = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (typed && event.target !== reader && event.key !== " ") reader.focus();
  });
}

// A terminal goes back to its first page when nobody is there.
const dialog = document.querySelector("[data-idle]");
if (dialog) {
  const seconds = Number(dialog.dataset.idle);
  const warning = Number(dialog.dataset.warning);
  let last = Date.now();
  let told = last;
  const there = () => {
    last = Date.now();
    if (dialog.open) dialog.close();
    // The server counts too, from what it last heard.
    if (last - told < 5000) return;
    told = last;
    fetch(dialog.dataset.touch, { cache: "no-store", keepalive: true }).catch(() => {});
  };
  for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, there);
  setInterval(() => {
    const left = Math.ceil(seconds - (Date.now() - last) / 1000);
    if (left <= 0) return dialog.querySelector("[data-leave]").submit();
    if (left > warning) return undefined;
    for (const number of dialog.querySelectorAll("b")) number.textContent = left;
    if (!dialog.open) dialog.showModal();
    return undefined;
  }, 250);
}
