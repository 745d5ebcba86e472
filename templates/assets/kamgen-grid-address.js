/* What a reader asked of a table, from the address and into it, so that it can be sent. */
// Not `q`: the theme opens its own search for that.

const RANGE = "..";

export function read(grid) {
  const asked = new URLSearchParams(location.search);
  const get = name => asked.get(named(grid, name));
  const known = grid.columns.filter(column => !column.fixed);
  const shown = get("columns")?.split(",").filter(key => grid.find(key));
  return {
    query: get("find") ?? "",
    sort: (get("sort") ?? "").split(",").map(way).filter(({ key }) => known.some(column => column.key === key)),
    shown: shown?.length ? shown : null,
    filters: new Map(known.map(column => [column.key, filter(column, asked.getAll(named(grid, `f.${column.key}`)))]).filter(([, asks]) => asks)),
  };
}

export function write(grid) {
  const url = new URL(location.href);
  const mine = ["find", "sort", "columns"].map(name => named(grid, name));
  for (const name of [...url.searchParams.keys()]) {
    if (mine.includes(name) || name.startsWith(named(grid, "f."))) url.searchParams.delete(name);
  }
  for (const [name, value] of said(grid)) url.searchParams.append(named(grid, name), value);
  history.replaceState(history.state, "", url);
}

function* said(grid) {
  const { query, sort, shown, filters } = grid.state;
  if (query) yield ["find", query];
  for (const [key, asks] of filters) for (const value of values(asks)) yield [`f.${key}`, value];
  if (sort.length) yield ["sort", sort.map(({ key, down }) => (down ? "-" : "") + key).join(",")];
  if (shown) yield ["columns", shown.join(",")];
}

function values(asks) {
  if (asks.none) return ["none"];
  if (asks.values) return asks.values;
  return [asks.part ?? `${asks.from}${RANGE}${asks.to}`];
}

function filter(column, found) {
  const told = found.filter(Boolean);
  if (!told.length) return null;
  if (column.kind === "choice") return { values: told };
  if (column.kind === "text") return { part: told[0] };
  if (told[0] === "none") return { none: true };
  const [from, to] = told[0].includes(RANGE) ? told[0].split(RANGE) : [told[0], told[0]];
  return { from: bound(column, from), to: bound(column, to) };
}

function bound({ kind }, text) {
  const fits = kind === "date" ? /^\d{4}-\d{2}-\d{2}$/.test(text) : text !== "" && Number.isFinite(Number(text));
  return fits ? text : "";
}

function way(text) {
  return { key: text.replace(/^-/, ""), down: text.startsWith("-") };
}

function named({ name }, part) {
  return name ? `${name}.${part}` : part;
}
