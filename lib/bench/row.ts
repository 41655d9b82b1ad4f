/** A line of the benchmark's answer. */
export type Row = [what: string, figure: string, against: string]
