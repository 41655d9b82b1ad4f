/** Lines of `label  value`, aligned; values that are absent are left out. */
export function table(rows: [string, string | null | undefined][]): string {
  const present = rows.filter((row): row is [string, string] => row[1] !== null && row[1] !== undefined)
  const width = Math.max(...present.map(([label]) => label.length))
  return present.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join('\n')
}
