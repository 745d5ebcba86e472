/* What stands above a table: search, filters, the choice of columns, downloads, and how many rows are left. */

import { csv, save, xlsx } from "./kamgen-grid-files.js";

const WAIT = 120; // milliseconds after the last key
let made = 0;

export function controls(grid, words) {
  const search = element("input", { type: "search", autocomplete: "off", spellcheck: false });
  const filters = panel(words.filter, () => fields(grid, words));
  const columns = panel(words.columns, () => [boxes(grid, words)]);
  const status = element("p", { className: "kg-grid__status", role: "status" });
  const chips = element("ul", { className: "kg-grid__chips" });
  const further = button(words.further, () => grid.api.page.len(grid.api.page.len() * 4).draw());
  search.addEventListener("input", later(() => grid.change({ query: search.value })));
  const bar = element("div", { className: "kg-grid__bar" }, [
    element("label", { className: "kg-grid__search" }, [element("span", {}, [words.search]), search]),
    filters.button, columns.button,
    button("CSV", () => download(grid, words, "csv"), words.csv), button("Excel", () => download(grid, words, "xlsx"), words.xlsx), status,
  ]);
  const box = grid.table.closest(".kg-scroll") ?? grid.api.table().container();
  const whole = element("div", { className: "kg-grid" }, [bar, filters.body, columns.body, chips]);
  box.before(whole);
  box.after(further);
  further.classList.add("kg-grid__further");

  const told = () => {
    const { recordsDisplay, recordsTotal, length } = grid.api.page.info();
    status.textContent = recordsDisplay === recordsTotal ? filled(words.rows, { n: recordsTotal }) : filled(words.part, { n: recordsDisplay, all: recordsTotal });
    further.hidden = !grid.paged || length < 0 || recordsDisplay <= length;
  };
  const shows = () => {
    if (document.activeElement !== search) search.value = grid.state.query;
    chips.replaceChildren(...asked(grid, words));
    filters.fresh();
    columns.fresh();
  };
  return { told, shows };
}

/** A button that opens a panel, which is made when it is first wanted, and anew when something else changed what it shows. */
function panel(label, make) {
  const id = `kg-grid-panel-${(made += 1)}`;
  const body = element("div", { className: "kg-grid__panel", id, hidden: true });
  const open = button(label, () => {
    body.hidden = !body.hidden;
    open.setAttribute("aria-expanded", String(!body.hidden));
    if (!body.hidden) body.replaceChildren(...make());
  });
  open.setAttribute("aria-expanded", "false");
  open.setAttribute("aria-controls", id);
  body.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    open.click();
    open.focus();
  });
  const fresh = () => {
    if (!body.hidden && !body.contains(document.activeElement)) body.replaceChildren(...make());
  };
  return { button: open, body, fresh };
}

function fields(grid, words) {
  return grid.columns.filter(column => !column.fixed).map(column => {
    const asks = grid.state.filters.get(column.key);
    const set = next => grid.change({ filters: changed(grid.state.filters, column.key, next) });
    if (column.kind === "choice") return choice(grid, column, asks, set, words);
    return column.kind === "text" ? part(column, asks, set) : range(column, asks, set, words);
  });
}

function changed(filters, key, asks) {
  const next = new Map(filters);
  if (asks) next.set(key, asks);
  else next.delete(key);
  return next;
}

function choice(grid, column, asks, set, words) {
  const body = grid.cells.choices(column.index).map(value => {
    const box = element("input", { type: "checkbox", value: value || "none", checked: asks?.values.includes(value || "none") ?? false });
    return element("label", {}, [box, value || words.missing]);
  });
  const field = element("fieldset", {}, [element("legend", {}, [column.label]), element("div", { className: "kg-grid__choices" }, body)]);
  field.addEventListener("change", () => {
    const values = [...field.querySelectorAll("input:checked")].map(box => box.value);
    set(values.length ? { values } : null);
  });
  return field;
}

function part(column, asks, set) {
  const input = element("input", { type: "search", value: asks?.part ?? "", autocomplete: "off" });
  input.addEventListener("input", later(() => set(input.value ? { part: input.value } : null)));
  return element("fieldset", {}, [element("legend", {}, [column.label]), named(input, column.label)]);
}

function range(column, asks, set, words) {
  const share = column.kind === "share";
  const ends = ["from", "to"].map(end => limit(column, end, asks, share));
  const none = element("input", { type: "checkbox", checked: asks?.none ?? false });
  const read = () => {
    const [from, to] = ends.map(({ value }) => (share && value !== "" ? String(Number(value) / 100) : value));
    ends.forEach(end => (end.disabled = none.checked));
    set(none.checked ? { none: true } : from || to ? { from, to } : null);
  };
  [...ends, none].forEach(input => input.addEventListener("input", later(read)));
  const [from, to] = ends;
  const label = share ? `${column.label} (%)` : column.label;
  return element("fieldset", {}, [
    element("legend", {}, [label]),
    element("div", { className: "kg-grid__range" }, [named(from, `${label}: ${words.from}`), element("span", {}, ["–"]), named(to, `${label}: ${words.to}`)]),
    element("label", {}, [none, words.missing]),
  ]);
}

function limit(column, end, asks, share) {
  const told = asks?.[end] ?? "";
  const value = share && told !== "" ? String(Math.round(Number(told) * 1e6) / 1e4) : told;
  const date = column.kind === "date";
  return element("input", { type: date ? "date" : "number", ...(date ? {} : { step: "any", inputMode: "decimal" }), value, disabled: asks?.none ?? false });
}

function boxes(grid, words) {
  const shown = new Set(grid.state.shown ?? grid.usual);
  const all = grid.columns.map(column => {
    const box = element("input", { type: "checkbox", value: column.key, checked: shown.has(column.key), disabled: column.index === 0 });
    return element("label", {}, [box, column.label]);
  });
  const field = element("fieldset", { className: "kg-grid__columns" }, [element("legend", {}, [words.columns]), ...all]);
  field.addEventListener("change", () => {
    const keys = [...field.querySelectorAll("input:checked")].map(box => box.value);
    grid.change({ shown: keys.join() === grid.usual.join() ? null : keys });
  });
  return field;
}

/** One chip per filter, each a button that takes it away; then one for all. */
function asked(grid, words) {
  const { filters } = grid.state;
  const chips = [...filters].map(([key, asks]) => {
    const text = `${grid.find(key).label}: ${inWords(grid.find(key), asks, words)}`;
    return button(text, () => grid.change({ filters: changed(filters, key, null) }), filled(words.without, { filter: text }));
  });
  const any = filters.size || grid.state.query || grid.state.sort.length || grid.state.shown;
  if (any) chips.push(button(words.all, () => grid.change({ filters: new Map(), query: "", sort: [], shown: null })));
  return chips.map(chip => element("li", {}, [chip]));
}

function inWords(column, asks, words) {
  if (asks.none) return words.missing;
  if (asks.values) return asks.values.map(value => (value === "none" ? words.missing : value)).join(", ");
  if (asks.part !== undefined) return asks.part;
  const show = value => (column.kind === "share" && value !== "" ? `${Math.round(Number(value) * 1e6) / 1e4} %` : value);
  return `${show(asks.from)} – ${show(asks.to)}`.trim();
}

async function download(grid, words, kind) {
  const { columns, rows } = grid.shown();
  const sheet = { columns, rows: rows.map(row => columns.map(column => grid.cells.value(row, column.index))) };
  const name = grid.table.dataset.kgFile || grid.name || "table";
  save(kind === "csv" ? csv(sheet) : await xlsx(sheet, grid.DataTable.Buttons.jszip()), `${name}.${kind}`);
}

function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? spaced(values[name]) : values[name]));
}

function spaced(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
}

function button(text, click, title) {
  const found = element("button", { type: "button", className: "kg-button" }, [text]);
  if (title) found.title = title;
  found.addEventListener("click", click);
  return found;
}

function named(input, label) {
  input.setAttribute("aria-label", label);
  return input;
}

function later(run) {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(run, WAIT);
  };
}

function element(name, attributes = {}, children = []) {
  const found = Object.assign(document.createElement(name), attributes);
  found.append(...children);
  return found;
}
