/**
 * Wall clocks of time zones, from the browser's own zone data.
 */

const formats = new Map();

function format(zone) {
  if (!formats.has(zone)) {
    formats.set(zone, new Intl.DateTimeFormat("en-GB", {
      timeZone: zone, hourCycle: "h23", weekday: "long", year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", second: "2-digit",
    }));
  }
  return formats.get(zone);
}

/**
 * What the clock on the wall says.
 * @param {number} unix seconds
 * @param {string} zone IANA name; an unknown one counts as UTC
 * @returns {{year: number, month: number, day: number, hour: number, minute: number, second: number, weekday: string}}
 */
export function wall(unix, zone) {
  let parts;
  try {
    parts = format(zone).formatToParts(new Date(unix * 1000));
  } catch {
    parts = format("UTC").formatToParts(new Date(unix * 1000));
  }
  const by = Object.fromEntries(parts.map((part) => [part.type, part.value]));
  return {
    year: Number(by.year), month: Number(by.month), day: Number(by.day), hour: Number(by.hour),
    minute: Number(by.minute), second: Number(by.second), weekday: by.weekday,
  };
}

function asIfUtc({ year, month, day, hour = 0, minute = 0 }) {
  return Date.UTC(year, month - 1, day, hour, minute) / 1000;
}

/**
 * The instant a wall clock shows a time, unix seconds. A time that comes twice is its first; one that is skipped is the
 * same distance after the last time before the gap.
 */
export function instant(time, zone) {
  const wanted = asIfUtc(time);
  const offsetAt = (unix) => asIfUtc(wall(unix, zone)) - Math.floor(unix / 60) * 60;
  const earlier = wanted - offsetAt(wanted - 86400);
  const later = wanted - offsetAt(wanted + 86400);
  const shows = (unix) => asIfUtc(wall(unix, zone)) === wanted;
  if (shows(earlier)) return earlier;
  return shows(later) ? later : earlier;
}

const two = (number) => String(number).padStart(2, "0");

/** "YYYY-MM-DD" */
export function dateText({ year, month, day }) {
  return `${year}-${two(month)}-${two(day)}`;
}

/** "HH:mm" */
export function timeText({ hour, minute }) {
  return `${two(hour)}:${two(minute)}`;
}

/** What a datetime-local field holds for an instant. */
export function fieldText(unix, zone) {
  const time = wall(unix, zone);
  return `${dateText(time)}T${timeText(time)}`;
}

/** The instant a datetime-local field means, or null when it is empty or half typed. */
export function fieldInstant(text, zone) {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text ?? "");
  if (!found) return null;
  const [year, month, day, hour, minute] = found.slice(1).map(Number);
  return instant({ year, month, day, hour, minute }, zone);
}

/** Whole days between two instants as a calendar in the zone counts them. */
export function daysBetween(from, to, zone) {
  const dayOf = (unix) => asIfUtc({ ...wall(unix, zone), hour: 0, minute: 0 });
  return Math.round((dayOf(to) - dayOf(from)) / 86400);
}

/** The next time the wall clock shows the hour, strictly later than `unix`. */
export function nextHour(unix, hour, zone) {
  const today = instant({ ...wall(unix, zone), hour, minute: 0 }, zone);
  if (today > unix) return today;
  return instant({ ...wall(unix + 86400, zone), hour, minute: 0 }, zone);
}
