import { gzipSync } from 'node:zlib'

/** Scripts that a page names, in its markup or in the payload behind it; what the payload names is fetched as soon as React reads it. */
const NAMED = /static\/chunks\/[\w.~-]+\.js\b/g
const NOT_FOR_MODULES = /<script[^>]*\bnomodule\b[^>]*>/gi

/** Weighs scripts, each once. */
export class ScriptScale {
  readonly #origin: string
  readonly #weights = new Map<string, Promise<number>>()

  constructor(origin: string) {
    this.#origin = origin
  }

  /** Bytes of JavaScript, gzipped, that a browser loads for a page at first. */
  async weigh(html: string): Promise<{ bytes: number; files: number }> {
    const files = scriptsOf(html)
    const weights = await Promise.all(files.map((file) => this.#weight(file)))
    return { bytes: weights.reduce((sum, weight) => sum + weight, 0), files: files.length }
  }

  #weight(file: string): Promise<number> {
    const known = this.#weights.get(file)
    if (known) return known
    const weight = fetch(new URL(file, this.#origin)).then(async (response) => {
      if (!response.ok) throw new Error(`${file} answered ${response.status}`)
      return gzipSync(Buffer.from(await response.arrayBuffer())).length
    })
    this.#weights.set(file, weight)
    return weight
  }
}

function scriptsOf(html: string): string[] {
  return [...new Set(html.replace(NOT_FOR_MODULES, '').match(NAMED))].map((name) => `/_next/${name}`)
}
