// What fingers do on a phone: a swipe goes to the next person, and so do the arrow keys.

// Shorter moves are taps, or the way a thumb rolls. In pixels.
const FAR = 48;

const go = (which) => {
  const to = document.querySelector(".people")?.dataset[which];
  if (to) location.assign(to);
};

let from;
addEventListener("pointerdown", (event) => {
  from = event.target.closest("#code") && { x: event.clientX, y: event.clientY };
});
addEventListener("pointercancel", () => {
  from = undefined;
});
addEventListener("pointerup", (event) => {
  if (!from) return;
  const [across, down] = [event.clientX - from.x, event.clientY - from.y];
  from = undefined;
  if (Math.abs(across) > FAR && Math.abs(across) > 2 * Math.abs(down)) go(across < 0 ? "next" : "previous");
});
addEventListener("keydown", (event) => {
  if (event.target.matches("input, select, textarea") || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowRight") go("next");
  if (event.key === "ArrowLeft") go("previous");
});

// What came of what was just done is seen, however small the screen is. What comes up later moves nothing.
document.querySelector(".content > .messages[data-done]")?.scrollIntoView({ block: "nearest" });

// Of many people the one who is shown stands where they can be seen.
document.querySelector(".people [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
