/* Downloads of what is shown: CSV and XLSX. Text stays text: no cell is ever a formula. */

const FORMULA = /^[ \u00a0\u3000\ufeff]*[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = new Set(["number", "share"]);
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const FIRST = Date.UTC(1899, 11, 30); // the day 0 of a spreadsheet
const DAY = 86_400_000;

export function csv({ columns, rows }) {
  const lines = [columns.map(({ label }) => field(label)), ...rows.map(row => row.map((value, index) => (NUMBER.has(columns[index].kind) ? value ?? "" : field(value))))];
  return new Blob(["\ufeff", ...lines.map(line => `${line.join(",")}\r\n`)], { type: "text/csv;charset=utf-8" });
}

function field(value) {
  const text = String(value ?? "");
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export async function xlsx(sheet, JSZip) {
  const zip = new JSZip();
  for (const [name, text] of Object.entries(parts(sheet))) zip.file(name, XML + text);
  return zip.generateAsync({ type: "blob", compression: "DEFLATE", mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" });
}

function parts(sheet) {
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  return {
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`,
    "_rels/.rels": relations(["officeDocument", "xl/workbook.xml"]),
    "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations(["worksheet", "worksheets/sheet1.xml"], ["styles", "styles.xml"]),
    "xl/styles.xml": styles(),
    "xl/worksheets/sheet1.xml": worksheet(sheet),
  };
}

function relations(...found) {
  const each = found.map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`);
  return `<Relationships xmlns="${PACKAGE}/relationships">${each.join("")}</Relationships>`;
}

/** Style 0 is plain, 1 a heading, 2 a day, 3 a share. */
function styles() {
  const look = (format, font) => `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;
  return `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4">${look(0, 0)}${look(0, 1)}${look(164, 0)}${look(9, 0)}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

function worksheet({ columns, rows }) {
  const width = columns.map(({ kind }, index) => `<col min="${index + 1}" max="${index + 1}" width="${kind === "text" ? 28 : 15}" customWidth="1"/>`);
  const lines = [columns.map(({ label }) => words(label, 1)), ...rows.map(row => row.map((value, index) => cell(value, columns[index].kind)))];
  const body = lines.map((line, index) => `<row r="${index + 1}">${line.join("")}</row>`).join("");
  return `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews><cols>${width.join("")}</cols><sheetData>${body}</sheetData></worksheet>`;
}

function cell(value, kind) {
  if (value === null) return "<c/>";
  if (NUMBER.has(kind)) return `<c s="${kind === "share" ? 3 : 0}"><v>${value}</v></c>`;
  const day = kind === "date" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(day) || day < FIRST ? words(String(value), 0) : `<c s="2"><v>${(day - FIRST) / DAY}</v></c>`;
}

function words(text, style) {
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "").replace(/[&<>]/g, sign => `&#${sign.charCodeAt(0)};`)}</t></is></c>`;
}

export function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
