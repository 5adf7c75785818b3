/**
 * Dates and times, with the browser's own pickers: they are what a phone's thumb knows.
 */
import { h } from "../dom.js";
import { zone } from "../state.js";
import { fieldInstant, fieldText } from "../text/zones.js";
import { shortMoment } from "../text/dates.js";
import { plain } from "../text/objects.js";
import { choose, held, hooks, naming } from "./acting.js";

export function datePicker(element, place) {
  return moment(element, place, { type: "date", shown: (value) => value ?? "", meant: (text) => text || null });
}

export function timePicker(element, place) {
  const note = element.timezone ? `${element.timezone} time` : null;
  return moment(element, place, { type: "time", shown: (value) => value ?? "", meant: (text) => text || null, note: () => note });
}

/** Typed and shown in the viewer's zone; held as unix seconds. */
export function dateTimePicker(element, place) {
  return moment(element, place, {
    type: "datetime-local",
    shown: (value) => (value ? fieldText(value, zone()) : ""),
    meant: (text) => fieldInstant(text, zone()),
    note: (value) => (value ? `${shortMoment(value)} · ${zone().replaceAll("_", " ")}` : zone().replaceAll("_", " ")),
  });
}

function moment(element, place, { type, shown, meant, note = () => null }) {
  const value = held(place, element);
  const noted = h("span", { class: "moment-note" }, note(value));
  const input = h("input", {
    ...naming(place, plain(element.placeholder) || { date: "Date", time: "Time" }[type] || "Date and time"),
    class: "field moment", type, value: shown(value),
  });
  // Compared as text: a field shows minutes, so that an instant with seconds would differ from itself.
  let sent = input.value;
  const send = async () => {
    if (input.value === sent) return;
    const before = sent;
    sent = input.value;
    if (await choose(place, element, meant(sent))) return;
    sent = before;
    input.value = before;
  };
  // While a date is typed every digit is a change; what a picker chooses is one. Only the latter may be sent at once.
  let typing = false;
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && place.acts) { event.preventDefault(); send(); return; }
    typing = !["Tab", "Escape"].includes(event.key);
  });
  input.addEventListener("pointerdown", () => { typing = false; });
  input.addEventListener("input", () => {
    noted.textContent = note(meant(input.value)) ?? "";
    if (!place.acts) place.surface.form.set(place.blockId, element.action_id, meant(input.value));
    else if (!typing) send();
  });
  input.addEventListener("blur", send);
  return h("div", { ...hooks(place, element), "aria-labelledby": null, "aria-describedby": null, class: "moment-field" }, input, noted);
}
