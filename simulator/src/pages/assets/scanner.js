// What a scanner gun or a card reader types that poses as a keyboard, whatever has the focus: each key with its moment. The server
// puts the keys together, by the core's rules.

import { send } from "./live.js";
import { warn } from "./sound.js";

const field = () => document.getElementById("scan");
const form = () => document.getElementById("scan-form");

// A scanner's keys come faster than anybody's fingers: in milliseconds a key, over a whole text. Below so many keys nobody can tell.
const FAST = 80;
const FEW = 6;

// Where the keys stand on the scanner's keyboard, for when an input method keeps what they type to itself.
const SHIFTED = { 1: "!", 2: "@", 3: "#", 4: "$", 5: "%", 6: "^", 7: "&", 8: "*", 9: "(", 0: ")" };
const SIGNS = { Minus: "-_", Equal: "=+", Semicolon: ";:", Comma: ",<", Period: ".>", Slash: "/?", Space: "  ", Quote: "'\"" };
const NUMPAD = { Add: "+", Subtract: "-", Multiply: "*", Divide: "/", Decimal: "." };
const meant = ({ code, shiftKey }) => {
  if (/^Key[A-Z]$/.test(code)) return shiftKey ? code[3] : code[3].toLowerCase();
  if (/^Digit\d$/.test(code)) return shiftKey ? SHIFTED[code[5]] : code[5];
  if (/^Numpad./.test(code)) return /\d$/.test(code) ? code[6] : NUMPAD[code.slice(6)];
  return SIGNS[code]?.[shiftKey ? 1 : 0];
};

// The keys since the last text was sent, and whether the field holds something else: a text that was pasted or mended by hand.
let keys = [];
let byHand = false;
let pause;
// What the next input event brings is in `keys` already; and so is what an input method makes of the keys that it takes.
let known = false;
let spelt = false;
// Whether an input method took keys of this text.
let composed = false;

const moment = (event) => Math.round(performance.timeOrigin + event.timeStamp);
const fast = () => {
  const span = keys.at(-1)[1] - keys[0][1];
  return span <= FAST * (keys.length - 1);
};
// Without a pause in it. Of what is spelt for an input method by hand, the words are meant and not the keys.
const whole = () => {
  const wait = Number(form().dataset.pause);
  return (fast() || !composed) && keys.every(([, at], place) => !place || at - keys[place - 1][1] < wait);
};
const burst = (at) => keys.length > 0 && at - keys.at(-1)[1] < Number(form().dataset.pause);

// One after another, as they were typed.
let sent = Promise.resolve();
const flush = (now) => {
  clearTimeout(pause);
  const { wedge, rest } = form().dataset;
  const place = form().elements.place.value;
  const tell = (keys, now) => {
    const body = JSON.stringify({ place, keys, now });
    sent = sent.then(() => send(wedge, new Blob([body], { type: "application/json" })));
  };
  tell(keys, now);
  // Without an end, a code may have come in part, and the server waits for the rest: somebody has to say when that is over.
  if (keys.at(-1)[0] !== "\n") {
    pause = setTimeout(() => tell([], Math.round(performance.timeOrigin + performance.now())), Number(rest));
  }
  keys = [];
  byHand = composed = false;
  // An input method that is still at it lets go with the focus.
  if (field().value) {
    field().blur();
    field().value = "";
    field().focus({ preventScroll: true });
  }
};

const type = (character, at) => {
  keys.push([character, at]);
  clearTimeout(pause);
  const wait = Number(form().dataset.pause);
  pause = setTimeout(() => {
    if (keys.length >= FEW && fast() && !byHand) flush(at + wait);
  }, wait);
};

// Fields other than the scanner's take what is typed into them: a form is filled by a scanner, too.
const elsewhere = (target) => target !== field() && target.matches?.("input, select, textarea, [contenteditable]");

// On pages that take no scans the one who was scanned would go unregistered, and nobody would know.
let stray = [];
addEventListener("keydown", (event) => {
  if (field() || elsewhere(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
  const at = moment(event);
  if (event.key === "Enter") {
    if (stray.length >= FEW && at - stray[0] <= FAST * stray.length) {
      event.preventDefault();
      document.getElementById("stray").hidden = false;
      warn();
    }
    stray = [];
  } else if (event.key.length === 1) {
    if (stray.length && at - stray.at(-1) > FAST * FEW) stray = [];
    stray.push(at);
  }
});

addEventListener(
  "keydown",
  (event) => {
    if (!field() || elsewhere(event.target) || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const at = moment(event);
    const composing = event.isComposing || event.key === "Process" || event.keyCode === 229;
    const key = composing ? event.code : event.key;
    if (key === "Enter" || key === "NumpadEnter" || key === "Tab") {
      // Of a scanner; a person's presses the button that has the focus, or sends what is in the field.
      if (byHand || !keys.length || !whole() || (key === "Tab" && !(fast() && burst(at)))) return;
      event.preventDefault();
      event.stopPropagation();
      keys.push(["\n", at]);
      flush(at);
      return;
    }
    const character = composing ? meant(event) : key;
    if (!character || [...character].length !== 1) return;
    if (event.target !== field()) {
      // A blank that begins nothing is meant for the button that has the focus, or scrolls.
      if (character === " " && !burst(at)) return;
      field().focus({ preventScroll: true });
    }
    known = true;
    spelt ||= composing;
    composed ||= composing;
    if (!byHand) type(character, at);
  },
  true,
);
addEventListener("keyup", () => (known = false), true);

// What comes without keys: from a pasteboard, an eraser, or a reader that sends whole texts.
addEventListener("beforeinput", (event) => {
  if (event.target !== field() || /Composition/.test(event.inputType)) return;
  if (event.inputType === "insertText" && event.data) {
    if (!known && !byHand) for (const character of event.data) type(character, moment(event));
  } else {
    keys = [];
    byHand = true;
  }
});
addEventListener("compositionend", (event) => {
  if (event.target !== field()) return;
  if (!spelt && !byHand) for (const character of event.data) type(character, moment(event));
  // What an input method leaves behind of a text that was sent is nobody's.
  if (spelt && !keys.length && !byHand) setTimeout(() => (field().value = ""));
  spelt = false;
});

// The field is emptied with its form. Without keys it is the rest of a code that is waited for: that goes on.
addEventListener("reset", (event) => {
  if (event.target !== form()) return;
  if (keys.length) clearTimeout(pause);
  keys = [];
  byHand = composed = false;
});

// What a scanner typed while this script was on its way stands in the field: the rest of it comes now.
for (const character of field()?.value ?? "") type(character, Math.round(performance.timeOrigin + performance.now()));
