/* Tables that can be sorted, searched, filtered and downloaded. The table is whole without this script; with it, it can do more.
 *
 * <table class="kg-table" data-kg-grid="NAME">   NAME parts the tables of one page in the address; empty where there is one.
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
import { columnsOf, Cells, compare } from "./kamgen-grid-cells.js";
import { controls } from "./kamgen-grid-controls.js";

const SEEN = 100; // rows of a long table at first; more on demand
const WHOLE = 1000; // a table of so many rows is printed whole
const words = JSON.parse(document.querySelector("script[data-kg-words]").dataset.kgWords);
const loaded = import("./datatables.js").then(({ default: DataTable }) => prepared(DataTable));
let grids = [];

function prepared(DataTable) {
  for (const kind of ["text", "choice", "number", "share", "date"]) {
    DataTable.type(`kg-${kind}`, { className: "", order: { asc: compare(kind, 1), desc: compare(kind, -1) } });
  }
  DataTable.ext.errMode = "throw";
  return DataTable;
}

/** A table with all that is known of it: its columns, its cells, DataTables' face, and what the reader asked for. */
class Grid {
  constructor(table, DataTable) {
    this.table = table;
    this.name = table.dataset.kgGrid;
    this.columns = columnsOf(table);
    this.cells = new Cells(table, this.columns);
    this.usual = this.columns.filter(column => !column.spare).map(column => column.key);
    this.state = read(this);
    this.api = new DataTable(table, this.options());
    this.DataTable = DataTable;
    this.more();
    this.api.search.fixed("kg", (_, __, row) => this.cells.fits(row, this.state.filters));
    this.face = controls(this, words);
    this.apply();
    this.api.on("order", () => this.sorted());
    this.api.on("draw", () => this.face.told());
    table.classList.add("kg-grid-on");
  }

  options() {
    const all = this.cells.count > WHOLE;
    return {
      autoWidth: false, deferRender: true, info: false, order: [], paging: all, pageLength: SEEN, layout: nothing(),
      columns: this.columns.map(column => this.column(column)),
      language: { aria: { orderable: words.orderable, orderableReverse: words.reverse, orderableRemove: words.unsorted }, emptyTable: words.none, zeroRecords: words.none },
      createdRow: (_, __, row, cells) => this.cells.dress(row, cells),
    };
  }

  column({ index, key, kind, fixed, spare }) {
    const number = kind === "number" || kind === "share";
    return {
      name: key, type: `kg-${kind}`, cellType: this.cells.tag(index), orderable: !fixed, searchable: !fixed && !number, visible: !spare,
      data: (row, type, html) => (type === "set" ? (row[index] = html) : row[index]), // else attributes of the first row would change the shape of all
      orderSequence: number ? ["desc", "asc", ""] : ["asc", "desc", ""],
      render: (html, type, _, place) => {
        if (type === "display") return html;
        return type === "filter" ? this.cells.words(place.row, index) : this.cells.order(place.row, index);
      },
    };
  }

  /** The rows that the page has only as data. */
  more() {
    const rest = this.cells.rest();
    if (!rest.length) return;
    this.api.rows.add(rest);
    document.querySelector(`[data-kg-cut="${CSS.escape(this.name)}"]`)?.remove();
  }

  /** What the address or a control says, on the table. */
  apply() {
    const { shown, sort, query } = this.state;
    const chosen = new Set(shown ?? this.usual);
    this.show(true, column => chosen.has(column.key));
    this.show(false, column => !chosen.has(column.key));
    this.quiet = true;
    this.api.order(sort.map(({ key, down }) => [this.find(key).index, down ? "desc" : "asc"])).search(query).draw();
    this.quiet = false;
    this.face.shows();
  }

  /** Only what changes: the head is drawn anew for each call. */
  show(visible, wanted) {
    const found = this.columns.filter(column => wanted(column) && this.api.column(column.index).visible() !== visible);
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
    const columns = this.columns.filter(column => !column.fixed && this.api.column(column.index).visible());
    return { columns, rows: this.api.rows({ search: "applied", order: "applied" }).indexes().toArray() };
  }

  /** All rows on the page for paper, where they are not too many; then as before. */
  print(printing) {
    if (!this.api.init().paging || this.cells.count > WHOLE) return;
    this.api.page.len(printing ? -1 : SEEN).draw();
  }
}

function nothing() {
  return { topStart: null, topEnd: null, bottomStart: null, bottomEnd: null };
}

async function enhance() {
  const DataTable = await loaded;
  grids.filter(grid => !grid.table.isConnected).forEach(grid => grid.api.destroy());
  grids = grids.filter(grid => grid.table.isConnected);
  for (const table of document.querySelectorAll("table[data-kg-grid]:not(.kg-grid-on)")) {
    if (table.tBodies[0]?.rows.length) grids.push(new Grid(table, DataTable));
    performance.mark("kamgen-grid");
  }
}

addEventListener("beforeprint", () => grids.forEach(grid => grid.print(true)));
addEventListener("afterprint", () => grids.forEach(grid => grid.print(false)));
addEventListener("popstate", () => grids.filter(grid => grid.table.isConnected).forEach(grid => grid.again()));
// Material's instant navigation changes the page without loading it: document$ tells of each. Other themes load.
if (window.document$) window.document$.subscribe(enhance);
else enhance();
