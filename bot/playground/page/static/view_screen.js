/**
 * One view of the modal stack: its form, its errors, what its buttons do. It outlives being covered by another view.
 */
import * as api from "./api.js";
import { blockList } from "./block_list.js";
import { h } from "./dom.js";
import { Form } from "./form.js";
import { iconButton } from "./icon_button.js";
import { icon } from "./icons.js";
import { tried } from "./notices.js";
import { plain } from "./text/objects.js";

/**
 * @param {object} first VIEW
 * @param {{close: () => void, back: () => void, isLowest: () => boolean}} does
 */
export function viewScreen(first, does) {
  const form = new Form();
  let view = first;
  const where = (blockId, actionId) => ({ view_id: view.id, block_id: blockId, action_id: actionId });
  const list = blockList({
    kind: "modal", form,
    press: async (blockId, actionId, value) => {
      await form.settled();
      await tried(api.press({ ...where(blockId, actionId), state: form.state() }, value));
    },
    options: (blockId, actionId, query) => api.options(where(blockId, actionId), query),
  });

  const title = h("h2", { class: "modal-title" });
  const back = iconButton({ shows: "back", label: "Back", run: does.back, className: "modal-back", testid: "modal-back" });
  const trouble = h("div", { class: "modal-trouble", role: "alert", hidden: true, data: { testid: "trouble" } });
  const notices = h("div", { class: "modal-notices", role: "alert" });
  const closeWords = h("button", { type: "button", class: "button modal-cancel", data: { testid: "modal-cancel" }, on: { click: does.back } });
  const submitWords = h("button", { type: "submit", class: "button primary modal-submit", data: { testid: "modal-submit" } });
  const foot = h("div", { class: "modal-foot" }, closeWords, submitWords);
  const body = h("div", { class: "modal-body", tabindex: -1 }, trouble, list.node);
  const node = h("form", { class: "modal-form", novalidate: true, "aria-label": plain(first.title), on: { submit: onSubmit } },
    h("div", { class: "modal-head" }, back, h("img", { class: "modal-logo", src: "static/logo.svg", alt: "" }), title,
      iconButton({ shows: "close", label: "Close", run: does.close, className: "modal-close", testid: "modal-close" })),
    notices, body, foot);

  function show(next) {
    view = next;
    node.dataset.viewId = view.id;
    node.dataset.callbackId = view.callback_id ?? "";
    title.textContent = plain(view.title);
    closeWords.textContent = plain(view.close) || "Close";
    submitWords.textContent = plain(view.submit);
    submitWords.hidden = !view.submit;
    submitWords.disabled = Boolean(view.submit_disabled);
    back.hidden = does.isLowest();
    list.show(view.blocks, view.state?.values);
  }

  async function onSubmit(event) {
    event.preventDefault();
    if (!view.submit || node.getAttribute("aria-busy") === "true") return;
    trouble.hidden = true;
    const problems = form.problems(view.blocks);
    showErrors(problems);
    if (Object.keys(problems).length) return;
    busy(true);
    await form.settled();
    const answer = await api.submit(view.id, form.state()).catch((error) => ({ ok: false, trouble: error.message }));
    busy(false);
    if (answer.errors) showErrors(answer.errors);
    else if (!answer.ok) showTrouble(answer.trouble ?? api.TROUBLE);
  }

  function busy(is) {
    node.setAttribute("aria-busy", String(is));
    submitWords.disabled = is;
  }

  function showTrouble(text) {
    trouble.replaceChildren(icon("warning"), text);
    trouble.hidden = false;
    body.scrollTop = 0;
  }

  /** Each under its field; the first gets the focus. */
  function showErrors(errors) {
    const all = [...node.querySelectorAll("[data-error-for]")];
    for (const place of all) {
      const text = errors[place.dataset.errorFor] ?? "";
      place.textContent = text;
      place.hidden = !text;
      place.closest(".input").classList.toggle("input-wrong", Boolean(text));
      for (const control of controlsOf(place)) control.setAttribute("aria-invalid", String(Boolean(text)));
    }
    const wrong = all.find((place) => !place.hidden);
    if (!wrong) return;
    wrong.closest(".input").scrollIntoView({ block: "nearest" });
    controlsOf(wrong)[0]?.focus();
  }

  // An error is an answer to what was there; once that changes it has nothing to say.
  list.node.addEventListener("input", (event) => {
    const input = event.target.closest(".input");
    const place = input?.querySelector("[data-error-for]");
    if (!place || place.hidden) return;
    place.hidden = true;
    input.classList.remove("input-wrong");
    for (const control of controlsOf(place)) control.removeAttribute("aria-invalid");
  });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) node.requestSubmit();
  });

  show(first);
  return { node, show, typed: () => form.state(), get view() { return view; } };
}

function controlsOf(place) {
  return [...place.closest(".input").querySelectorAll("input, textarea, .select")];
}
