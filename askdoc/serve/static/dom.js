// Elements made of text that may be anybody's: only as text, and with nothing in it that acts.

/** An element: `on...` are listeners, `text` its text, all else attributes; children are nodes or text. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** A part of a line that has a direction of its own. */
export const part = (text) => el("bdi", { text: oneLine(text) });

// What askdoc/present/sanitize.py makes visible, for the same reasons.
const ACTIVE = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const ACTIVE_IN_LINES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

function escaped(char) {
  const code = char.codePointAt(0);
  const digits = code < 0x100 ? 2 : code < 0x10000 ? 4 : 8;
  return `\\${{ 2: "x", 4: "u", 8: "U" }[digits]}${code.toString(16).padStart(digits, "0")}`;
}

/** The text with every character that would act written as an escape. */
export const harmless = (text) => text.replace(ACTIVE, escaped);

/** The same of a text of several lines. */
export const harmlessLines = (text) => text.replace(/\r\n?/g, "\n").replace(ACTIVE_IN_LINES, escaped);

// What Python takes for white space.
const SPACE = /[\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;

const squeezed = (text) => harmless(text.replace(SPACE, " "));

/** On one line: white space in a row is one space. */
export const oneLine = (text) => squeezed(text).replace(/^ | $/g, "");

/** Code points, in which all offsets are counted. */
export const points = (text) => Array.from(text);

/** A text in three: before, inside and behind a stretch of its code points. */
export function cut(text, start, end) {
  const all = points(text);
  return [all.slice(0, start).join(""), all.slice(start, end).join(""), all.slice(end).join("")];
}

/** A sentence on one line with a stretch of it marked, `null` for none; as nodes. */
export function marked(text, start, end) {
  if (start === null || start >= end) return [oneLine(text)];
  const [before, inside, behind] = cut(text, start, end);
  return [squeezed(before).replace(/^ /, ""), el("mark", { text: squeezed(inside) }), squeezed(behind).replace(/ $/, "")];
}
