// The page: a question, its answer, and beside it what the answer stands in.
// Its address holds what is seen (#q=...&d=...&s=...), so that it can be shared and opened again.
import { byId, el, oneLine } from "./dom.js";
import * as api from "./api.js";
import { aloud, footnotes, turn } from "./answer.js";
import { Documents, takeDrops } from "./documents.js";
import { Source } from "./source.js";

const box = byId("question"), thread = byId("thread"), panel = byId("panel"), progress = byId("progress");
const columns = byId("columns"), documentsButton = byId("show-documents");
const STEPS = { searching: "Searching…", reading: "Reading…" };
let conversation = null, asking = null, opened = null, resolved = "", current = null, stepping = false;

const source = new Source(panel, closePanel);
const documents = new Documents(panel, { open: openDocument, close: closePanel, changed: showRestriction });

// Asking

async function ask(question, exact = false) {
  question = question.trim();
  if (!question) return;
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  tell("Searching…", true);
  byId("suggestions").hidden = true;
  try {
    const reply = await askedIn(question, exact, signal);
    resolved = reply.answer.question.resolved;
    show(reply);
    tell("");
    progress.append(el("span", { class: "unseen", text: aloud(reply.answer) }));
    keep(reply.answer.question.resolved, null);
    // Who went on to something else meanwhile is not called back.
    if ([box, document.body].includes(document.activeElement)) box.select();
    documents.refresh().catch(() => {}); // there may be others by now
  } catch (error) {
    if (error.name === "AbortError") return tell("");
    tell(error.said || String(error), false, true);
  }
  return undefined;
}

async function askedIn(question, exact, signal) {
  const sources = documents.ticked.size ? [...documents.ticked.keys()] : null;
  const begin = async () => { conversation ??= (await api.post("api/conversations", {})).id; };
  const step = (name) => tell(STEPS[name] ?? "Reading…", true);
  const send = () => api.ask({ question, conversation, sources, exact }, step, signal);
  await begin();
  try {
    return await send();
  } catch (error) {
    if (error.kind !== "unknown-conversation") throw error;
    conversation = null; // it was forgotten: nobody used it for an hour
    await begin();
    return send();
  }
}

function show(reply) {
  const made = turn(reply, { open: openCitation, href: (citation, id) => address(resolved, place(citation, id)), asTyped: (asked) => ask(asked, true) });
  thread.prepend(made);
  footnotes(thread, byId("footnotes"));
  setCurrent(null);
  byId("keys").hidden = false;
}

function tell(text, busy = false, alert = false) {
  progress.textContent = text;
  progress.classList.toggle("busy", busy);
  progress.classList.toggle("alert", alert);
}

// The panel

const place = (citation, id) => ({ id, source: citation.source, start: citation.start, end: citation.end, page: citation.page, short: citation.short && [citation.short.start, citation.short.end] });

function openCitation(citation, id, link) {
  setCurrent(link);
  openPlace(place(citation, id), !stepping);
}

function openDocument(id, name) {
  openPlace({ id, source: name, start: 0, end: 0, page: null, short: null }, true);
}

async function openPlace(where, focus) {
  opened = where;
  keep(resolved, where);
  showPanel();
  const opening = source.open(where);
  // Where the panel stands below, it is gone to at once, however long its page takes to be drawn.
  const beside = getComputedStyle(panel).position === "sticky";
  if (!beside) panel.scrollIntoView({ block: "start" });
  if (focus) byId("panel-title").focus({ preventScroll: true });
  await opening;
}

async function openDocuments() {
  opened = null;
  showPanel();
  documentsButton.setAttribute("aria-expanded", "true");
  try {
    await documents.refresh();
    await documents.open();
    byId("panel-title").focus();
  } catch (error) {
    tell(error.said || String(error), false, true);
    closePanel();
  }
}

function showPanel() {
  panel.hidden = false;
  columns.classList.add("two");
  documentsButton.setAttribute("aria-expanded", "false");
}

function closePanel() {
  const wasOpen = !panel.hidden;
  const back = documentsButton.getAttribute("aria-expanded") === "true" ? documentsButton : current ?? box;
  source.turn += 1;
  opened = null;
  panel.hidden = true;
  columns.classList.remove("two");
  documentsButton.setAttribute("aria-expanded", "false");
  keep(resolved, null);
  if (wasOpen) back.focus();
}

function showRestriction() {
  const line = byId("restricted"), many = documents.ticked.size;
  line.hidden = many === 0;
  const [name] = documents.ticked.values();
  line.replaceChildren(...(many ? [`Asking only ${many === 1 ? oneLine(name) : `${many} documents`}. `, el("button", { type: "button", class: "quiet", text: "Ask all", onclick: () => documents.untick() })] : []));
}

// The address

function address(question, where) {
  const told = new URLSearchParams();
  if (question) told.set("q", question);
  if (where) {
    told.set("d", where.id);
    told.set("s", `${where.start}-${where.end}`);
    if (where.short) told.set("m", where.short.join("-"));
    if (where.page) told.set("p", where.page);
  }
  const text = told.toString();
  return text ? `#${text}` : location.pathname;
}

function keep(question, where) {
  const next = address(question, where);
  if (next !== (location.hash || location.pathname)) history.pushState(null, "", next);
  document.title = question ? `${oneLine(question)} · askdoc` : "askdoc";
}

async function restore() {
  const told = new URLSearchParams(location.hash.slice(1));
  const question = told.get("q") ?? "", id = told.get("d") ?? "";
  const pair = (name) => /^\d{1,11}-\d{1,11}$/.test(told.get(name) ?? "") ? told.get(name).split("-").map(Number) : null;
  const where = /^[0-9a-f]{32}$/.test(id) ? { id, source: "", start: pair("s")?.[0] ?? 0, end: pair("s")?.[1] ?? 0, page: Number(told.get("p")) || null, short: pair("m") } : null;
  if (question && question !== resolved) {
    box.value = question;
    const before = [...thread.children].find((one) => one.dataset.resolved === question);
    if (before) goBackTo(before); // what was answered already is not asked again, and not said twice
    else await ask(question);
  }
  if (where && where.id === opened?.id && where.start === opened.start) return;
  if (where) await openPlace(where, false);
  else if (opened) closePanel();
}

function goBackTo(before) {
  asking?.abort();
  resolved = before.dataset.resolved;
  document.title = `${oneLine(resolved)} · askdoc`;
  before.scrollIntoView({ block: "nearest" });
}

// The keyboard

const links = () => [...thread.querySelectorAll("a.quote[href]")];

function setCurrent(link) {
  current?.closest(".cite")?.classList.remove("current");
  current = link;
  link?.closest(".cite").classList.add("current");
}

function step(by) {
  const all = links();
  if (!all.length) return;
  const at = all.indexOf(current);
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))];
  const isOpen = opened !== null;
  setCurrent(next);
  stepping = true;
  if (isOpen) next.click(); // what is open goes along; who steps stays at the sentences
  stepping = false;
  next.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (asking && progress.classList.contains("busy")) asking.abort();
    else if (!panel.hidden) closePanel();
    else if (document.activeElement === box) box.value = "";
    else box.focus();
    return;
  }
  // Out of the question the first sentence is one key away: letters are its text.
  if (event.target === box && event.key === "ArrowDown" && links().length) {
    event.preventDefault();
    step(1);
  }
  if (event.target.closest("input, textarea, select")) return;
  if (event.key === "/") {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
});

// Beginning

async function suggest() {
  const { questions } = await api.get("api/suggestions");
  if (!questions.length || thread.childElementCount || progress.classList.contains("busy")) return;
  const items = questions.map((one) => el("li", {}, el("button", { type: "button", dir: "auto", text: oneLine(one), onclick: () => { box.value = one; ask(one); } })));
  byId("suggestions").querySelector("ul").replaceChildren(...items);
  byId("suggestions").hidden = false;
}

byId("ask").addEventListener("submit", (event) => { event.preventDefault(); ask(box.value); });
documentsButton.addEventListener("click", () => documentsButton.getAttribute("aria-expanded") === "true" ? closePanel() : openDocuments());
addEventListener("popstate", restore);
takeDrops(documents, openDocuments);
thread.replaceChildren(); // what a page without scripts had been given
byId("footnotes").replaceChildren();
documents.refresh().catch((error) => tell(error.said || String(error), false, true));
if (location.hash) restore();
else {
  box.focus();
  suggest().catch(() => {});
}
