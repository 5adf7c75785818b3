/**
 * The line at the top: where this is, the workspace's clock, and who one is.
 */
import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { announce, h } from "./dom.js";
import { icon } from "./icons.js";
import { tried } from "./notices.js";
import { closePopover, isOpenAt, openPopover } from "./popover.js";
import { emit, now, on, state, zone } from "./state.js";
import { clockTime, formatted, shortMoment } from "./text/dates.js";
import { fieldInstant, fieldText, nextHour } from "./text/zones.js";

const MORNING = 10;

const STEPS = [
  { id: "hour", words: "+1 h", label: "Move the clock forward one hour", move: () => api.advanceClock(3600) },
  { id: "day", words: "+1 day", label: "Move the clock forward one day", move: () => api.advanceClock(86400) },
  { id: "morning", words: "Next 10:00", label: "Move the clock to the next ten in the morning", move: () => api.setClock(nextHour(now(), MORNING, zone())) },
];

export function startTopbar(bar) {
  const face = h("span", { class: "clock-words", data: { testid: "clock-now" } });
  const clock = h("button", {
    type: "button", class: "clock", "aria-haspopup": "dialog", "aria-expanded": false, title: "The workspace's clock", data: { testid: "clock" },
    on: { click: () => toggleClock(clock) },
  }, icon("clock"), face);
  const who = h("button", {
    type: "button", class: "who", "aria-haspopup": "listbox", "aria-expanded": false, data: { testid: "viewing-as" },
    on: { click: () => toggleViewers(who) },
  });
  bar.replaceChildren(
    h("div", { class: "brand" }, h("img", { src: "static/logo.svg", alt: "", class: "brand-logo" }),
      h("span", { class: "brand-name" }, "Watchbill"), h("span", { class: "brand-note" }, "playground")),
    h("div", { class: "clock-group", role: "group", "aria-label": "The workspace's clock" }, clock,
      h("div", { class: "clock-inline" }, STEPS.map((step) => stepButton(step, "clock-inline")))),
    who);
  const tick = () => {
    const words = state.me ? shortMoment(now()) : "";
    if (face.textContent !== words) { face.textContent = words; emit("minute"); }
  };
  const drawViewer = () => {
    tick();
    who.replaceChildren(avatar(state.me, "small"), h("span", { class: "who-words" },
      h("span", { class: "who-label" }, "Viewing as"), h("span", { class: "who-name" }, state.me.display_name || state.me.real_name)), icon("chevron"));
    who.setAttribute("aria-label", `Viewing as ${state.me.real_name}. Switch the person`);
  };
  setInterval(tick, 1000);
  on("clock", tick);
  on("open-clock", () => { if (!isOpenAt(clock)) toggleClock(clock); });
  on("viewer", drawViewer);
}

function stepButton({ id, words, label, move }, prefix) {
  const run = async (event) => {
    const button = event.currentTarget;
    button.setAttribute("aria-busy", "true");
    await tried(move());
    button.removeAttribute("aria-busy");
    announce(`It is now ${shortMoment(now())}`);
  };
  return h("button", {
    type: "button", class: "clock-step", "aria-label": label, title: label, data: { testid: `${prefix}-${id}` }, on: { click: run },
  }, words);
}

function toggleClock(anchor) {
  if (isOpenAt(anchor)) return closePopover();
  const field = h("input", {
    type: "datetime-local", class: "field", "aria-label": "Move the clock to", value: fieldText(now() + 3600, zone()),
    data: { testid: "clock-field" },
  });
  const problem = h("p", { class: "clock-problem", role: "status" });
  const move = async (event) => {
    event.preventDefault();
    const to = fieldInstant(field.value, zone());
    if (to === null || to <= now()) {
      problem.textContent = "The clock only moves forward: choose a later time.";
      return;
    }
    if (await tried(api.setClock(to))) closePopover();
  };
  const content = h("form", { class: "clock-panel", on: { submit: move } },
    h("h2", {}, "The workspace’s clock"),
    h("p", { class: "clock-full" }, formatted(now(), "{date_long}, {time}")),
    h("p", { class: "clock-says" }, zone().replaceAll("_", " ")),
    h("p", { class: "clock-says" }, "Move it forward: hand-offs, reminders and nudges that fall due arrive at once."),
    h("div", { class: "clock-steps" }, STEPS.map((step) => stepButton(step, "clock"))),
    h("div", { class: "clock-to" }, field, h("button", { type: "submit", class: "button primary", data: { testid: "clock-move" } }, "Move")),
    problem);
  openPopover({ anchor, content, className: "popover-clock", label: "The workspace’s clock" });
  return content.querySelector("button").focus();
}

function toggleViewers(anchor) {
  if (isOpenAt(anchor)) return closePopover();
  const people = [...state.users.values()].filter((user) => !user.is_bot && !user.deleted);
  const nodes = people.map((user) => h("button", {
    type: "button", class: "viewer", role: "option", "aria-selected": user.id === state.me.id, data: { viewer: user.id },
    on: { click: () => { closePopover(); emit("view-as", user.id); } },
  }, avatar(user, "small"), h("span", { class: "viewer-words" },
    h("span", { class: "viewer-name" }, user.real_name || user.name, roleOf(user) && h("span", { class: "viewer-role" }, roleOf(user))),
    h("span", { class: "viewer-zone" }, `${clockTime(now(), user.tz || "UTC")} · ${(user.tz || "no time zone, shown in UTC").replaceAll("_", " ")}`))));
  const move = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    nodes[(nodes.indexOf(document.activeElement) + step + nodes.length) % nodes.length].focus();
  };
  openPopover({
    anchor, className: "popover-viewers", label: "Viewing as",
    content: h("div", { class: "viewers", role: "listbox", "aria-label": "Viewing as", on: { keydown: move } }, nodes),
  });
  return (nodes.find((node) => node.getAttribute("aria-selected") === "true") ?? nodes[0])?.focus();
}

function roleOf(user) {
  if (user.is_owner) return "Owner";
  if (user.is_admin) return "Admin";
  return user.is_restricted || user.is_ultra_restricted ? "Guest" : null;
}
