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

/** Places in the order of a column, ascending or descending; what is not given has the place -1 and stands last in both. */
export function compare(way) {
  return (a, b) => {
    if (a < 0 || b < 0) return a === b ? 0 : a < 0 ? 1 : -1;
    return way * (a - b);
  };
}

const inWords = new Set(["text", "choice"]);
const inFigures = new Set(["number", "share"]);

/** Every cell of a table: those of its rows, and those that it has as data. Read when somebody asks for them, column by column: most never are. */
export class Cells {
  constructor(table, columns) {
    this.columns = columns;
    this.rows = [...table.tBodies[0].rows];
    this.pattern = [...this.rows[0].cells].map(cell => ({ tag: cell.tagName, look: cell.className, label: cell.dataset.label, scope: cell.scope }));
    this.html = this.rows.length;
    this.source = this.rows.map(row => [...row.cells]);
    const data = [...document.querySelectorAll("script[data-kg-rest]")].find(found => found.dataset.kgRest === table.dataset.kgGrid);
    this.data = data ? JSON.parse(data.textContent) : { cells: columns.map(() => []), rows: [] };
    this.count = this.html + this.data.rows.length;
    this.told = columns.map(column => once(() => this.column(column)));
    this.ranks = columns.map(column => once(() => this.ranked(column)));
    this.sought = once(() => Array.from({ length: this.count }, (_, row) => this.words(row)));
  }

  /** What is told of each cell of a column, row by row; equal ones of the data are one. */
  column(column) {
    const { index } = column;
    const own = this.source.map(cells => ofCell(column, cells[index].dataset.order, () => cells[index]));
    const known = this.data.cells[index].map(([html, order, value]) => told(column, order, value, () => text(html)));
    return own.concat(this.data.rows.map(row => known[row[index]]));
  }

  at(row, index) {
    return this.told[index]()[row];
  }

  /** The place of each row in the order of a column: the column is sorted once, and afterwards numbers are compared. */
  ranked({ index, kind }) {
    const orders = this.told[index]().map(cell => cell.order());
    const given = [...new Set(orders)].filter(order => order !== "");
    given.sort(inWords.has(kind) ? collator.compare : (a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const places = new Map(given.map((order, place) => [order, place]));
    return Int32Array.from(orders, order => places.get(order) ?? -1);
  }

  rank(row, index) {
    return this.ranks[index]()[row];
  }

  /** What the search looks in: the words of a row in small letters, and those with accents without them too. */
  words(row) {
    const told = this.columns.filter(({ fixed, kind }) => !fixed && !inFigures.has(kind)).map(({ index }) => this.at(row, index).sought());
    return told.join("\n");
  }

  /** What a download says: a number, a day, a text, or null. */
  value(row, index) {
    const { kind } = this.columns[index];
    const { value, raw } = this.at(row, index);
    return (kind === "text" || kind === "choice" ? value() : raw) || null;
  }

  /** The values of a choice, each once, the empty one last. */
  choices(index) {
    const found = new Set(this.told[index]().map(cell => cell.value()));
    return [...found].sort((a, b) => (a === "" || b === "" ? (a === b ? 0 : a === "" ? 1 : -1) : collator.compare(a, b)));
  }

  /** Whether every word that is sought stands in a row, and every filter lets it through. */
  fits(row, terms, filters) {
    if (terms.length) {
      const told = this.sought()[row];
      if (!terms.every(term => told.includes(term))) return false;
    }
    for (const [key, asks] of filters) {
      const column = this.columns.find(one => one.key === key);
      if (!fits(column, this.at(row, column.index), asks)) return false;
    }
    return true;
  }

  /** The element of a column's cells, of which rows made of data are made too. */
  tag(index) {
    return this.pattern[index].tag;
  }

  /** What a cell shows: a row of the page brings its own nodes, see `dress`. */
  shown(row, index) {
    return row < this.html ? "" : this.data.cells[index][this.data.rows[row - this.html][index]][0];
  }

  /** A row that is shown for the first time: one of the page as the page has it, one made of data as those look. */
  dress(element, row, cells) {
    if (row < this.html) {
      same(this.rows[row], element);
      cells.forEach((cell, index) => same(this.source[row][index], cell));
      this.source[row].splice(0, cells.length, ...cells);
    } else {
      cells.forEach((cell, index) => alike(this.pattern[index], cell));
    }
  }

  /** Everything that somebody may ask for soon, while nobody asks for anything. */
  async warm() {
    for (const { index, fixed } of this.columns) {
      await idle();
      if (!fixed) this.ranks[index]();
    }
    await idle();
    this.sought();
  }
}

function idle() {
  return new Promise(done => (window.requestIdleCallback ?? setTimeout)(done));
}

/** The attributes and the content of an element, on another; a row's content are its cells, which come one by one. */
function same(from, to) {
  for (const { name, value } of from.attributes) to.setAttribute(name, value);
  if (from.cells === undefined) to.replaceChildren(...from.childNodes);
}

function alike({ look, label, scope }, cell) {
  cell.className = look;
  if (label) cell.dataset.label = label;
  if (scope) cell.scope = scope;
}

function ofCell(column, order, cell) {
  return told(column, order, undefined, () => worth(cell()), () => plain(cell().textContent));
}

function told(column, order, value, worth, words = worth) {
  const made = { value: once(() => value ?? worth()), words: once(words), sought: once(() => small(made.words())), raw: order ?? "" };
  made.order = once(() => ordered(column, order, made));
  return made;
}

function ordered({ kind }, order, { value }) {
  if (inFigures.has(kind)) return order == null || order === "" ? "" : Number(order);
  return order ?? (kind === "date" ? "" : value());
}

function small(text) {
  const told = text.toLowerCase();
  const bare = told.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return bare === told ? told : `${told} ${bare}`;
}

/** The words that a search asks for, in small letters; those in quotation marks belong together. */
export function terms(query) {
  return [...query.toLowerCase().matchAll(/"([^"]+)"?|[^\s"]+/g)].map(([word, phrase]) => phrase ?? word);
}

function once(make) {
  let made;
  return () => (made ??= make());
}

const probe = document.createElement("template");
const SIGNS = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'" };

/** The words of a cell made of data. Ours are plain, with signs written as above; what is not is left to the browser, which takes longer. */
function text(html) {
  if (!html.includes("<") && !html.includes("&")) return plain(html);
  if (/class="[^"]*\bkg-none\b/.test(html)) return "";
  const bare = html.replace(/<[^<>]*>/g, "").replace(/&(?:amp|lt|gt|#34|#39);/g, sign => `\0${sign}`);
  if (!/&|[<>]/.test(bare.replace(/\0&/g, ""))) return plain(bare.replace(/\0(&[^;]+;)/g, (_, sign) => SIGNS[sign]));
  probe.innerHTML = html;
  return probe.content.querySelector(".kg-none") ? "" : plain(probe.content.textContent);
}

function fits(column, cell, asks) {
  const order = cell.order();
  if (asks.none) return order === "";
  if (asks.values) return asks.values.includes(cell.value() || "none");
  if (asks.part !== undefined) return cell.words().toLowerCase().includes(asks.part.toLowerCase());
  if (order === "") return false;
  const as = column.kind === "date" ? String : Number;
  const day = column.kind === "date" ? order.slice(0, 10) : order;
  return (asks.from === "" || day >= as(asks.from)) && (asks.to === "" || day <= as(asks.to));
}
