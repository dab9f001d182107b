"use strict";

/** An element with a text, or with others inside. */
function element(name, content, attributes) {
  const made = document.createElement(name);
  made.append(...[].concat(content));
  for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
  return made;
}

const FRAGMENT = "#method/";

/** What the address chooses: a method, and the adapter and objective to show it with. */
function chosen() {
  if (!location.hash.startsWith(FRAGMENT)) return undefined;
  const [id, query] = location.hash.slice(FRAGMENT.length).split("?");
  return { id: decodeURIComponent(id), parts: new URLSearchParams(query) };
}

function family([name, methods]) {
  const entries = methods.map((method) =>
    element("li", [
      element("a", method.id, { href: FRAGMENT + encodeURIComponent(method.id) }),
      element("p", method.summary),
      element("p", "Paper: " + method.paper, { class: "quiet" }),
    ]),
  );
  return element("section", [element("h3", name), element("ul", entries)], { class: "family" });
}

function table(method) {
  const columns = ["parameter", "type", "default", "range", "what it does"];
  const head = element("tr", columns.map((column) => element("th", column, { scope: "col" })));
  const rows = parametersOf(method.parameters).map((one) =>
    element("tr", [
      element("th", element("code", one.name), { scope: "row" }),
      element("td", one.type),
      element("td", one.default === "required" ? "required" : element("code", one.default)),
      element("td", one.range),
      element("td", one.description),
    ]),
  );
  return element("table", [
    element("caption", rows.length + " parameters of " + method.id),
    element("thead", head),
    element("tbody", rows),
  ]);
}

/** Lets the reader see the parameters with another adapter or objective that the method allows. */
function chooser(kind, method) {
  const names = [...new Set([method[kind], ...(method[kind + "s"] || [])])].filter((name) => name && name !== "none");
  if (names.length < 2) return [];
  const options = names.map((name) => element("option", name, name === method[kind] ? { selected: "" } : {}));
  const select = element("select", options, { id: "choose-" + kind });
  select.addEventListener("change", () => {
    const parts = new URLSearchParams(chosen().parts);
    parts.set(kind, select.value);
    location.hash = FRAGMENT + encodeURIComponent(method.id) + "?" + parts;
  });
  return [element("label", [kind + " ", select])];
}

function details(method) {
  const title = element("h3", method.id, { id: "method-title", tabindex: "-1" });
  const scroll = element("div", table(method), { class: "scroll", role: "region", tabindex: "0", "aria-label": "Parameters" });
  const example = method.example
    ? [
        element("h4", "An example order"),
        element("p", "An order also names itself, its base and what it reads.", { class: "quiet" }),
        element("pre", element("code", JSON.stringify(method.example, null, 2)), { tabindex: "0" }),
      ]
    : [];
  return [
    title,
    element("p", method.summary),
    element("p", "Family: " + method.family + ". Paper: " + method.paper, { class: "quiet" }),
    element("p", [...chooser("adapter", method), ...chooser("objective", method)], { class: "choices" }),
    scroll,
    ...example,
  ];
}

function mark(choice) {
  for (const link of document.querySelectorAll("#methods a")) {
    if (choice && link.getAttribute("href") === FRAGMENT + encodeURIComponent(choice.id)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  byId("method").hidden = !choice;
}

let asked = 0;

/** Shows the method that the address chooses; an answer that another choice overtook is dropped. */
async function showMethod() {
  const turn = ++asked;
  const choice = chosen();
  mark(choice);
  if (!choice) return;
  const shown = await read("/methods/" + encodeURIComponent(choice.id) + "?" + choice.parts)
    .then(details)
    .catch((error) => [element("h3", choice.id, { id: "method-title", tabindex: "-1" }), element("p", error.message)]);
  if (turn === asked) byId("method").replaceChildren(...shown);
}

/** Goes to what the reader chose: to the list that was changed, else to the method. */
async function follow() {
  const changed = document.activeElement.id;
  await showMethod();
  const target = changed.startsWith("choose-") ? byId(changed) : byId("method-title");
  if (target && !byId("method").hidden) target.focus();
}

/** The methods by family; a caller who may not read them is told so. */
async function showMethods() {
  try {
    const families = {};
    for (const method of await items("/methods")) (families[method.family] ||= []).push(method);
    const sections = Object.entries(families).sort().map(family);
    byId("methods").replaceChildren(...(sections.length ? sections : [element("p", "No worker has announced any yet.")]));
    await showMethod();
  } catch (error) {
    const text = error.status === 403 ? "Not for your role." : "They cannot be read: " + error.message;
    byId("methods").replaceChildren(element("p", text));
  }
}

addEventListener("hashchange", follow);
