// A document beside the answer, scrolled to a quotation that is marked: its text, or the page of a PDF.
import { cut, el, harmlessLines, oneLine } from "./dom.js";
import { get } from "./api.js";
import { named } from "./words.js";

const BEFORE = 3000, BEHIND = 6000, MORE = 20000;
const SVG = "http://www.w3.org/2000/svg";
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Scroll to a node; where the panel scrolls by itself, the answer beside it stays where it is. */
function intoView(node, panel) {
  const behavior = calm() ? "auto" : "smooth";
  if (getComputedStyle(panel).position !== "sticky") {
    node.scrollIntoView({ block: "center", inline: "start", behavior });
    return;
  }
  const at = node.getBoundingClientRect(), own = panel.getBoundingClientRect(), frame = node.closest(".frame");
  panel.scrollTo({ top: panel.scrollTop + at.top - own.top - panel.clientHeight / 3, behavior });
  frame?.scrollTo({ left: frame.scrollLeft + at.left - frame.getBoundingClientRect().left - 40 });
}

/** A place in a document: `start` and `end` in code points, `short` a span in it or null, `page` or null. */
export class Source {
  constructor(panel, close) {
    this.panel = panel;
    this.close = close;
    this.turn = 0; // of what is shown: what comes late for something else is left
  }

  async open(place, view) {
    const turn = ++this.turn;
    this.place = place;
    this.body = el("div");
    const title = el("h2", { id: "panel-title", tabindex: "-1" }, named(place.source));
    this.tools = el("div", { class: "panel-tools" });
    this.panel.replaceChildren(
      el("div", { class: "panel-head" },
        el("div", { class: "row" }, title, el("button", { type: "button", text: "Close", onclick: this.close })), this.tools), this.body);
    this.panel.hidden = false;
    this.panel.scrollTop = 0;
    try {
      this.document = await get(`api/documents/${place.id}`);
      if (turn !== this.turn) return;
      title.replaceChildren(named(this.document.source));
      const pages = this.document.page_starts;
      this.isPdf = this.document.kind === "pdf" && pages.length > 0;
      // An address may have been made up, or be of a file that has fewer pages now.
      const isThere = Number.isInteger(place.page) && place.page >= 1 && place.page <= pages.length;
      this.page = isThere ? place.page : Math.max(1, pages.findLastIndex((at) => at <= place.start) + 1);
      await this.show(view ?? (this.isPdf ? "page" : "text"));
    } catch (error) {
      if (turn === this.turn) this.body.replaceChildren(el("p", { class: "note alert", role: "alert", text: error.said || String(error) }));
    }
  }

  async show(view) {
    this.view = view;
    const button = (label, attributes) => el("button", { type: "button", text: label, ...attributes });
    const { place } = this;
    const turned = (by) => () => { this.page += by; this.show("page"); };
    const many = this.document.page_starts.length;
    const tools = [];
    if (this.isPdf) {
      tools.push(
        button("Page", { "aria-pressed": String(view === "page"), onclick: () => this.show("page") }),
        button("Text", { "aria-pressed": String(view === "text"), onclick: () => this.show("text") }));
    }
    if (view === "page") {
      tools.push(
        button("‹", { "aria-label": "Page before", disabled: this.page <= 1, onclick: turned(-1) }),
        el("span", { text: `page ${this.page} of ${many}` }),
        button("›", { "aria-label": "Next page", disabled: this.page >= many, onclick: turned(1) }));
    }
    tools.push(el("span", { class: "gap" }), el("a", { href: `api/documents/${place.id}/original`, download: "", text: "Save the file" }));
    this.tools.replaceChildren(...tools);
    return view === "page" ? this.showPage() : this.showText();
  }

  async showPage() {
    const turn = ++this.turn;
    const { place, page } = this;
    const path = `api/documents/${place.id}/pages/${page}`;
    const image = el("img", { alt: `Page ${page} of ${oneLine(this.document.source)}`, src: `${path}.png?width=1400` });
    const sheet = el("figure", { class: "sheet" }, image);
    const note = el("p", { class: "note", role: "status", text: "Drawing the page…" });
    // On a narrow screen the page stays large enough to be read, and is moved.
    const frame = el("div", { class: "frame", tabindex: "0", role: "region", "aria-label": "The page" }, sheet);
    this.body.replaceChildren(note, frame);
    const drawn = new Promise((resolve) => { image.onload = () => resolve(true); image.onerror = () => resolve(false); });
    const asked = place.end > place.start && get(`${path}/marks?start=${place.start}&end=${place.end}`).catch(() => ({ marks: [] }));
    const [seen, told] = await Promise.all([drawn, asked || { marks: [] }]);
    if (turn !== this.turn) return;
    if (!seen) {
      note.textContent = "The page cannot be drawn: the file is gone, or another one than was read. This is the text as it was read.";
      frame.remove();
      await this.showText(note);
      return;
    }
    this.mark(sheet, told.marks);
    const own = place.page === page || told.marks.length > 0;
    note.textContent = place.end > place.start && own && !told.marks.length ? "Where the words stand on this page could not be told for sure, so none are marked. “Text” shows them." : "";
    note.hidden = !note.textContent;
    const first = sheet.querySelector("rect");
    if (first) intoView(first, this.panel);
  }

  mark(sheet, marks) {
    if (!marks.length) return;
    const layer = document.createElementNS(SVG, "svg");
    layer.setAttribute("viewBox", "0 0 1 1");
    layer.setAttribute("preserveAspectRatio", "none");
    layer.setAttribute("role", "img");
    layer.setAttribute("aria-label", "The quoted words are marked here");
    for (const one of marks) {
      const rect = document.createElementNS(SVG, "rect");
      for (const [name, value] of Object.entries({ x: one.left, y: one.top, width: one.right - one.left, height: one.bottom - one.top })) rect.setAttribute(name, value);
      layer.append(rect);
    }
    sheet.append(layer);
  }

  async showText(above) {
    const turn = ++this.turn;
    const { place } = this;
    const from = Math.max(0, place.start - BEFORE);
    const found = await get(this.stretch(from, place.end + BEHIND));
    if (turn !== this.turn) return;
    const text = el("div", { class: "text", dir: "auto" }, ...this.marked(found.text, found.start));
    const earlier = el("button", { type: "button", text: "Earlier text", hidden: found.start === 0 });
    const later = el("button", { type: "button", text: "Later text", hidden: found.end >= found.characters });
    this.more(earlier, text, found.start, -1);
    this.more(later, text, found.end, 1);
    this.body.replaceChildren(...(above ? [above] : []), earlier, text, later);
    const sentence = text.querySelector("mark");
    if (sentence) intoView(sentence, this.panel);
  }

  stretch(start, end) {
    return `api/documents/${this.place.id}/text?start=${start}&end=${end}`;
  }

  /** A text with the quotation in it marked, and in that the short answer. */
  marked(text, from) {
    const { start, end, short } = this.place;
    if (start >= end || start < from) return [harmlessLines(text)];
    const [before, inside, behind] = cut(text, start - from, end - from);
    const parts = short ? cut(inside, short[0] - start, short[1] - start) : [inside, "", ""];
    const quote = el("mark", { class: short ? "sentence" : false }, harmlessLines(parts[0]));
    if (parts[1]) quote.append(el("mark", { text: harmlessLines(parts[1]) }), harmlessLines(parts[2]));
    return [harmlessLines(before), quote, harmlessLines(behind)];
  }

  more(button, text, at, way) {
    button.addEventListener("click", async () => {
      button.disabled = true;
      const found = await get(way < 0 ? this.stretch(Math.max(0, at - MORE), at) : this.stretch(at, at + MORE));
      if (way < 0) text.prepend(harmlessLines(found.text));
      else text.append(harmlessLines(found.text));
      at = way < 0 ? found.start : found.end;
      button.hidden = way < 0 ? at === 0 : at >= found.characters;
      button.disabled = false;
    });
  }
}
