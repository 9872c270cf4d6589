// An answer as it is shown: each sentence verbatim, where it stands, how sure that is.
import { el, marked, oneLine, part } from "./dom.js";
import { post } from "./api.js";
import { address, asMarkdown, asText, because, copy, places, refusal, shown } from "./words.js";

/**
 * A turn of the conversation.
 *
 * @param reply what the server replied to the question
 * @param does what the page does: `open(citation, id, link)`, `href(citation, id)`, `asTyped(question)`
 */
export function turn(reply, does) {
  const { answer } = reply;
  const { asked, resolved } = answer.question;
  const node = el("article", { class: "turn", "data-resolved": resolved }, el("h2", { dir: "auto", text: oneLine(asked) }));
  if (oneLine(resolved) !== oneLine(asked)) {
    node.append(el("p", { class: "understood" }, "Understood as: ", part(resolved), " ",
      el("button", { type: "button", class: "quiet", text: "Ask as typed", onclick: () => does.asTyped(asked) })));
  }
  for (const [source, what] of Object.entries(reply.changed)) {
    node.append(el("p", { class: "changed" }, part(source), `: ${oneLine(what)}`));
  }
  node.append(...said(reply, does));
  if (shown(answer).length) node.append(actions(reply, node));
  return node;
}

function said(reply, does) {
  const { answer } = reply;
  const lacking = because(answer);
  const more = lacking ? [el("p", { class: "lacking", text: lacking })] : [];
  const cites = shown(answer).map((citation) => cite(citation, reply, does));
  if (answer.citations.length) {
    if (!answer.disagreement) return cites;
    return [el("p", { class: "verdict", text: "The documents disagree:" }), el("div", { class: "beside" }, ...cites)];
  }
  if (answer.verdict === "perhaps") return [el("p", { class: "verdict", text: "Perhaps:" }), ...cites, ...more];
  const refused = [el("p", { class: "verdict", text: refusal(answer) }), ...more];
  if (!cites.length) return refused;
  const title = cites.length > 1 ? "Nearest sentences, which are not an answer:" : "Nearest, but not an answer:";
  return [...refused, el("p", { class: "near-title", text: title }), el("div", { class: "nearest" }, ...cites)];
}

function cite(citation, reply, does) {
  const id = reply.documents[citation.source];
  const near = reply.answer.verdict === "unanswered";
  const { short } = citation;
  const span = short && !near ? [short.start - citation.start, short.end - citation.start] : [null, null];
  const link = el("a", { class: "quote", href: id ? does.href(citation, id) : false }, ...marked(citation.quote, ...span));
  if (id) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      does.open(citation, id, link);
    });
  }
  return el("div", { class: "cite" },
    el("blockquote", { dir: "auto" }, link, el("sup")),
    el("p", { class: "address" }, ...address(citation)),
    el("p", { class: "standing", hidden: true }));
}

function actions(reply, node) {
  const told = el("span", { class: "unseen", role: "status" });
  const button = (label, act, done) => {
    const made = el("button", { type: "button", class: "quiet", text: label });
    made.addEventListener("click", async () => {
      made.disabled = true;
      try {
        await act();
        told.textContent = done;
        made.textContent = done;
      } catch (error) {
        told.textContent = error.said || error.message;
        made.textContent = error.said || error.message;
      }
      made.disabled = false;
      setTimeout(() => { made.textContent = label; }, 2500);
    });
    return made;
  };
  const { answer } = reply;
  return el("div", { class: "actions" },
    button("Copy text", () => copy(asText(answer)), "Copied"),
    button("Copy as Markdown", () => copy(asMarkdown(answer)), "Copied"),
    button("Copy JSON", () => copy(JSON.stringify(answer, null, 2)), "Copied"),
    button("Check quotes", () => check(answer, node), "Checked"), told);
}

/** Whether each quote still stands in its file, told below it. */
async function check(answer, node) {
  const { verdicts } = await post("api/verify", answer);
  const below = [...node.querySelectorAll(".standing")];
  for (const [at, verdict] of verdicts.filter((one) => one.citation).entries()) {
    if (!below[at]) continue;
    const good = verdict.standing === "stands";
    below[at].textContent = good ? "✓ still stands there, word for word" : oneLine(`${verdict.standing}${verdict.detail ? `: ${verdict.detail}` : ""}`);
    below[at].className = `standing ${good ? "good" : "alert"}`;
    below[at].hidden = false;
  }
}

/** What is said aloud of an answer. */
export function aloud(answer) {
  if (answer.verdict === "unanswered") return `${refusal(answer)} ${because(answer)}`;
  const many = shown(answer).length;
  const [first] = shown(answer);
  const lead = answer.disagreement ? "The documents disagree. " : answer.verdict === "perhaps" ? "Perhaps: " : "";
  return `${lead}${many > 1 ? `${many} sentences. ` : ""}${oneLine(first.quote)} (${places(first).join(", ")})`;
}

/** Numbers behind the quotes of all turns, and the footnotes that a printed page has. */
export function footnotes(thread, list) {
  const turns = [...thread.querySelectorAll(".turn")].reverse(); // the oldest is printed first
  const cites = turns.flatMap((one) => [...one.querySelectorAll(".cite")]);
  for (const [at, one] of cites.entries()) one.querySelector("sup").textContent = `${at + 1}`;
  const notes = cites.map((one, at) => el("li", {}, `${at + 1}. `, ...[...one.querySelector(".address").cloneNode(true).childNodes]));
  list.replaceChildren(...(notes.length ? [el("ol", {}, ...notes)] : []));
}
