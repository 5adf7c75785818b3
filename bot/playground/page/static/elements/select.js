/** Select menus for one and for many. */
import { freshId, h } from "../dom.js";
import { icon } from "../icons.js";
import { tried } from "../notices.js";
import { closePopover, isOpenAt } from "../popover.js";
import { plain } from "../text/objects.js";
import { choose, held, hooks, keep, act, naming } from "./acting.js";
import { openPicker } from "./picker.js";
import { sourceOf } from "./sources.js";

const identity = (value) => (value && typeof value === "object" ? value.value : value);
const same = (one, other) => identity(one) === identity(other);

export function select(element, place) {
  const source = sourceOf(element, place);
  const words = h("span", { class: "select-words", id: freshId("chosen") });
  const title = plain(element.placeholder) || "Choose an option";
  const write = () => {
    const value = held(place, element);
    words.textContent = value === null ? title : source.nameOf(value);
    words.classList.toggle("placeholder", value === null);
  };
  const pick = async (option, picker) => {
    picker.close();
    await choose(place, element, source.valueOf(option), control);
    write();
  };
  const open = () => openPicker({
    anchor: control, title, pick, load: loader(source), isChosen: (option) => same(held(place, element), source.valueOf(option)),
  });
  const control = selectControl(element, place, [words, icon("chevron")], open, words.id);
  write();
  return h("div", { data: hooks(place, element).data, class: "select-field" }, control);
}

/** Chips for what is chosen. Where it acts, the whole list is sent when the menu is closed, once. */
export function multiSelect(element, place) {
  const source = sourceOf(element, place);
  const title = plain(element.placeholder) || "Choose options";
  const most = element.max_selected_items ?? Infinity;
  const chips = h("div", { class: "chips" });
  let sent = held(place, element);
  const without = (value) => held(place, element).filter((other) => !same(other, value));
  const write = () => {
    chips.replaceChildren(...held(place, element).map((value) => chip(source.nameOf(value), async () => {
      keep(place, element, without(value));
      write();
      await send();
    })));
  };
  const send = async () => {
    const value = held(place, element);
    if (!place.acts || JSON.stringify(value) === JSON.stringify(sent)) return;
    const before = sent;
    sent = value;
    if (!(await act(place, element, value, control))) { sent = before; keep(place, element, before); write(); }
  };
  const pick = (option, picker) => {
    const value = source.valueOf(option);
    const chosen = held(place, element).some((other) => same(other, value));
    if (chosen) keep(place, element, without(value));
    else if (held(place, element).length < most) keep(place, element, [...held(place, element), value]);
    write();
    picker.redraw();
    if (most === 1 && !chosen) picker.close();
  };
  const open = () => openPicker({
    anchor: control, title, pick, load: loader(source), onClose: send,
    isChosen: (option) => held(place, element).some((value) => same(value, source.valueOf(option))),
  });
  const control = selectControl(element, place, [h("span", { class: "select-words placeholder" }, title), icon("chevron")], open);
  write();
  return h("div", { data: hooks(place, element).data, class: "select-field multi" }, chips, control);
}

function selectControl(element, place, content, open, wordsId = "") {
  const toggle = () => (isOpenAt(control) ? closePopover() : open());
  const control = h("button", {
    ...naming(place), "aria-labelledby": place.labelled ? `${place.labelled} ${wordsId}`.trim() : null,
    type: "button", class: "select", "aria-haspopup": "listbox", "aria-expanded": false,
    on: {
      click: toggle,
      keydown: (event) => { if (["ArrowDown", "ArrowUp"].includes(event.key)) { event.preventDefault(); open(); } },
    },
  }, content);
  return control;
}

function loader(source) {
  return async (query) => (await tried(Promise.resolve(source.load(query)))) ?? [];
}

function chip(name, remove) {
  return h("span", { class: "chip" }, name,
    h("button", { type: "button", class: "chip-remove", "aria-label": `Remove ${name}`, on: { click: remove } }, icon("close")));
}
