/**
 * The page's own API, as written down beside the server: JSON in, JSON out, relative addresses only, so that it does not
 * matter where the playground is mounted.
 */

/** The server's plain "that is not possible": a button that is no longer on screen, a channel one is not in. */
export class Refusal extends Error {}

/** The server did not answer, or not in words we understand. */
export class Trouble extends Error {}

export const TROUBLE = "We had some trouble connecting. Try again?";

let acting = null;

/** Everything asked from now on is asked by this person. */
export function actAs(userId) {
  acting = userId;
}

export function actingAs() {
  return acting;
}

async function answered(request) {
  let response;
  try {
    response = await request;
  } catch (error) {
    throw new Trouble(TROUBLE, { cause: error });
  }
  const body = await response.json().catch(() => null);
  if (response.status === 409) throw new Refusal(body?.error ?? "That is not possible any more.");
  if (!response.ok || body === null) throw new Trouble(body?.error ?? TROUBLE);
  return body;
}

function address(path, query) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  const params = new URLSearchParams(given);
  return params.size ? `page/${path}?${params}` : `page/${path}`;
}

function get(path, query = {}) {
  return answered(fetch(address(path, { as: acting, ...query })));
}

function post(path, body, how = {}) {
  return answered(fetch(`page/${path}`, {
    ...how,
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Playground": "1" },
    body: JSON.stringify(body),
  }));
}

export const bootstrap = () => get("bootstrap");
export const messages = (channel, threadTs = null) => get("messages", { channel, thread_ts: threadTs });
export const home = () => get("home");
export const say = (channel, text, threadTs = null) =>
  post("say", { as: acting, channel, text, ...(threadTs ? { thread_ts: threadTs } : {}) });
/** @param {object} where {channel, message_ts} or {view_id, state}, and block_id, action_id */
export const press = (where, value) => post("press", { as: acting, ...where, value });
export const submit = (viewId, state) => post("submit", { as: acting, view_id: viewId, state });
/** Outlives the page, which may be going away. */
export const hold = (viewId, state) => post("hold", { as: acting, view_id: viewId, state }, { keepalive: true });
export const close = (viewId) => post("close", { as: acting, view_id: viewId });
export const options = (where, query) => post("options", { as: acting, ...where, query });
export const shortcut = (callbackId, where = {}) => post("shortcut", { as: acting, callback_id: callbackId, ...where });
export const markdownFrom = async (richText) => (await post("markdown", { rich_text: richText })).markdown;
export const advanceClock = (seconds) => post("clock", { advance_seconds: seconds });
export const setClock = (to) => post("clock", { to });
export const eventsAddress = () => address("events", { as: acting });
