// The documents that are asked: found by name, ticked to be asked alone, handed in; and what could not be read.
import { byId, el, oneLine, part } from "./dom.js";
import { get, upload, withdraw } from "./api.js";
import { named } from "./words.js";

const counted = (many, what) => `${many.toLocaleString("en")} ${what}${many === 1 ? "" : "s"}`;

export class Documents {
  /** `does`: `open(id, source)`, `close()`, `changed()` when others are ticked or handed in. */
  constructor(panel, does) {
    this.panel = panel;
    this.does = does;
    this.ticked = new Map(); // id to name
    this.sent = []; // what became of files that were handed in
  }

  async refresh() {
    this.status = await get("api/status");
    const button = byId("show-documents");
    button.textContent = counted(this.status.documents, "document");
    button.hidden = false;
  }

  async open() {
    const filter = el("input", { class: "filter", type: "search", id: "filter", "aria-label": "Find by name", placeholder: "Find by name", autocomplete: "off", oninput: () => this.list(true) });
    this.found = el("ul", { class: "documents" });
    this.count = el("p", { class: "note", role: "status" });
    this.further = el("button", { type: "button", text: "More", hidden: true, onclick: () => this.list(false) });
    this.uploads = el("div");
    this.panel.replaceChildren(
      el("div", { class: "panel-head" }, el("div", { class: "row" },
        el("h2", { id: "panel-title", tabindex: "-1", text: "Documents" }),
        el("button", { type: "button", text: "Close", onclick: this.does.close }))),
      this.uploads,
      el("p", { class: "note", text: "Tick some to ask these alone." }),
      filter, this.count, this.found, this.further, this.problems());
    this.panel.hidden = false;
    this.filter = filter;
    this.showUploads();
    await this.list(true);
  }

  async list(anew) {
    const words = this.filter.value;
    const offset = anew ? 0 : this.next;
    try {
      const page = await get(`api/documents?offset=${offset}&q=${encodeURIComponent(words)}`);
      if (words !== this.filter.value) return;
      const rows = page.documents.map((one) => this.row(one));
      if (anew) this.found.replaceChildren(...rows);
      else this.found.append(...rows);
      this.next = page.next;
      this.further.hidden = page.next === null;
      this.count.textContent = words ? `${counted(page.total, "document")} with “${oneLine(words)}” in the name` : "";
      this.count.hidden = !words;
    } catch (error) {
      this.count.textContent = error.said || String(error);
    }
  }

  row(one) {
    const tick = el("input", { type: "checkbox", id: `tick-${one.id}`, "aria-label": `Ask only ${oneLine(one.source)}`, onchange: () => {
      if (tick.checked) this.ticked.set(one.id, one.source);
      else this.ticked.delete(one.id);
      this.does.changed();
    } });
    tick.checked = this.ticked.has(one.id);
    const remove = one.uploaded && el("button", { type: "button", class: "quiet", text: "Remove", "aria-label": `Remove ${oneLine(one.source)}`, onclick: () => this.remove(one) });
    const notes = one.notes.map((note) => el("p", { class: "size", text: oneLine(note) }));
    return el("li", {}, tick, el("div", { class: "of" },
      el("button", { type: "button", class: "open", onclick: () => this.does.open(one.id, one.source) }, named(one.source)),
      el("p", { class: "size", text: `${counted(one.sentences, "sentence")}${one.uploaded ? ", handed in" : ""}` }), ...notes), remove || null);
  }

  /** Ask a file no more that was handed in. */
  async remove(one) {
    try {
      await withdraw(one.source.slice(one.source.indexOf("/") + 1));
      this.ticked.delete(one.id);
      await this.refresh();
      this.does.changed();
      await this.list(true);
      this.filter.focus();
    } catch (error) {
      this.count.textContent = error.said || String(error);
      this.count.hidden = false;
    }
  }

  problems() {
    const { problems, problems_total: total } = this.status;
    if (!total) return "";
    const items = problems.map((one) => el("li", {}, part(one.where), `: ${oneLine(one.what)}. ${oneLine(one.remedy)}`));
    return el("details", { class: "problems" },
      el("summary", { text: `${counted(total, "source")} could not be read` }), el("ul", {}, ...items),
      total > problems.length ? el("p", { class: "note", text: `and ${total - problems.length} more` }) : null);
  }

  untick() {
    this.ticked.clear();
    for (const tick of this.panel.querySelectorAll(".documents input")) tick.checked = false;
    this.does.changed();
  }

  // Files that are handed in

  showUploads() {
    if (!this.status.uploads || !this.uploads) return;
    const input = el("input", { type: "file", multiple: true, hidden: true, onchange: () => this.send(input.files) });
    this.uploads.replaceChildren(
      el("p", { class: "note" }, el("button", { type: "button", text: "Add files…", onclick: () => input.click() }), " or drop them anywhere on the page.", input),
      el("ul", { class: "sent", "aria-live": "polite" }, ...this.sent));
  }

  async send(files) {
    for (const file of [...files]) {
      const bar = el("progress", { max: "1", value: "0", "aria-label": `Sending ${oneLine(file.name)}` });
      const line = el("li", { class: "note" }, part(file.name), " ", bar);
      this.sent.unshift(line);
      this.showUploads();
      try {
        await upload(file, (share) => { bar.value = share; });
        bar.replaceWith("is asked from now on.");
      } catch (error) {
        bar.replaceWith(el("span", { class: "alert", text: error.said || String(error) }));
      }
    }
    await this.refresh();
    this.does.changed();
    if (this.found?.isConnected) await this.list(true);
  }
}

/** Let files be dropped on the page. */
export function takeDrops(documents, show) {
  const sheet = byId("drop");
  const holdsFiles = (event) => documents.status?.uploads && [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    sheet.hidden = false;
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) sheet.hidden = true; });
  document.addEventListener("drop", async (event) => {
    sheet.hidden = true;
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const { files } = event.dataTransfer;
    await show();
    documents.send(files);
  });
}
