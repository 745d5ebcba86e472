/* The columns and the cells of a table: what each is sorted, searched, filtered and downloaded by. */

const DAY = /^\d{4}-\d{2}-\d{2}/;
const FEW = 24; // so many values make a choice
const collator = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });

export function columnsOf(table) {
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  const taken = new Set();
  return heads.map((head, index) => {
    const label = head.textContent.trim().replace(/\s+/g, " ");
    const key = alone(head.dataset.kgKey || slug(label) || `column-${index + 1}`, taken);
    return { index, key, label, kind: head.dataset.kgKind || guessed(table, index), fixed: "kgFixed" in head.dataset, spare: "kgSpare" in head.dataset };
  });
}

function alone(key, taken) {
  const found = taken.has(key) ? `${key}-${taken.size + 1}` : key;
  taken.add(found);
  return found;
}

function slug(text) {
  return text.normalize("NFD").toLowerCase().replace(/[\u0300-\u036f]/g, "").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
}

function guessed(table, index) {
  const cells = [...table.tBodies[0].rows].map(row => row.cells[index]).filter(Boolean);
  const orders = cells.map(cell => cell.dataset.order).filter(Boolean);
  if (orders.length) return orders.every(order => DAY.test(order)) ? "date" : orders.every(order => Number.isFinite(Number(order))) ? "number" : "text";
  const values = new Set(cells.map(worth));
  return values.size <= FEW && values.size * 2 <= cells.length ? "choice" : "text";
}

function worth(cell) {
  return cell.dataset.value ?? (cell.querySelector(".kg-none") ? "" : plain(cell.textContent));
}

function plain(text) {
  return text.trim().replace(/\s+/g, " ");
}

/** Ascending or descending; what is not given stands last in both. */
export function compare(kind, way) {
  const inner = kind === "text" || kind === "choice" ? collator.compare : (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return (a, b) => {
    if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
    return way * inner(a, b);
  };
}

/** Every cell of a table: those of its rows, and those that it has as data. */
export class Cells {
  constructor(table, columns) {
    this.columns = columns;
    const rows = [...table.tBodies[0].rows];
    this.pattern = [...rows[0].cells].map(cell => ({ tag: cell.tagName, look: cell.className, label: cell.dataset.label, scope: cell.scope }));
    this.html = rows.length;
    const data = [...document.querySelectorAll("script[data-kg-rest]")].find(found => found.dataset.kgRest === table.dataset.kgGrid);
    this.data = data ? JSON.parse(data.textContent) : { cells: columns.map(() => []), rows: [] };
    this.known = this.data.cells.map((column, index) => column.map(([html, order, value]) => told(columns[index], order, value, () => text(html))));
    this.told = rows.map(row => columns.map(column => ofCell(column, row.cells[column.index])));
    this.count = this.html + this.data.rows.length;
  }

  at(row, index) {
    return row < this.html ? this.told[row][index] : this.known[index][this.data.rows[row - this.html][index]];
  }

  order(row, index) {
    return this.at(row, index).order;
  }

  /** What the search looks in: a cell's words, and the same without accents. */
  words(row, index) {
    const told = this.at(row, index).words();
    const bare = told.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    return bare === told ? told : `${told} ${bare}`;
  }

  /** What a download says: a number, a day, a text, or null. */
  value(row, index) {
    const { kind } = this.columns[index];
    const { value, raw } = this.at(row, index);
    return (kind === "text" || kind === "choice" ? value() : raw) || null;
  }

  /** The values of a choice, each once, the empty one last. */
  choices(index) {
    const found = new Set(this.told.map(row => row[index].value()));
    this.data.rows.forEach(row => found.add(this.known[index][row[index]].value()));
    return [...found].sort(compare("text", 1));
  }

  fits(row, filters) {
    for (const [key, asks] of filters) {
      const column = this.columns.find(one => one.key === key);
      if (!fits(column, this.at(row, column.index), asks)) return false;
    }
    return true;
  }

  rest() {
    return this.data.rows.map(row => row.map((place, index) => this.data.cells[index][place][0]));
  }

  /** The element of a column's cells, of which rows made of data are made too. */
  tag(index) {
    return this.pattern[index].tag;
  }

  /** A row made of data looks like those of the page. */
  dress(row, cells) {
    if (row < this.html) return;
    cells.forEach((cell, index) => {
      const { look, label, scope } = this.pattern[index];
      cell.className = look;
      if (label) cell.dataset.label = label;
      if (scope) cell.scope = scope;
    });
  }
}

function ofCell(column, cell) {
  return told(column, cell.dataset.order, undefined, () => worth(cell), () => plain(cell.textContent));
}

function told(column, order, value, worth, words = worth) {
  const made = { value: once(() => value ?? worth()), words: once(words), raw: order ?? "" };
  if (column.kind === "number" || column.kind === "share") made.order = order == null || order === "" ? "" : Number(order);
  else made.order = order ?? (column.kind === "date" ? "" : made.value());
  return made;
}

function once(make) {
  let made;
  return () => (made ??= make());
}

const probe = document.createElement("template");

function text(html) {
  probe.innerHTML = html;
  return probe.content.querySelector(".kg-none") ? "" : plain(probe.content.textContent);
}

function fits(column, cell, asks) {
  if (asks.none) return cell.order === "";
  if (asks.values) return asks.values.includes(cell.value() || "none");
  if (asks.part !== undefined) return cell.words().toLowerCase().includes(asks.part.toLowerCase());
  if (cell.order === "") return false;
  const as = column.kind === "date" ? String : Number;
  const day = column.kind === "date" ? cell.order.slice(0, 10) : cell.order;
  return (asks.from === "" || day >= as(asks.from)) && (asks.to === "" || day <= as(asks.to));
}
