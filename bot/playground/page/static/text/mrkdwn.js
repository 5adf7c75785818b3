/**
 * Slack's mrkdwn as DOM nodes. Entities are decoded once, at the very end, in text nodes: what was escaped can never
 * become a mention, a link or markup.
 */
import { append, h } from "../dom.js";
import { dateNode } from "./dates.js";
import { broadcastNode, channelNode, emojiNodes, groupNode, linkNode, userNode } from "./mentions.js";

/** Undo Slack's escaping of the three characters, once. */
function decoded(text) {
  return text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: "<", gt: ">", amp: "&" })[name]);
}

// Finished pieces stand in the text as one private character each, so that the marks around them are still found.
const FIRST = 0xf0000;
const PIECE = /[\u{f0000}-\u{ffffd}]/gu;

/**
 * Render mrkdwn.
 * @param {string} text as an app sends it
 * @param {{verbatim?: boolean}} [how] verbatim: do not turn bare addresses into links
 * @returns {DocumentFragment}
 */
export function mrkdwn(text, { verbatim = false } = {}) {
  const context = { verbatim, pieces: [] };
  const fragment = document.createDocumentFragment();
  // What a person typed must not pass for a finished piece.
  const clean = text.replace(PIECE, "");
  clean.split(/```/).forEach((part, index, parts) => {
    const fenced = index % 2 === 1 && index < parts.length - 1;
    const unclosed = index % 2 === 1 && !fenced;
    if (fenced) fragment.append(h("pre", { class: "code-block" }, decoded(stripAngles(part.replace(/^\n|\n$/g, "")))));
    else if (part || unclosed) append(fragment, lines(unclosed ? "```" + part : part, context, index > 0));
  });
  return fragment;
}

/** Inside code Slack shows only the label of `<...>`. */
function stripAngles(text) {
  return text.replace(/<((?:[@#!]|https?:|mailto:)[^<>\n]+)>/g, (_, inner) => inner.split("|").pop());
}

function lines(text, context, afterBlock) {
  const nodes = [];
  let quote = null;
  let rest = false;
  const all = (afterBlock ? text.replace(/^\n/, "") : text).split("\n");
  all.forEach((line, index) => {
    const all3 = !rest && /^(?:>>>|&gt;&gt;&gt;) ?/.exec(line);
    rest = rest || Boolean(all3);
    const marker = all3 || /^(?:>|&gt;) ?/.exec(line);
    if (rest || marker) {
      if (!quote) nodes.push(quote = h("blockquote", { class: "quote" }));
      else quote.append(h("br"));
      append(quote, inline(marker ? line.slice(marker[0].length) : line, context));
      return;
    }
    if (index > 0 && !quote) nodes.push(h("br"));
    quote = null;
    nodes.push(inline(line, context));
  });
  return nodes;
}

function inline(line, context) {
  const keep = (node) => {
    context.pieces.push(node);
    return String.fromCodePoint(FIRST + context.pieces.length - 1);
  };
  let text = line.replace(/`([^`\n]+)`/g, (_, code) => keep(h("code", { class: "code" }, decoded(stripAngles(code)))));
  text = text.replace(/<([^<>\n]+)>/g, (typed, inner) => keep(angled(inner, context) ?? document.createTextNode(typed)));
  if (!context.verbatim) {
    text = text.replace(/\bhttps?:\/\/[^\s|<>\u{f0000}-\u{ffffd}]+[^\s|<>.,:;!?)\]}'"*_~\u{f0000}-\u{ffffd}]/gu,
      (url) => keep(linkNode(decoded(url))));
  }
  return styled(text, context);
}

const STYLES = [["\\*", "strong"], ["_", "em"], ["~", "s"]].map(([mark, tag]) => ({
  tag,
  // Slack's rule: a mark opens before a word and closes after one, with no space inside; within a word it is a letter.
  pattern: new RegExp(
    `(?<![\\p{L}\\p{N}${mark}])${mark}(?!\\s)((?:[^\\n${mark}]|(?<=[\\p{L}\\p{N}])${mark}(?=[\\p{L}\\p{N}]))+?)(?<!\\s)${mark}(?![\\p{L}\\p{N}${mark}])`,
    "u",
  ),
}));

function styled(text, context) {
  const found = STYLES.map((style) => ({ ...style, match: style.pattern.exec(text) })).filter((style) => style.match);
  if (!found.length) return plainWithPieces(text, context);
  const first = found.reduce((one, other) => (other.match.index < one.match.index ? other : one));
  const { index, 0: whole, 1: inner } = first.match;
  return [
    ...plainWithPieces(text.slice(0, index), context),
    h(first.tag, {}, styled(inner, context)),
    ...styled(text.slice(index + whole.length), context),
  ];
}

function plainWithPieces(text, context) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(PIECE)) {
    nodes.push(...emojiNodes(decoded(text.slice(from, match.index))), context.pieces[match[0].codePointAt(0) - FIRST]);
    from = match.index + match[0].length;
  }
  nodes.push(...emojiNodes(decoded(text.slice(from))));
  return nodes.filter((node) => node !== "");
}

/** What stands between angle brackets; null when it is nothing Slack knows. */
function angled(inner, context) {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? null : decoded(inner.slice(bar + 1));
  if (target.startsWith("@")) return userNode(target.slice(1), label);
  if (target.startsWith("#")) return channelNode(target.slice(1), label);
  if (target.startsWith("!")) return special(target.slice(1), label);
  if (!/^(https?:|mailto:)/i.test(target)) return null;
  const shown = bar < 0 ? decoded(target).replace(/^mailto:/i, "") : styled(inner.slice(bar + 1), context);
  return linkNode(decoded(target), shown);
}

function special(command, label) {
  const [name, ...rest] = command.split("^");
  if (name === "date") {
    const [unix, format, url] = rest;
    const node = dateNode(Number(unix), decoded(format ?? ""), label ?? "");
    return url ? linkNode(decoded(url), node) : node;
  }
  if (name === "subteam") return groupNode(rest[0], label);
  if (["here", "channel", "everyone"].includes(name)) return broadcastNode(name);
  return document.createTextNode(label ?? `<!${decoded(command)}>`);
}
