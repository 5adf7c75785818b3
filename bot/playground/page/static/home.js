/**
 * The app's Home tab.
 */
import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { blockList } from "./block_list.js";
import { h } from "./dom.js";
import { Form } from "./form.js";
import { backButton } from "./icon_button.js";
import { tried } from "./notices.js";
import { appChannel, emit, on, state } from "./state.js";

let shown = null;

/** The app's tabs, with the one on screen marked; none where the app has no Home to choose. */
export function appTabs(current) {
  if (!state.app.home_tab) return "";
  const tab = (id, words, run) => h("button", {
    type: "button", class: "tab", "aria-current": current === id ? "page" : null, data: { testid: `tab-${id}` }, on: { click: run },
  }, words);
  const direct = appChannel();
  return h("div", { class: "tabs", role: "navigation", "aria-label": `${state.app.name}'s tabs` },
    tab("home", "Home", () => emit("go", { kind: "home" })),
    direct && tab("messages", "Messages", () => emit("go", { channel: direct.id })));
}

/** Put the Home tab on screen; asking for it tells the app that it was opened. */
export async function showHome(pane) {
  const form = new Form();
  const where = (blockId, actionId) => ({ view_id: state.homeView.id, block_id: blockId, action_id: actionId });
  const list = blockList({
    kind: "home", form,
    press: async (blockId, actionId, value) => {
      await form.settled();
      await tried(api.press({ ...where(blockId, actionId), state: form.state() }, value));
    },
    options: (blockId, actionId, query) => api.options(where(blockId, actionId), query),
  });
  const empty = h("p", { class: "home-empty" }, `${state.app.name} has not put anything here yet.`);
  shown = { list, empty };
  const back = backButton("Back to the list", () => emit("go", { kind: "list" }));
  pane.replaceChildren(
    h("div", { class: "pane-header" }, back, avatar(null, "small"),
      h("div", { class: "pane-names" }, h("h1", { class: "pane-title" }, h("span", {}, state.app.name), h("span", { class: "app-badge" }, "APP")),
        h("p", { class: "pane-topic" }, state.app.description)),
      appTabs("home")),
    h("div", { class: "home", data: { testid: "home" }, tabindex: 0 }, h("div", { class: "home-inner" }, empty, list.node)));
  delete pane.dataset.channel;
  draw();
  const answer = await tried(api.home());
  if (answer?.view) takeHome(answer.view);
}

export function leaveHome() {
  shown = null;
}

/** A Home tab as the app published it, whether or not it is on screen. */
export function takeHome(view) {
  state.homeView = view;
  emit("home");
}

function draw() {
  if (!shown) return;
  const blocks = state.homeView?.blocks ?? [];
  shown.empty.hidden = blocks.length > 0;
  shown.list.show(blocks);
}

on("home", draw);
