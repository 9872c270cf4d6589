// What the page asks the server: the same JSON that any other program gets.

export class Refused extends Error {
  constructor(problem) {
    super(problem.detail || problem.title || "something went wrong");
    this.kind = (problem.type || "").split("/").pop();
  }

  get said() {
    return this.message.charAt(0).toUpperCase() + this.message.slice(1);
  }
}

async function refusal(response) {
  try {
    return new Refused(await response.json());
  } catch {
    return new Refused({ detail: `the server replied ${response.status}.` });
  }
}

async function send(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused({ detail: "the server cannot be reached. Is askdoc serve still running?" });
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

export const get = async (path) => (await send(path)).json();

const body = (value) => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(value),
});

export const post = async (path, value) => (await send(path, body(value))).json();

/** Ask, and be told meanwhile what is being done. */
export async function ask(question, step, signal) {
  const options = body(question);
  options.headers.Accept = "text/event-stream";
  const response = await send("api/ask", { ...options, signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Refused({ detail: "the server left before it had answered. Ask again." });
    held += value;
    for (let at = held.indexOf("\n\n"); at >= 0; at = held.indexOf("\n\n")) {
      const [name, data] = event(held.slice(0, at));
      held = held.slice(at + 2);
      if (name === "answer") return JSON.parse(data);
      if (name === "problem") throw new Refused(JSON.parse(data));
      if (name) step(name);
    }
  }
}

function event(block) {
  const field = (name) => block.split("\n").filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2)).join("\n");
  return [field("event"), field("data")];
}

export const withdraw = (name) => send(`api/uploads/${encodeURIComponent(name)}`, { method: "DELETE" });

/** Hand a file in; `progress` is told the share that was sent. */
export function upload(file, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", `api/uploads/${encodeURIComponent(file.name)}`);
    request.upload.onprogress = (told) => told.lengthComputable && progress(told.loaded / told.total);
    request.onload = () => {
      let said = {};
      try {
        said = JSON.parse(request.responseText);
      } catch {
        said = { detail: `the server replied ${request.status}.` };
      }
      if (request.status < 300) resolve(said);
      else reject(new Refused(said));
    };
    request.onerror = () => reject(new Refused({ detail: "the server cannot be reached, or takes no file as large as this." }));
    request.send(file);
  });
}
