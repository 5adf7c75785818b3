/**
 * The first screen's card: what to try. Pressing an example types it; it is sent by the person.
 */
import { h } from "./dom.js";
import { iconButton } from "./icon_button.js";
import { icon } from "./icons.js";
import { state } from "./state.js";

const PUT_AWAY = "playground.welcomed";
const PLACE = "playground.welcome-after";

const EXAMPLES = [
  { command: "/oncall", text: "/oncall now", says: "Who is on call, until when, and who is next" },
  { command: "/postmortem", text: "/postmortem create checkout down", says: "Start a postmortem; everything after is a button" },
];

export function isWelcome() {
  return localStorage.getItem(PUT_AWAY) === null;
}

/**
 * The message below which the card stands: the newest when it first appeared, so that answers come below it and nothing
 * new is hidden by it, after a reload neither.
 */
export function welcomePlace(newest) {
  if (localStorage.getItem(PLACE) === null) localStorage.setItem(PLACE, newest);
  return localStorage.getItem(PLACE);
}

/** @param {{type: (text: string) => void, openClock: () => void, putAway: () => void}} does */
export function welcomeCard({ type, openClock, putAway }) {
  const away = () => { localStorage.setItem(PUT_AWAY, "yes"); putAway(); };
  const known = EXAMPLES.filter((example) => state.commands.some((each) => each.command === example.command));
  return h("section", { class: "welcome", "aria-label": "What to try first", data: { testid: "welcome" } },
    h("div", { class: "welcome-head" },
      h("img", { class: "welcome-logo", src: "static/logo.svg", alt: "" }),
      h("div", {}, h("h2", {}, `Welcome aboard, ${state.me.display_name || state.me.real_name}`),
        h("p", {}, `A Slack workspace on this machine with ${state.app.name} in it. Nothing leaves it, and nothing can break.`)),
      iconButton({ shows: "close", label: "Put this card away", run: away, testid: "welcome-close" })),
    h("ol", { class: "welcome-list" },
      known.map((example) => step(h("code", {}, example.text), example.says, () => type(example.text), { example: example.text })),
      step([icon("clock"), " Move the clock"], "Reminders that are days away arrive in seconds", openClock, { example: "clock" })),
    h("p", { class: "welcome-foot" }, "You can be anybody here: switch the person at the top right."));
}

function step(title, says, run, data) {
  return h("li", {}, h("button", { type: "button", class: "welcome-step", data, on: { click: run } },
    h("span", { class: "welcome-title" }, title), h("span", { class: "welcome-says" }, says)));
}
