/* Tables that can be sorted, searched, filtered and downloaded. The table is whole without this script; with it, it can do more.
 *
 * <table class="kg-table" data-kg-grid="NAME">   NAME parts the tables of one page in the address; empty where there is one.
 *   data-kg-long             more than 200 rows: those beyond the first 50 are not laid out before the script is there (on a phone: beyond 40)
 *   data-kg-file="NAME"      what a download is called; else the name, else "table"
 *
 * <th scope="col" ...>
 *   data-kg-key="tier"       the column's name in the address; else made of its words
 *   data-kg-kind="..."       text, choice (a few values that come again), number, share (0.4 is 40 %), date; else told by the cells
 *   data-kg-spare            a column that only those see who choose it: give its cells the class `kg-spare`
 *   data-kg-fixed            a column that nobody sorts, filters or downloads (buttons, pictures)
 *
 * <td ...>
 *   data-order="1200.50"     what a number, share or date is sorted, filtered and downloaded by: plain, dates as 2026-05-20; empty or
 *                            absent where nothing is given, which stands last in both directions
 *   data-value="active"      what a text or choice is filtered and downloaded by; else its words
 *
 * One row of the body is one line: no rowspan, no colspan; sums stand in <tfoot>. Rows beyond those of the page may follow the table as
 * <script type="application/json" data-kg-rest="NAME">{"cells": [[[html, order], ...] per column], "rows": [[index per column], ...]}</script>.
 *
 * The address: ?find=words  f.KEY=value (again for each value of a choice)  f.KEY=100..200  f.KEY=none  sort=-KEY,KEY  columns=KEY,KEY;
 * for a table with a name each is written NAME.find, NAME.f.KEY ... So `portfolio/?f.kam=Ole+Berg` is a link to the accounts of one person.
 *
 * DataTables sorts, searches and draws; it comes as datatables.js beside this file. `assets/kamgen-grid-*.js` of a company's own templates
 * folder stand for these.
 */

import { read, write } from "./kamgen-grid-address.js";
import { columnsOf, Cells, compare, terms } from "./kamgen-grid-cells.js";
import { controls } from "./kamgen-grid-controls.js";

const NARROW = matchMedia("(max-width: 44.9375em)").matches; // a phone lays out few rows in the time of a blink
const LONG = NARROW ? 40 : 200; // a table of more rows shows
const SEEN = NARROW ? 20 : 50; // so many at first; more on demand
const WHOLE = 1000; // a table of so many rows is printed whole
const loaded = import("./datatables.js").then(({ default: DataTable }) => prepared(DataTable), whole);
let grids = [];

/** Without DataTables every table is whole again. */
function whole(fault) {
  document.querySelectorAll("table[data-kg-grid]").forEach(table => table.removeAttribute("data-kg-grid"));
  throw fault;
}

function prepared(DataTable) {
  for (const kind of ["text", "choice", "number", "share", "date"]) {
    DataTable.type(`kg-${kind}`, { className: "", order: { asc: compare(1), desc: compare(-1) } });
  }
  DataTable.ext.errMode = "throw";
  return DataTable;
}

/** A table with all that is known of it: its columns, its cells, DataTables' face, and what the reader asked for. */
class Grid {
  constructor(table, DataTable, words) {
    this.table = table;
    this.name = table.dataset.kgGrid;
    this.columns = columnsOf(table);
    this.cells = new Cells(table, this.columns);
    this.usual = this.columns.filter(column => !column.spare).map(column => column.key);
    this.state = read(this);
    this.sought = terms(this.state.query);
    this.visible = new Set(this.state.shown ?? this.usual);
    this.paged = this.cells.count > LONG;
    table.tBodies[0].replaceChildren();
    this.api = new DataTable(table, this.options(words));
    this.DataTable = DataTable;
    document.querySelector(`[data-kg-cut="${CSS.escape(this.name)}"]`)?.remove();
    this.api.search.fixed("kg", (_, __, row) => this.cells.fits(row, this.sought, this.state.filters));
    this.face = controls(this, words);
    if (this.sought.length || this.state.filters.size) this.api.draw();
    this.face.shows();
    this.face.told();
    this.api.on("order", () => this.sorted());
    this.api.on("draw", () => this.face.told());
    table.classList.add("kg-grid-on");
    if (this.cells.count > WHOLE) this.cells.warm();
  }

  options(words) {
    return {
      data: Array.from({ length: this.cells.count }, (_, row) => [row]),
      autoWidth: false, deferRender: true, info: false, order: this.order(), paging: this.paged, pageLength: SEEN, layout: nothing(),
      columns: this.columns.map(column => this.column(column)),
      language: { aria: { orderable: words.orderable, orderableReverse: words.reverse, orderableRemove: words.unsorted }, emptyTable: words.none, zeroRecords: words.none },
      createdRow: (element, _, row, cells) => this.cells.dress(element, row, cells),
    };
  }

  column({ index, key, kind, fixed }) {
    const number = kind === "number" || kind === "share";
    return {
      name: key, type: `kg-${kind}`, cellType: this.cells.tag(index), orderable: !fixed, searchable: false, visible: this.visible.has(key), data: 0,
      orderSequence: number ? ["desc", "asc", ""] : ["asc", "desc", ""],
      render: (row, type) => (type === "display" ? this.cells.shown(row, index) : this.cells.rank(row, index)),
    };
  }

  order() {
    return this.state.sort.map(({ key, down }) => [this.find(key).index, down ? "desc" : "asc"]);
  }

  /** What the address or a control says, on the table. */
  apply() {
    const chosen = new Set(this.state.shown ?? this.usual);
    this.show(true, ({ key }) => chosen.has(key) && !this.visible.has(key));
    this.show(false, ({ key }) => !chosen.has(key) && this.visible.has(key));
    this.visible = chosen;
    this.sought = terms(this.state.query);
    this.quiet = true;
    this.api.order(this.order()).draw();
    this.quiet = false;
    this.face.shows();
  }

  /** Only what changes: the head is drawn anew for each call. */
  show(visible, wanted) {
    const found = this.columns.filter(wanted);
    if (found.length) this.api.columns(found.map(({ index }) => index)).visible(visible, false);
  }

  change(changes) {
    Object.assign(this.state, changes);
    this.apply();
    write(this);
  }

  sorted() {
    if (this.quiet) return;
    const sort = this.api.order().filter(([, way]) => way).map(([index, way]) => ({ key: this.columns[index].key, down: way === "desc" }));
    this.state.sort = sort;
    write(this);
    this.face.shows();
  }

  again() {
    this.state = read(this);
    this.apply();
  }

  find(key) {
    return this.columns.find(column => column.key === key);
  }

  /** The columns that the reader sees and the rows that fit, in their order: what a download holds. */
  shown() {
    const columns = this.columns.filter(column => !column.fixed && this.visible.has(column.key));
    return { columns, rows: this.api.rows({ search: "applied", order: "applied" }).indexes().toArray() };
  }

  /** All rows on the page for paper, where they are not too many; then as before. */
  print(printing) {
    if (!this.paged || this.cells.count > WHOLE) return;
    this.api.page.len(printing ? -1 : SEEN).draw();
  }
}

function nothing() {
  return { topStart: null, topEnd: null, bottomStart: null, bottomEnd: null };
}

/** The words of the page that stands now: who leaves while this script is on its way has left the page that asked for it. */
function told() {
  return JSON.parse(document.querySelector("script[data-kg-words]").dataset.kgWords);
}

async function enhance() {
  const DataTable = await loaded;
  grids.filter(grid => !grid.table.isConnected).forEach(grid => grid.api.destroy());
  grids = grids.filter(grid => grid.table.isConnected);
  for (const table of document.querySelectorAll("table[data-kg-grid]:not(.kg-grid-on)")) {
    if (table.tBodies[0]?.rows.length) grids.push(new Grid(table, DataTable, told()));
    performance.mark("kamgen-grid");
  }
}

addEventListener("beforeprint", () => grids.forEach(grid => grid.print(true)));
addEventListener("afterprint", () => grids.forEach(grid => grid.print(false)));
addEventListener("popstate", () => grids.filter(grid => grid.table.isConnected).forEach(grid => grid.again()));
// Material's instant navigation changes the page without loading it: document$ tells of each. Other themes load.
if (window.document$) window.document$.subscribe(enhance);
else enhance();
