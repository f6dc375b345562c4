// Pictures that are dropped on the page, pasted into it or chosen. What is in them the server reads.

import { send } from "./live.js";

const place = () => document.querySelector("[data-pictures]");
// What is no picture the server says.
const offer = ([file]) => {
  if (file && place()) send(place().dataset.pictures, file);
};

addEventListener("change", (event) => {
  if (!event.target.matches("[data-pictures] input")) return;
  offer(event.target.files);
  event.target.value = "";
});
addEventListener("paste", (event) => {
  // A text that is pasted is meant for a field.
  const pictures = [...event.clipboardData.files].filter(({ type }) => type.startsWith("image/"));
  if (!place() || !pictures.length) return;
  event.preventDefault();
  offer(pictures);
});
for (const name of ["dragover", "drop"]) {
  addEventListener(name, (event) => {
    if (!place() || ![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    place().classList.toggle("over", name === "dragover");
    if (name === "drop") offer(event.dataTransfer.files);
  });
}
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) place()?.classList.remove("over");
});
