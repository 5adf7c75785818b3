/**
 * The rich_text block: what people type in Slack, and what apps send for exact text.
 */
import { h } from "../dom.js";
import { dateNode } from "../text/dates.js";
import { broadcastNode, channelNode, emojiNode, groupNode, linkNode, userNode } from "../text/mentions.js";

export function richTextBlock(block) {
  return h("div", { class: "rich-text" }, block.elements.map((element) => CONTAINERS[element.type]?.(element)));
}

const CONTAINERS = {
  rich_text_section: (section) => h("div", { class: "rich-section" }, pieces(section.elements)),
  rich_text_quote: (quote) => h("blockquote", { class: "quote" }, pieces(quote.elements)),
  rich_text_preformatted: (code) => h("pre", { class: "code-block" }, pieces(code.elements)),
  rich_text_list: list,
};

/** Slack writes nested lists as one list after another, each saying how deep it is. */
function list({ style, indent = 0, offset = 0, border, elements }) {
  const depth = Math.min(Math.max(indent, 0), 8);
  const ordered = style === "ordered";
  const node = h(ordered ? "ol" : "ul", { class: `list depth-${depth} marker-${depth % 3}${border ? " bordered" : ""}` },
    elements.map((item) => h("li", {}, CONTAINERS[item.type]?.(item))));
  if (ordered && offset) node.start = offset + 1;
  return node;
}

const LEAVES = {
  text: (leaf) => leaf.text,
  link: (leaf) => linkNode(leaf.url, leaf.text || leaf.url),
  user: (leaf) => userNode(leaf.user_id),
  usergroup: (leaf) => groupNode(leaf.usergroup_id),
  team: (leaf) => h("span", { class: "mention" }, leaf.team_id),
  channel: (leaf) => channelNode(leaf.channel_id),
  emoji: (leaf) => emojiNode(leaf.name),
  broadcast: (leaf) => broadcastNode(leaf.range),
  color: (leaf) => [h("span", { class: "swatch", style: { "background-color": leaf.value } }), leaf.value],
  date: (leaf) => {
    const node = dateNode(leaf.timestamp, leaf.format, leaf.fallback ?? "");
    return leaf.url ? linkNode(leaf.url, node) : node;
  },
};

const STYLES = [["code", "code", "code"], ["strike", "s", ""], ["italic", "em", ""], ["bold", "strong", ""], ["underline", "u", ""]];

function pieces(leaves) {
  return leaves.map((leaf) => {
    let node = LEAVES[leaf.type]?.(leaf) ?? leaf.text ?? "";
    for (const [style, tag, className] of STYLES) {
      if (leaf.style?.[style]) node = h(tag, { class: className }, node);
    }
    return node;
  });
}
