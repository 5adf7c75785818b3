/**
 * What the elements of one surface hold: kept apart from the DOM, so that a view can be drawn anew without losing a letter.
 */
import { markdownFrom } from "./api.js";
import { optionsOf } from "./elements/options.js";

/**
 * element type -> under which name the element has its initial value, under which Slack's state has what it holds, and
 * what both are in the words of the page's API
 */
const KINDS = {
  plain_text_input: ["initial_value", "value", textOf],
  email_text_input: ["initial_value", "value", textOf],
  url_text_input: ["initial_value", "value", textOf],
  number_input: ["initial_value", "value", textOf],
  rich_text_input: ["initial_value", "rich_text_value", () => ({ markdown: "" })],
  static_select: ["initial_option", "selected_option", choiceOf],
  external_select: ["initial_option", "selected_option", externalOf],
  radio_buttons: ["initial_option", "selected_option", choiceOf],
  users_select: ["initial_user", "selected_user", idOf],
  conversations_select: ["initial_conversation", "selected_conversation", idOf],
  channels_select: ["initial_channel", "selected_channel", idOf],
  multi_static_select: ["initial_options", "selected_options", (options) => (options ?? []).map(choiceOf)],
  multi_external_select: ["initial_options", "selected_options", (options) => (options ?? []).map(externalOf)],
  checkboxes: ["initial_options", "selected_options", (options) => (options ?? []).map(choiceOf)],
  multi_users_select: ["initial_users", "selected_users", idsOf],
  multi_conversations_select: ["initial_conversations", "selected_conversations", idsOf],
  multi_channels_select: ["initial_channels", "selected_channels", idsOf],
  datepicker: ["initial_date", "selected_date", idOf],
  timepicker: ["initial_time", "selected_time", idOf],
  datetimepicker: ["initial_date_time", "selected_date_time", idOf],
};

function textOf(value) { return value ?? ""; }
function idOf(value) { return value ?? null; }
function idsOf(value) { return value ?? []; }
function choiceOf(option) { return option?.value ?? null; }
function externalOf(option) { return option ? { value: option.value, text: option.text.text } : null; }

/** What an element begins with, raw: what the server says it holds already, else its initial value. */
function beginning(block, element, values) {
  const [initial, held] = KINDS[element.type];
  const state = values?.[block.block_id]?.[element.action_id];
  return state ? state[held] : element[initial];
}

/** Every element that can be touched, with its block, in reading order. */
function elementsOf(blocks) {
  const inBlock = (block) => {
    if (block.type === "input") return [block.element];
    if (block.type === "section") return block.accessory ? [block.accessory] : [];
    return block.type === "actions" ? block.elements : [];
  };
  return blocks.flatMap((block) => inBlock(block).map((element) => ({ block, element })));
}

const key = (blockId, actionId) => `${blockId}\n${actionId}`;
const isEmpty = (value) =>
  value === null || value === "" || (Array.isArray(value) && !value.length) || value?.markdown === "";

export class Form {
  #held = new Map();
  #loading = new Set();

  /**
   * Follow the blocks on screen. An element that stays (same block_id, action_id and type) keeps what it holds, one that
   * is new begins with what `values` (Slack's state.values) has for it or else its initial value, one that left is
   * forgotten: as Slack does when a view is updated.
   */
  sync(blocks, values = null) {
    const before = this.#held;
    this.#held = new Map();
    for (const { block, element } of elementsOf(blocks)) {
      if (!KINDS[element.type]) continue;
      const id = key(block.block_id, element.action_id);
      const kept = before.get(id);
      if (kept?.type === element.type) this.#held.set(id, stillOffered(kept, element));
      else {
        const begun = beginning(block, element, values);
        this.#held.set(id, { type: element.type, value: KINDS[element.type][2](begun), touched: false });
        if (element.type === "rich_text_input" && begun) this.#load(id, begun);
      }
    }
  }

  /** A rich text's beginning is asked of the server as Markdown; what a person types meanwhile wins. */
  #load(id, richText) {
    const entry = this.#held.get(id);
    entry.loaded = markdownFrom(richText).then((text) => {
      if (!entry.touched) entry.value = { markdown: text };
      this.#loading.delete(entry.loaded);
    });
    this.#loading.add(entry.loaded);
  }

  /** Resolves when a rich text's beginning has arrived (at once where there is none to wait for). */
  loaded(blockId, actionId) {
    return this.#held.get(key(blockId, actionId))?.loaded ?? Promise.resolve();
  }

  /** Resolves when nothing is on its way any more: what is sent then is what is on screen. */
  async settled() {
    await Promise.allSettled([...this.#loading]);
  }

  get(blockId, actionId) {
    return this.#held.get(key(blockId, actionId))?.value ?? null;
  }

  set(blockId, actionId, value) {
    const entry = this.#held.get(key(blockId, actionId));
    if (entry) Object.assign(entry, { value, touched: true });
  }

  /** STATE of the page's API: {block_id: {action_id: value}}, null for what is empty. */
  state() {
    const state = {};
    for (const [id, { value }] of this.#held) {
      const [blockId, actionId] = id.split("\n");
      state[blockId] ??= {};
      state[blockId][actionId] = isEmpty(value) && !Array.isArray(value) ? null : value;
    }
    return state;
  }

  /** What Slack's client says under inputs before anything is sent: {block_id: text}. */
  problems(blocks) {
    const found = {};
    for (const block of blocks.filter((each) => each.type === "input")) {
      const problem = problemOf(block, this.get(block.block_id, block.element.action_id));
      if (problem) found[block.block_id] = problem;
    }
    return found;
  }
}

/** A choice whose option the new view no longer offers is not kept. */
function stillOffered(kept, element) {
  const offered = optionsOf(element).map((option) => option.value);
  if (["static_select", "radio_buttons"].includes(element.type) && !offered.includes(kept.value)) return { ...kept, value: null };
  if (["multi_static_select", "checkboxes"].includes(element.type)) {
    return { ...kept, value: kept.value.filter((value) => offered.includes(value)) };
  }
  return kept;
}

function problemOf({ optional, element }, value) {
  if (isEmpty(value)) return optional ? null : "Please complete this required field.";
  if (typeof value !== "string") return null;
  const length = [...value].length;
  const longest = element.max_length ?? (element.type === "plain_text_input" ? 3000 : Infinity);
  if (length > longest) return `Please enter no more than ${longest} characters.`;
  if (length < (element.min_length ?? 0)) return `Please enter at least ${element.min_length} characters.`;
  if (element.type === "email_text_input" && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)) return "Please enter a valid email address.";
  if (element.type === "url_text_input" && !/^https?:\/\/\S+$/.test(value)) return "Please enter a valid URL.";
  return element.type === "number_input" ? numberProblem(element, value) : null;
}

function numberProblem(element, value) {
  const shape = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!shape.test(value)) return "Please enter a valid number.";
  const number = Number(value);
  if (element.min_value !== undefined && number < Number(element.min_value)) return `Please enter a number of at least ${element.min_value}.`;
  if (element.max_value !== undefined && number > Number(element.max_value)) return `Please enter a number of at most ${element.max_value}.`;
  return null;
}
