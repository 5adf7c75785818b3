/**
 * Blocks to nodes. A surface says what pressing something does; blocks never talk to the server themselves.
 *
 * @typedef {object} Surface
 * @property {"message"|"modal"|"home"} kind
 * @property {import("../form.js").Form} form what its elements hold
 * @property {(blockId: string, actionId: string, value: any) => Promise<void>} press
 * @property {(blockId: string, actionId: string, query: string) => Promise<object>} options
 * @property {string} [fallback] what to show instead of a block the page cannot draw
 */
import { h } from "../dom.js";
import { renderElement } from "../elements/index.js";
import { textNode } from "../text/objects.js";
import { markdown } from "../text/markdown.js";
import { addressOf, imageBlock, picture, videoBlock } from "./pictures.js";
import { inputBlock } from "./input.js";
import { richTextBlock } from "./rich_text.js";
import { tableBlock } from "./table.js";
import { icon } from "../icons.js";

const RENDERERS = {
  section, header, context, actions,
  divider: () => h("hr", { class: "divider" }),
  image: imageBlock,
  video: videoBlock,
  input: inputBlock,
  rich_text: richTextBlock,
  table: tableBlock,
  alert: alertBlock,
  markdown: (block) => h("div", { class: "markdown" }, markdown(block.text)),
};

/** @returns {HTMLElement} one block, marked with its block_id and type for tests and styles */
export function renderBlock(block, surface) {
  const render = RENDERERS[block.type] ?? unknown;
  const place = { surface, blockId: block.block_id, acts: true };
  return h("div", { class: `block block-${block.type}`, data: { blockId: block.block_id, blockType: block.type } },
    render(block, place));
}

function section(block, place) {
  const body = h("div", { class: "section-body" },
    block.text && textNode(block.text),
    block.fields && h("div", { class: "fields" }, block.fields.map((field) => textNode(field, "text section-field"))));
  if (!block.accessory) return body;
  const wide = !["button", "overflow", "image"].includes(block.accessory.type);
  return h("div", { class: wide ? "section section-wide" : "section" }, body,
    h("div", { class: "accessory" }, renderElement(block.accessory, place)));
}

function header(block) {
  return h("div", { class: "header-text", role: "heading", "aria-level": 3 }, textNode(block.text));
}

function context(block) {
  return h("div", { class: "context" }, block.elements.map((element) =>
    element.type === "image"
      ? picture(addressOf(element), element.alt_text, "context-image")
      : textNode(element, "text context-text")));
}

function actions(block, place) {
  return h("div", { class: "actions" }, block.elements.map((element) => renderElement(element, place)));
}

function alertBlock(block) {
  const level = ["info", "warning", "error", "success"].includes(block.level) ? block.level : "default";
  const text = typeof block.text === "string" ? { type: "plain_text", text: block.text } : block.text;
  return h("div", { class: `alert alert-${level}`, role: level === "error" ? "alert" : "status" },
    icon(["warning", "error"].includes(level) ? "warning" : "info"), textNode(text));
}

function unknown(block, { surface }) {
  const text = textOf(block.fallback) || textOf(block.title) || textOf(block.text) || surface.fallback;
  return h("div", { class: "text fallback" }, text || `(A ${block.type} block, which this page does not draw.)`);
}

const textOf = (value) => (typeof value === "string" ? value : value?.text) || "";
