/** Of a chunk: enough that PostgreSQL takes a batch in few messages, and little enough that dropping one drops little. */
const CHUNK_ROWS = 200
const CHUNK_BYTES = 128 * 1024
/** Chunks kept for use again: memory that comes and goes outside the heap makes the collector run as often as memory inside it. */
const MAX_SPARE = 40
/** At most, of a UTF-16 unit in UTF-8. */
const BYTES_PER_UNIT = 3
const LINE_FEED = 10

/** Some lines of COPY, each with its line feed: the first `length` bytes. */
export type LineChunk = { bytes: Buffer; length: number; rows: number }

/**
 * Lines of COPY that wait to be written, as bytes outside the heap: thousands of texts that live for a second are what the garbage collector
 * would otherwise carry from one generation to the next, many times a second.
 */
export class WaitingLines {
  #chunks: LineChunk[] = []
  #spare: Buffer[] = []
  #rows = 0

  /** How many wait. */
  get rows(): number {
    return this.#rows
  }

  /** Adds a line, without its line feed; it must hold none. */
  add(line: string): void {
    const most = line.length * BYTES_PER_UNIT + 1
    const last = this.#chunks.at(-1)
    const chunk = last && last.rows < CHUNK_ROWS && last.bytes.length - last.length >= most ? last : this.#begin(most)
    chunk.length += chunk.bytes.write(line, chunk.length)
    chunk.bytes[chunk.length++] = LINE_FEED
    chunk.rows++
    this.#rows++
  }

  #begin(least: number): LineChunk {
    const spare = least <= CHUNK_BYTES ? this.#spare.pop() : undefined
    const chunk = { bytes: spare ?? Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, least)), length: 0, rows: 0 }
    this.#chunks.push(chunk)
    return chunk
  }

  /** Takes out the oldest chunks that make up `rows` lines: as many or, up to the end of their last chunk, a few more; all when there are fewer. */
  take(rows: number): LineChunk[] {
    let end = 0
    let taken = 0
    while (end < this.#chunks.length && taken < rows) taken += (this.#chunks[end++] as LineChunk).rows
    this.#rows -= taken
    return this.#chunks.splice(0, end)
  }

  /** Puts back, before all others, what was taken and could not be written. */
  putBack(chunks: readonly LineChunk[]): void {
    this.#chunks.unshift(...chunks)
    this.#rows += rowsOf(chunks)
  }

  /** Tells that taken chunks are written and nobody reads them any more. When they are few, memory kept for busier times goes too. */
  release(chunks: readonly LineChunk[]): void {
    if (chunks.length <= 1) this.#spare = []
    for (const { bytes } of chunks) if (bytes.length === CHUNK_BYTES && this.#spare.length < MAX_SPARE) this.#spare.push(bytes)
  }

  /** Drops oldest chunks until at most `rows` lines are left. @returns how many lines were dropped */
  keep(rows: number): number {
    return this.#rows > rows ? rowsOf(this.take(this.#rows - rows)) : 0
  }
}

/** How many lines there are. */
export function rowsOf(chunks: readonly LineChunk[]): number {
  return chunks.reduce((sum, { rows }) => sum + rows, 0)
}

/** The lines themselves, without line feeds. */
export function linesOf(chunks: readonly LineChunk[]): string[] {
  return chunks.flatMap(({ bytes, length }) => bytes.toString('utf8', 0, length - 1).split('\n'))
}
