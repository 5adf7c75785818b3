/**
 * Standard Markdown, as Slack's `markdown` block takes it: headings, emphasis, code, quotes, nested lists with tasks,
 * tables, links and rules.
 */
import { append, h } from "../dom.js";
import { withEmoji } from "./emoji.js";
import { broadcastNode, channelNode, linkNode, userNode } from "./mentions.js";

const FENCE = /^ {0,3}(```+|~~~+)/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^ {0,3}([-*_])(\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const QUOTE = /^ {0,3}> ?/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*$|^\s*\|\s*:?-+:?\s*\|\s*$/;

/** @returns {DocumentFragment} */
export function markdown(text) {
  const fragment = document.createDocumentFragment();
  append(fragment, blocks(text.replace(/\r\n?/g, "\n").split("\n")));
  return fragment;
}

function blocks(lines) {
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    const [node, next] = block(lines, at);
    if (node) nodes.push(node);
    at = next;
  }
  return nodes;
}

function block(lines, at) {
  const line = lines[at];
  if (!line.trim()) return [null, at + 1];
  if (FENCE.test(line)) return fenced(lines, at);
  const heading = HEADING.exec(line);
  if (heading) return [h("div", { class: `md-heading md-h${heading[1].length}`, role: "heading", "aria-level": 3 }, inline(heading[2])), at + 1];
  if (RULE.test(line)) return [h("hr", { class: "divider" }), at + 1];
  if (QUOTE.test(line)) return quoted(lines, at);
  if (ITEM.test(line)) return list(lines, at);
  if (line.includes("|") && TABLE_RULE.test(lines[at + 1] ?? "")) return table(lines, at);
  return paragraph(lines, at);
}

function fenced(lines, at) {
  const fence = FENCE.exec(lines[at])[1];
  let end = at + 1;
  while (end < lines.length && !lines[end].trimStart().startsWith(fence)) end += 1;
  return [h("pre", { class: "code-block" }, lines.slice(at + 1, end).join("\n")), end + 1];
}

function quoted(lines, at) {
  let end = at;
  while (end < lines.length && QUOTE.test(lines[end])) end += 1;
  return [h("blockquote", { class: "quote" }, blocks(lines.slice(at, end).map((line) => line.replace(QUOTE, "")))), end];
}

function paragraph(lines, at) {
  let end = at + 1;
  while (end < lines.length && lines[end].trim() && !startsBlock(lines[end])) end += 1;
  const parts = lines.slice(at, end).flatMap((line, index) => (index ? [h("br"), inline(line.trim())] : [inline(line.trim())]));
  return [h("p", { class: "md-paragraph" }, parts), end];
}

const startsBlock = (line) => [FENCE, HEADING, RULE, QUOTE, ITEM].some((pattern) => pattern.test(line));

function list(lines, at) {
  const [, margin, marker] = ITEM.exec(lines[at]);
  const ordered = /\d/.test(marker);
  const node = h(ordered ? "ol" : "ul", { class: "list" });
  if (ordered) node.start = Number.parseInt(marker, 10);
  let next = at;
  while (next < lines.length) {
    const item = ITEM.exec(lines[next]);
    if (!item || item[1].length !== margin.length || /\d/.test(item[2]) !== ordered) break;
    let end = next + 1;
    while (end < lines.length && belongs(lines, end, margin.length)) end += 1;
    node.append(listItem(item, lines.slice(next + 1, end)));
    next = end;
  }
  return [node, next];
}

function belongs(lines, at, margin) {
  const line = lines[at];
  const indent = /^\s*/.exec(line)[0].length;
  if (line.trim()) return indent > margin;
  const following = lines[at + 1] ?? "";
  return following.trim() !== "" && /^\s*/.exec(following)[0].length > margin;
}

function listItem([, , , first], inner) {
  const above = inner.findIndex((line) => !line.trim() || startsBlock(line));
  const more = inner.splice(0, above < 0 ? inner.length : above);
  const text = [first, ...more.map((line) => line.trim())].join(" ");
  const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
  const margin = Math.min(...inner.filter((line) => line.trim()).map((line) => /^\s*/.exec(line)[0].length), 99);
  const below = blocks(inner.map((line) => line.slice(margin)));
  if (!task) return h("li", {}, inline(text), below);
  const box = h("input", { type: "checkbox", checked: task[1] !== " ", disabled: true, "aria-label": "Task" });
  return h("li", { class: "md-task" }, box, " ", inline(task[2]), below);
}

function cells(line) {
  const inner = line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function table(lines, at) {
  const sides = cells(lines[at + 1]).map((rule) => (rule.endsWith(":") ? (rule.startsWith(":") ? "center" : "right") : "left"));
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|")) end += 1;
  const row = (tag, line) => h("tr", {}, cells(line).map((cell, index) => h(tag, { class: `cell-${sides[index] ?? "left"}` }, inline(cell))));
  const node = h("table", { class: "table" },
    h("thead", {}, row("th", lines[at])), h("tbody", {}, lines.slice(at + 2, end).map((line) => row("td", line))));
  return [h("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Table" }, node), end];
}

const SPANS = [
  [/\\([!-/:-@[-`{-~])/, (match) => match[1]],
  [/(`+)([^`](?:[\s\S]*?[^`])?)\1(?!`)/, (match) => h("code", { class: "code" }, match[2].replace(/^ (.*) $/, "$1"))],
  [/!\[([^\]]*)\]\(([^)\s]+)[^)]*\)/, (match) => linkNode(match[2], match[1] || match[2])],
  [/\[([^\]]+)\]\(<?((?:[^()\s<>]|\([^()\s]*\))+)>?(?:\s+(?:"[^"]*"|'[^']*'))?\)/, (match) => linkNode(match[2], inline(match[1]))],
  [/<(https?:[^\s<>|]+|mailto:[^\s<>|]+)>/, (match) => linkNode(match[1])],
  [/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/, (match) => userNode(match[1])],
  [/<#(C[A-Z0-9]+)(?:\|([^>]*))?>/, (match) => channelNode(match[1], match[2])],
  [/<!(here|channel|everyone)>/, (match) => broadcastNode(match[1])],
  [/\bhttps?:\/\/[^\s<>]+[^\s<>.,:;!?)\]}'"*_~]/, (match) => linkNode(match[0])],
  [/\*\*\*(?=\S)([\s\S]*?\S)\*\*\*/, (match) => h("strong", {}, h("em", {}, inline(match[1])))],
  [/(\*\*|__)(?=\S)([\s\S]*?\S)\1/, (match) => h("strong", {}, inline(match[2]))],
  [/\*(?=[^\s*])([^*]*?[^\s*])\*/, (match) => h("em", {}, inline(match[1]))],
  [/(?<![\p{L}\p{N}_])_(?=[^\s_])([^_]*?[^\s_])_(?![\p{L}\p{N}_])/u, (match) => h("em", {}, inline(match[1]))],
  [/~~(?=\S)([\s\S]*?\S)~~/, (match) => h("s", {}, inline(match[1]))],
];

function inline(text) {
  let first = null;
  for (const [pattern, make] of SPANS) {
    const match = pattern.exec(text);
    if (match && (!first || match.index < first.match.index)) first = { match, make };
  }
  if (!first) return text ? [withEmoji(text)] : [];
  const { match, make } = first;
  return [withEmoji(text.slice(0, match.index)), make(match), ...inline(text.slice(match.index + match[0].length))];
}
