/** Begins of a cell that spreadsheets take for a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

export type CsvCell = string | number | null | undefined

/** One line of CSV (RFC 4180), quoted where needed. A text that a spreadsheet would run as a formula gets an apostrophe before it, which it shows as text. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: CsvCell): string {
  if (typeof value !== 'string') return value == null ? '' : String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
