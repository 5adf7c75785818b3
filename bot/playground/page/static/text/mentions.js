/**
 * The pieces that mrkdwn, Markdown and rich text share: people, channels, links, groups.
 */
import { h } from "../dom.js";
import { channelById, channelName, emit, state, userName } from "../state.js";
import { emojiFor } from "./emoji.js";

const SAFE = new Set(["http:", "https:", "mailto:"]);

/** The address if it may be followed from here, else null: a card must not be able to run anything. */
export function safeAddress(text) {
  try {
    const url = new URL(text);
    return SAFE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Where the permalink of a message of this workspace leads on this page; null for every other address. */
function placeOf(address) {
  const { hostname, pathname, searchParams } = new URL(address);
  const [, channel, digits] = pathname.match(/^\/archives\/([A-Z0-9]+)\/p(\d{16})$/) ?? [];
  if (!channel || hostname !== `${state.team?.domain}.slack.com`) return null;
  return `#/${channel}/${searchParams.get("thread_ts") ?? `${digits.slice(0, -6)}.${digits.slice(-6)}`}`;
}

/**
 * A link that opens beside the workspace, or the message of this workspace that it leads to; shown as plain text where
 * the address is not one that may be followed.
 */
export function linkNode(url, ...content) {
  const address = safeAddress(url);
  const shown = content.length ? content : [url];
  if (!address) return h("span", {}, ...shown);
  const place = placeOf(address);
  if (place) return h("a", { class: "link", href: place }, ...shown);
  return h("a", { class: "link", href: address, target: "_blank", rel: "noopener noreferrer" }, ...shown);
}

/** @-mention; it stands out when it is the viewer who is meant. */
export function userNode(id, label = null) {
  const mine = id === state.me?.id;
  return h("span", { class: mine ? "mention mention-me" : "mention", data: { user: id } }, `@${userName(id) ?? label ?? id}`);
}

export function channelNode(id, label = null) {
  const channel = channelById(id);
  if (!channel) return h("span", { class: "mention" }, `#${label || id}`);
  const open = () => emit("go", { kind: "channel", channel: id });
  return h("button", { type: "button", class: "mention mention-channel", on: { click: open } }, `#${channelName(channel)}`);
}

export function groupNode(id, label = null) {
  const group = state.groups.get(id);
  return h("span", { class: "mention", title: group?.name }, group ? `@${group.handle}` : label || `@${id}`);
}

export function broadcastNode(range) {
  return h("span", { class: "mention mention-broadcast" }, `@${range}`);
}

/** Text as nodes, the `:names:` we know as signs. */
export function emojiNodes(text) {
  return text.split(/(:[a-z0-9_+\-']+(?:::skin-tone-[2-6])?:)/).map((piece, place) => {
    return place % 2 && emojiFor(piece.slice(1, -1)) ? emojiNode(piece.slice(1, -1)) : piece;
  });
}

export function emojiNode(name) {
  const sign = emojiFor(name);
  return sign ? h("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " ") }, sign) : `:${name}:`;
}
