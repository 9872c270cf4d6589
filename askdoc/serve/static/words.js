// What is said of an answer and of a citation, as the terminal says it.
import { oneLine, part, el } from "./dom.js";

const SURE = [[90, "very sure"], [70, "sure"], [50, "fairly sure"], [30, "less sure"], [15, "unsure"], [0, "hardly likely"]];

export const percent = (confidence) => `${Math.round(100 * confidence)}%`;
const sure = (confidence) => SURE.find(([least]) => Math.round(100 * confidence) >= least)[1];

/** Where a citation stands, part by part. */
export function places(citation) {
  const found = [oneLine(citation.source)];
  if (citation.page !== null) found.push(`page ${citation.page}`);
  if (citation.place !== null) found.push(oneLine(citation.place));
  if (citation.heading !== null) found.push(`under “${oneLine(citation.heading)}”`);
  found.push(`line ${citation.line}`);
  return found;
}

/** The same as nodes: a name's direction is its own. */
export function address(citation) {
  const [, ...rest] = places(citation);
  const nodes = [named(citation.source), ...rest.flatMap((one) => [", ", part(one)])];
  return [...nodes, " · ", el("span", { class: "sure", text: `${sure(citation.confidence)}, ${percent(citation.confidence)}` })];
}

/** A document's name, whose folders are less to look at than its last part. */
export function named(source) {
  const name = oneLine(source), at = name.lastIndexOf("/") + 1;
  return el("bdi", {}, name.slice(0, at), el("span", { class: "file", text: name.slice(at) }));
}

export function refusal(answer) {
  if (answer.no_question) return "I only quote.";
  return answer.incomplete ? "What was read so far doesn't say." : "The documents don't say.";
}

export function because(answer) {
  if (answer.no_question) {
    return "Ask for what a sentence of the documents can tell (who, when, how much, what a clause says), or give words to look for.";
  }
  const quoted = (word) => `“${oneLine(word)}”`;
  const listed = (words, last) => words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
  const nowhere = answer.missing.filter((one) => one.near === null).map((one) => quoted(one.word));
  const said = nowhere.length ? [`${listed(nowhere, "and")} ${nowhere.length > 1 ? "stand" : "stands"} nowhere in ${answer.incomplete ? "it" : "them"}.`] : [];
  for (const near of new Set(answer.missing.map((one) => one.near).filter((one) => one !== null))) {
    const words = answer.missing.filter((one) => one.near === near).map((one) => quoted(one.word));
    said.push(`Nothing about ${listed(words, "or")} stands near ${quoted(near)}.`);
  }
  return said.join(" ");
}

// Copying

const ACTIVE = /[\\`*_[\]{}<>#|&~$^=@]|:(?=\/|[\w+-]+:)|(?<=www)\./gi;
const OPENING = /^(?:[-+:%(]|\w{1,9}[.)](?=\s|$))/;

/** One line that reads the same when it is rendered, as askdoc/present/markdown.py escapes it. */
function plain(text, opens = false) {
  const opening = opens ? OPENING.exec(text) : null;
  if (!opening) return text.replace(ACTIVE, "\\$&");
  const at = opening[0].length - 1;
  return `${plain(text.slice(0, at))}\\${text[at]}${plain(text.slice(at + 1))}`;
}

export const shown = (answer) => (answer.citations.length ? answer.citations : answer.nearest);

/** The quotes with where they stand. */
export function asText(answer) {
  if (answer.verdict === "unanswered") return `${answer.question.asked}\n\n${refusal(answer)} ${because(answer)}`.trim();
  const said = shown(answer).map((one) => `“${oneLine(one.quote)}”\n  ${places(one).join(", ")}`);
  return [...(answer.verdict === "perhaps" ? ["Perhaps:"] : []), ...said].join("\n\n");
}

/** The quotes with footnotes. */
export function asMarkdown(answer) {
  if (answer.verdict === "unanswered") return `${refusal(answer)} ${plain(because(answer))}`.trim();
  const cited = shown(answer);
  const quotes = cited.map((one, at) => `> ${plain(oneLine(one.quote), true)}[^${at + 1}]`);
  const notes = cited.map((one, at) => `[^${at + 1}]: ${plain(places(one).join(", "), true)}, characters ${one.start}-${one.end}, ${percent(one.confidence)} sure`);
  return [...(answer.verdict === "perhaps" ? ["Perhaps:"] : []), ...quotes, ...notes].join("\n\n");
}

export async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without a certificate only this machine's own pages may use the clipboard so.
  const area = el("textarea", { class: "unseen", "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("the browser does not let the page copy");
  return undefined;
}
