/**
 * What is on screen, kept in the address so that a phone's back gesture works: `#/` the list, `#/home`, `#/C1`, `#/C1/ts`.
 */
import { emit, on, state } from "./state.js";

/** @param {{kind?: "list"|"home"|"channel", channel?: string, thread?: string|null}} place */
export function go({ kind = "channel", channel = null, thread = null }) {
  const path = { list: "", home: "home", channel: [channel, thread].filter(Boolean).join("/") }[kind];
  if (location.hash === `#/${path}`) follow();
  else location.hash = `/${path}`;
}

const isHome = (word) => word === "home" && state.app.home_tab;
const isKnown = (id) => state.channels.some((channel) => channel.id === id);

/** Put what the address says on screen. */
function follow() {
  const [first = "", thread = null] = location.hash.replace(/^#\/?/, "").split("/");
  const before = state.place;
  const last = isKnown(before.channel) ? before.channel : defaultChannel();
  if (isHome(first)) state.place = { kind: "home", channel: last, thread: null };
  else if (isKnown(first)) state.place = { kind: "channel", channel: first, thread };
  else state.place = { kind: "list", channel: last, thread: null };
  document.body.dataset.screen = state.place.thread ? "thread" : { list: "list" }[state.place.kind] ?? "pane";
  emit("place", before);
}

/** Where somebody lands first. */
function defaultChannel() {
  const withApp = state.channels.find((channel) => channel.kind === "channel" && channel.is_member);
  return (withApp ?? state.channels[0])?.id ?? null;
}

/** Follow the address once more, as another person may have to: a channel that is not theirs becomes their first one. */
export function revisit() {
  const [first] = location.hash.replace(/^#\/?/, "").split("/");
  if (!isHome(first) && !isKnown(first)) history.replaceState(null, "", `#/${defaultChannel() ?? ""}`);
  follow();
}

export function startRouting() {
  window.addEventListener("hashchange", follow);
  on("go", go);
  revisit();
}
