/** The server cannot start, for a reason that one line tells the operator. */
export class StartError extends Error {
  constructor(line: string, options?: { cause?: unknown }) {
    super(line, options)
    this.name = 'StartError'
  }
}
