/**
 * Where the options of each kind of select come from: the element itself, the app, or the workspace.
 */
import { h } from "../dom.js";
import { avatar } from "../avatar.js";
import { channelName, state } from "../state.js";
import { label } from "../text/objects.js";
import { groupsOf, optionsOf } from "./options.js";

const fits = (query, ...texts) => {
  const wanted = query.toLocaleLowerCase();
  return texts.some((text) => (text ?? "").toLocaleLowerCase().includes(wanted));
};

const option = (value, text, more = {}) => ({ value, text: { type: "plain_text", text }, ...more });

function staticSource(element) {
  return {
    load: (query) => groupsOf(element).map((group) => ({
      label: group.label, options: group.options.filter((each) => fits(query, label(each.text), label(each.description))),
    })),
    valueOf: (each) => each.value,
    nameOf: (value) => {
      const found = optionsOf(element).find((each) => each.value === value);
      return found ? label(found.text) : String(value);
    },
  };
}

/** Asked of the app for each query; its answers carry their text, which is kept beside the value. */
function externalSource(element, place) {
  const shortest = element.min_query_length ?? 3;
  return {
    load: async (query) => {
      if (query.length < shortest) return Object.assign([], { hint: `Type ${shortest} or more letters` });
      return groupsOf(await place.surface.options(place.blockId, element.action_id, query));
    },
    valueOf: (each) => ({ value: each.value, text: label(each.text) }),
    nameOf: (value) => value.text ?? value.value,
  };
}

function personNode(user, name) {
  return h("span", { class: "option-person" },
    avatar(user, "tiny"), h("strong", {}, name), h("span", { class: "option-handle" }, `@${user.name}`));
}

function usersSource() {
  const people = [...state.users.values()].filter((user) => !user.deleted);
  const shown = (user) => user.display_name || user.real_name || user.name;
  return {
    load: (query) => {
      const found = people.filter((user) => fits(query, user.name, user.real_name, user.display_name));
      return [{ label: null, options: found.map((user) => option(user.id, shown(user), { node: () => personNode(user, shown(user)) })) }];
    },
    valueOf: (each) => each.value,
    nameOf: (id) => { const user = state.users.get(id); return user ? shown(user) : id; },
  };
}

function conversationsSource(element) {
  const kinds = { public: "channel", private: "private", im: "dm" };
  const asked = element.filter?.include?.map((kind) => kinds[kind]) ?? Object.values(kinds);
  const wanted = element.type.includes("channels") ? ["channel"] : asked;
  const name = (channel) => (channel.kind === "dm" ? channelName(channel) : `# ${channel.name}`);
  return {
    load: (query) => {
      const found = state.channels.filter((channel) => wanted.includes(channel.kind) && fits(query, channelName(channel)));
      return [{ label: null, options: found.map((channel) => option(channel.id, name(channel))) }];
    },
    valueOf: (each) => each.value,
    nameOf: (id) => { const channel = state.channels.find((each) => each.id === id); return channel ? name(channel) : id; },
  };
}

/** @returns {{load: Function, valueOf: (option: object) => any, nameOf: (value: any) => string}} */
export function sourceOf(element, place) {
  if (element.type.includes("external")) return externalSource(element, place);
  if (element.type.includes("users")) return usersSource();
  if (element.type.includes("conversations") || element.type.includes("channels")) return conversationsSource(element);
  return staticSource(element);
}
