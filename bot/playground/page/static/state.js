/**
 * What the page knows about the workspace, and who wants to hear when it changes. Topics: "clock", "channels",
 * "messages" (a channel id), "place", "thread", "home", "views".
 */

export const state = {
  team: null,
  app: null,
  me: null,
  users: new Map(),
  groups: new Map(),
  channels: [],
  commands: [],
  shortcuts: [],
  /** Seconds the workspace's clock is ahead of this machine's. */
  clockOffset: 0,
  /** @type {{kind: "channel"|"home"|"list", channel: string|null, thread: string|null}} what is on screen */
  place: { kind: "list", channel: null, thread: null },
  /** channel id -> messages, oldest first */
  messages: new Map(),
  /** the messages of the open thread, oldest first */
  thread: [],
  homeView: null,
};

const listeners = new Map();

export function on(topic, listener) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

export function emit(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

/** Take over everything a bootstrap answer says. */
export function adopt(answer) {
  state.team = answer.team;
  state.app = answer.app;
  state.me = answer.me;
  state.users = new Map(answer.users.map((user) => [user.id, user]));
  state.groups = new Map(answer.groups.map((group) => [group.id, group]));
  state.channels = answer.channels;
  state.commands = answer.commands;
  state.shortcuts = answer.shortcuts;
  state.messages = new Map();
  state.thread = [];
  state.homeView = null;
  setNow(answer.now);
}

/** The workspace's time, unix seconds. */
export function now() {
  return Date.now() / 1000 + state.clockOffset;
}

export function setNow(unixSeconds) {
  state.clockOffset = unixSeconds - Date.now() / 1000;
  emit("clock");
}

/** The viewer's zone; people without one are shown UTC. */
export function zone() {
  return state.me?.tz || "UTC";
}

export function userName(id) {
  const user = state.users.get(id);
  return user ? user.display_name || user.real_name || user.name : null;
}

export function channelById(id) {
  return state.channels.find((channel) => channel.id === id) ?? null;
}

/** What the sidebar and the header call a channel: its name, or the other person's for a direct message. */
export function channelName(channel) {
  return channel.kind === "dm" ? userName(channel.user) ?? "Direct message" : channel.name;
}

/** The direct message with the app, if there is one yet. */
export function appChannel() {
  return state.channels.find((channel) => channel.kind === "dm" && channel.user === state.app.user_id) ?? null;
}

/** Slack's order and identity of a message. Timestamps have one length, so they order as text. */
export function placed(list, message) {
  const without = list.filter((other) => other.ts !== message.ts);
  return [...without, message].sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0));
}

const DISMISSED = "playground.dismissed";

/** Timestamps of the ephemeral answers this person has put away; the server goes on listing them. */
export function dismissed() {
  return new Set(JSON.parse(sessionStorage.getItem(DISMISSED) ?? "[]"));
}

export function dismiss(channel, ts) {
  sessionStorage.setItem(DISMISSED, JSON.stringify([...dismissed(), ts]));
  state.messages.set(channel, (state.messages.get(channel) ?? []).filter((message) => message.ts !== ts));
  state.thread = state.thread.filter((message) => message.ts !== ts);
  emit("messages", channel);
  emit("thread");
}
