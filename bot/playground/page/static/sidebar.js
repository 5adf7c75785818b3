/**
 * The left side: the workspace, the app's Home, channels, people, apps.
 */
import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { appChannel, channelName, emit, on, state } from "./state.js";

export function startSidebar(node) {
  const draw = () => {
    if (!state.me) return;
    const focused = node.contains(document.activeElement) ? document.activeElement.dataset.place : null;
    node.replaceChildren(
      h("div", { class: "workspace" }, h("span", { class: "workspace-name" }, state.team.name)),
      h("div", { class: "sidebar-scroll" },
        state.app.home_tab && entry({ place: "home", mark: icon("home"), name: `${state.app.name} Home`, current: state.place.kind === "home", go: { kind: "home" } }),
        group("Channels", state.channels.filter((channel) => channel.kind !== "dm").map(channelEntry)),
        group("Direct messages", people().map(personEntry)),
        group("Apps", [appEntry()])));
    if (focused) node.querySelector(`[data-place="${CSS.escape(focused)}"]`)?.focus();
  };
  for (const topic of ["channels", "place"]) on(topic, draw);
  draw();
}

const people = () => state.channels.filter((channel) => channel.kind === "dm" && channel.user !== state.app.user_id);
const isHere = (channel) => state.place.kind === "channel" && state.place.channel === channel.id;

function channelEntry(channel) {
  const mark = icon(channel.kind === "private" ? "lock" : "hash");
  return entry({ place: channel.id, mark, name: channel.name, unread: channel.unread, current: isHere(channel), go: { channel: channel.id } });
}

function personEntry(channel) {
  const mark = avatar(state.users.get(channel.user), "tiny");
  return entry({ place: channel.id, mark, name: channelName(channel), unread: channel.unread, current: isHere(channel), go: { channel: channel.id } });
}

function appEntry() {
  const direct = appChannel();
  const target = direct ? { channel: direct.id } : { kind: "home" };
  return entry({
    place: direct?.id ?? "app", mark: avatar(null, "tiny"), name: state.app.name, unread: direct?.unread ?? 0,
    current: direct ? isHere(direct) : false, go: target,
  });
}

function group(name, entries) {
  if (!entries.length) return null;
  return h("section", { class: "sidebar-group", "aria-label": name }, h("h2", { class: "sidebar-heading" }, name), entries);
}

function entry({ place, mark, name, unread = 0, current, go }) {
  return h("button", {
    type: "button", class: unread && !current ? "entry entry-unread" : "entry", "aria-current": current ? "page" : null,
    data: { place, testid: `place-${name}` }, on: { click: () => emit("go", go) },
  }, h("span", { class: "entry-mark" }, mark), h("span", { class: "entry-name" }, name),
  unread > 0 && !current && h("span", { class: "unread", "aria-label": `${unread} unread` }, unread));
}
