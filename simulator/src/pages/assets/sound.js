// Each verdict is heard once: two rising notes for yes, one long low one for no, three alike where somebody has to look.

const NOTES = {
  admit: [
    [880, 0, 0.11],
    [1320, 0.12, 0.2],
  ],
  refuse: [[165, 0, 0.7]],
  attention: [
    [590, 0, 0.11],
    [590, 0.18, 0.11],
    [590, 0.36, 0.11],
  ],
};
const FORMS = { admit: "sine", refuse: "sawtooth", attention: "triangle" };
// Felt as well, by who holds a phone in gloves.
const SHAKES = { admit: 60, refuse: 500, attention: [90, 90, 90, 90, 90] };

// Whether sound is wanted is kept by the browser, for all posts.
const KEPT = "sound";
const lever = () => document.getElementById("sound");
const wanted = () => localStorage.getItem(KEPT) !== "off";

let context;
const play = (signal) => {
  context ??= new AudioContext();
  context.resume();
  for (const [pitch, begin, length] of NOTES[signal]) {
    const [start, end] = [context.currentTime + begin, context.currentTime + begin + length];
    const note = new OscillatorNode(context, { type: FORMS[signal], frequency: pitch });
    const loudness = new GainNode(context, { gain: 0 });
    // Without a slope it clicks.
    loudness.gain.linearRampToValueAtTime(0.3, start + 0.01);
    loudness.gain.setValueAtTime(0.3, end - 0.02);
    loudness.gain.linearRampToValueAtTime(0, end);
    note.connect(loudness).connect(context.destination);
    note.start(start);
    note.stop(end);
  }
  // Before anybody has touched the page browsers only complain.
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(SHAKES[signal]);
};

// What keeps somebody from going on, and is no verdict.
export const warn = () => {
  if (wanted()) play("attention");
};

// What a verdict sounds like. What is only told is not heard, unless it keeps somebody from going on.
const heard = ({ dataset, classList }) =>
  dataset.signal ?? (classList.contains("bad") || classList.contains("caution") ? "attention" : undefined);

// The number of the verdict that was heard last, kept while pages of this post are loaded anew.
const place = `verdict ${location.pathname.split("/")[2]}`;
const listen = () => {
  const verdict = document.getElementById("verdict");
  if (!verdict || sessionStorage.getItem(place) === verdict.dataset.number) return;
  const first = sessionStorage.getItem(place) === null;
  sessionStorage.setItem(place, verdict.dataset.number);
  const signal = heard(verdict);
  // On a small screen the one who held something out is far below it.
  if (!first) verdict.scrollIntoView({ block: "nearest" });
  // Whoever opens the page hears nothing of what was before.
  if (first || !signal || !wanted()) return;
  play(signal);
};

const show = () => {
  lever().hidden = false;
  lever().setAttribute("aria-checked", String(wanted()));
};
addEventListener("click", (event) => {
  if (!event.target.closest?.("#sound")) return;
  localStorage.setItem(KEPT, wanted() ? "off" : "on");
  show();
  if (wanted()) play("admit");
});
addEventListener("drawn", listen);
show();
listen();
