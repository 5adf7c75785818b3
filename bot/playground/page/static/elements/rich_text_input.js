/**
 * Rich text is written as Markdown, exactly as typed: the server turns it into Slack's form when it is sent, and the box
 * is never filled from that again.
 */
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { plain } from "../text/objects.js";
import { act, held, hooks, keep, naming } from "./acting.js";

const TOOLS = [
  { label: "Bold", show: "B", wrap: "**" },
  { label: "Italic", show: "I", wrap: "_" },
  { label: "Strike through", show: "S", wrap: "~~" },
  { label: "Code", icon: "code", wrap: "`" },
  { label: "Link", icon: "link", link: true },
  { label: "Quote", icon: "quote", prefix: () => "> " },
  { label: "Bulleted list", icon: "list", prefix: () => "- " },
  { label: "Numbered list", icon: "numbered", prefix: (index) => `${index + 1}. ` },
];

export function richTextInput(element, place) {
  const box = h("textarea", {
    ...naming(place, plain(element.placeholder)), class: "field rich-box", placeholder: plain(element.placeholder),
    rows: Math.max(element.min_lines ?? 6, 3), spellcheck: true,
  });
  box.value = held(place, element)?.markdown ?? "";
  box.addEventListener("input", () => keep(place, element, { markdown: box.value }));
  place.surface.form.loaded(place.blockId, element.action_id).then(() => {
    const text = held(place, element)?.markdown ?? "";
    if (box.value !== text) box.value = text;
  });
  if (place.acts) box.addEventListener("change", () => act(place, element, { markdown: box.value }));
  const tools = h("div", { class: "rich-tools", role: "toolbar", "aria-label": "Formatting" }, TOOLS.map((tool) =>
    h("button", {
      type: "button", class: `rich-tool rich-${tool.label.split(" ")[0].toLowerCase()}`, "aria-label": tool.label, title: tool.label,
      on: { click: () => use(tool, box) },
    }, tool.icon ? icon(tool.icon) : tool.show)));
  return h("div", { data: hooks(place, element).data, class: "rich-field" }, tools, box,
    h("div", { class: "rich-note" }, "Markdown: **bold**, _italic_, - list, > quote, `code`"));
}

function use(tool, box) {
  const { selectionStart: start, selectionEnd: end, value } = box;
  if (tool.prefix) prefixLines(tool.prefix, box);
  else if (tool.link) {
    const text = value.slice(start, end) || "text";
    replace(box, start, end, `[${text}](https://)`, start + text.length + 11);
  } else {
    const inner = value.slice(start, end);
    replace(box, start, end, tool.wrap + inner + tool.wrap, start + tool.wrap.length + inner.length);
  }
}

function prefixLines(prefix, box) {
  const { value } = box;
  const from = value.lastIndexOf("\n", box.selectionStart - 1) + 1;
  const to = value.indexOf("\n", box.selectionEnd) < 0 ? value.length : value.indexOf("\n", box.selectionEnd);
  const lines = value.slice(from, to).split("\n").map((line, index) => prefix(index) + line).join("\n");
  replace(box, from, to, lines, from + lines.length);
}

function replace(box, start, end, text, caret) {
  box.focus();
  box.setRangeText(text, start, end);
  box.setSelectionRange(caret, caret);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
