import { h } from "../dom.js";
import { withEmoji } from "../text/emoji.js";
import { richTextBlock } from "./rich_text.js";

const SIDES = new Set(["left", "center", "right"]);

/** A table whose first row is its head. Wide ones scroll inside themselves, never the page. */
export function tableBlock(block) {
  const settings = block.column_settings ?? [];
  const row = (tag, cells) => h("tr", {}, cells.map((cell, index) => tableCell(tag, cell, settings[index] ?? {})));
  const [head, ...body] = block.rows;
  return h("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Table" },
    h("table", { class: "table" }, h("thead", {}, head && row("th", head)), h("tbody", {}, body.map((cells) => row("td", cells)))));
}

function tableCell(tag, cell, { align, is_wrapped: wrapped }) {
  const side = SIDES.has(align) ? align : "left";
  const content = cell.type === "rich_text" ? richTextBlock(cell) : withEmoji(String(cell.text ?? cell.value ?? ""));
  return h(tag, { class: `cell-${side}${wrapped ? " cell-wrapped" : ""}` }, content);
}
