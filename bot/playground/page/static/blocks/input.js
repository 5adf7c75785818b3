import { freshId, h } from "../dom.js";
import { renderElement } from "../elements/index.js";
import { plain } from "../text/objects.js";

/**
 * A labelled field with its hint and the place for its error. It acts only with `dispatch_action`, as in Slack; what is
 * typed is held by the surface's form all the same.
 */
export function inputBlock(block, { surface, blockId }) {
  const id = freshId("field");
  const place = {
    surface, blockId, fieldId: id, acts: Boolean(block.dispatch_action), input: true,
    labelled: `${id}-label`, described: `${id}-hint ${id}-error`,
  };
  const group = ["radio_buttons", "checkboxes"].includes(block.element.type);
  return h("div", { class: "input", role: group ? "group" : null, "aria-labelledby": group ? `${id}-label` : null },
    h("label", { class: "input-label", id: `${id}-label`, for: group ? null : id }, plain(block.label),
      block.optional && h("span", { class: "input-optional" }, " (optional)")),
    renderElement(block.element, place),
    h("div", { class: "input-hint", id: `${id}-hint` }, plain(block.hint)),
    h("div", { class: "input-error", id: `${id}-error`, hidden: true, data: { errorFor: blockId } }));
}
