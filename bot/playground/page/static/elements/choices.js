/** Radio buttons and checkboxes: the elements whose options may be mrkdwn. */
import { freshId, h } from "../dom.js";
import { textNode } from "../text/objects.js";
import { choose, held, hooks } from "./acting.js";

export function radioButtons(element, place) {
  const name = freshId("radio");
  const pick = async (option, control) => {
    const before = held(place, element);
    if (!(await choose(place, element, option.value))) restore(control, [before]);
  };
  return group(element, place, "radiogroup", (option) =>
    choice("radio", option, { name, checked: held(place, element) === option.value, pick: (input) => pick(option, input.closest(".choices")) }));
}

export function checkboxes(element, place) {
  const toggle = async (option, input) => {
    const values = held(place, element).filter((value) => value !== option.value);
    const next = input.checked ? [...values, option.value] : values;
    const inOrder = element.options.map((each) => each.value).filter((value) => next.includes(value));
    if (!(await choose(place, element, inOrder))) input.checked = !input.checked;
  };
  return group(element, place, "group", (option) =>
    choice("checkbox", option, { checked: held(place, element).includes(option.value), pick: (input) => toggle(option, input) }));
}

function group(element, place, role, make) {
  return h("div", { ...hooks(place, element), class: "choices", role }, element.options.map(make));
}

function choice(type, option, { name, checked, pick }) {
  return h("label", { class: "choice", data: { value: option.value } },
    h("input", { type, name, value: option.value, checked, on: { change: (event) => pick(event.currentTarget) } }),
    h("span", { class: "choice-words" }, textNode(option.text, "choice-text"),
      option.description && textNode(option.description, "choice-description")));
}

function restore(container, values) {
  for (const input of container.querySelectorAll("input")) input.checked = values.includes(input.value);
}
