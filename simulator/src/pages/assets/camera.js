// The camera. What is in its pictures the server reads.

import { send } from "./live.js";

// No camera is looked through more often than this, in milliseconds: a code is read in a tenth of that.
const EACH = 250;
// Wide enough for the largest code, and quickly sent.
const WIDTH = 960;

const film = () => document.getElementById("camera-film");
const lens = () => document.getElementById("camera-switch");
const sight = document.createElement("canvas");

let stream;
let looking;

const picture = () => {
  const { videoWidth: width, videoHeight: height } = film();
  if (!width) return undefined;
  sight.width = Math.min(WIDTH, width);
  sight.height = Math.round((height * sight.width) / width);
  sight.getContext("2d").drawImage(film(), 0, 0, sight.width, sight.height);
  return new Promise((done) => sight.toBlob(done, "image/jpeg", 0.85));
};

const look = async () => {
  const place = document.getElementById("camera");
  // The work went on at a page without a camera.
  if (!place) return off();
  const taken = Math.round(performance.timeOrigin + performance.now());
  const seen = await picture();
  if (seen) await send(`${place.dataset.address}&at=${taken}`, seen);
  if (stream) looking = setTimeout(look, EACH);
};

const off = () => {
  clearTimeout(looking);
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = undefined;
  if (!film()) return;
  film().srcObject = null;
  film().hidden = true;
  lens().setAttribute("aria-pressed", "false");
};

const on = async () => {
  const missing = document.getElementById("camera-missing");
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    missing.hidden = false;
    return;
  }
  missing.hidden = true;
  film().srcObject = stream;
  film().hidden = false;
  lens().setAttribute("aria-pressed", "true");
  await film().play();
  look();
};

addEventListener("click", (event) => {
  if (event.target.closest?.("#camera-switch")) (stream ? off : on)();
});
// Nobody is looked at by a page that nobody looks at.
addEventListener("visibilitychange", () => {
  if (document.hidden && stream) off();
});
