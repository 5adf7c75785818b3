/**
 * A list of blocks on screen that can be replaced by a newer one without disturbing who is typing in it.
 */
import { focusable, h, reconcile, remembered } from "./dom.js";
import { renderBlock } from "./blocks/index.js";

/**
 * @param {import("./blocks/index.js").Surface} surface
 * @returns {{node: HTMLElement, show: (blocks: object[], values?: object) => void}} values: what a view's inputs hold already
 */
export function blockList(surface) {
  const node = h("div", { class: `blocks blocks-${surface.kind}` });
  const remember = remembered();

  function show(blocks, values = null) {
    surface.form.sync(blocks, values);
    const focus = whereFocusIs(node);
    reconcile(node, blocks.map((block, index) =>
      remember(block.block_id ?? `block-${index}`, block, () => renderBlock(block, surface))));
    if (focus) focusAgain(node, focus);
  }

  return { node, show };
}

function whereFocusIs(root) {
  const active = document.activeElement;
  if (!active || !root.contains(active)) return null;
  const block = active.closest("[data-block-id]")?.dataset.blockId;
  const action = active.closest("[data-action-id]")?.dataset.actionId;
  const selection = "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
  return block && action ? { active, block, action, selection } : null;
}

function focusAgain(root, { active, block, action, selection }) {
  if (document.activeElement === active) return;
  const control = root.querySelector(`[data-block-id="${CSS.escape(block)}"] [data-action-id="${CSS.escape(action)}"]`);
  const target = control && (focusable(control)[0] ?? (control.tabIndex >= 0 ? control : null));
  if (!target) return;
  target.focus();
  if (selection?.[0] !== null && selection && target.setSelectionRange && target.type !== "email" && target.type !== "number") {
    target.setSelectionRange(...selection);
  }
}
