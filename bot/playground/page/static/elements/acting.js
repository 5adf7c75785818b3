/**
 * From a person's touch to the app.
 *
 * @typedef {object} Place where an element stands
 * @property {import("../blocks/index.js").Surface} surface
 * @property {string} blockId
 * @property {boolean} acts whether touching it is sent at once; false in input blocks without dispatch_action
 * @property {string} [fieldId] the id the label points to
 * @property {string} [labelled] ids of what names it
 * @property {string} [described] ids of hint and error
 */
import { confirmed } from "../confirm.js";

/** Send what an element says now. Resolves false when the person thought better of it. */
export async function act(place, element, value, busy = null) {
  if (element.confirm && !(await confirmed(element.confirm))) return false;
  busy?.setAttribute("aria-busy", "true");
  try {
    await place.surface.press(place.blockId, element.action_id, value);
  } finally {
    busy?.removeAttribute("aria-busy");
  }
  return true;
}

/** Keep a new value, and send it where the element acts. Resolves false when the value was not taken. */
export async function choose(place, element, value, busy = null) {
  if (!place.acts) {
    keep(place, element, value);
    return true;
  }
  const before = held(place, element);
  keep(place, element, value);
  const done = await act(place, element, value, busy);
  if (!done) keep(place, element, before);
  return done;
}

export function held(place, element) {
  return place.surface.form.get(place.blockId, element.action_id);
}

export function keep(place, element, value) {
  place.surface.form.set(place.blockId, element.action_id, value);
}

/** Attributes every control has: how tests find it, and what names and describes it. */
export function hooks(place, element) {
  return {
    data: { actionId: element.action_id, elementType: element.type },
    "aria-labelledby": place.labelled, "aria-describedby": place.described,
  };
}

/** The same for an element inside a wrapper that carries the data attributes. */
export function naming(place, fallback = null) {
  return {
    id: place.fieldId, "aria-labelledby": place.labelled, "aria-describedby": place.described,
    "aria-label": place.labelled ? null : fallback,
  };
}
