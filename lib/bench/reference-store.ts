import type { Adapter, AdapterPayload } from 'oidc-provider'

const stored = new Map<string, AdapterPayload>()

/** What `oidc-provider` keeps in memory by default, but without its limit of 1,000 entries, which a benchmark fills in a second. */
export class MemoryAdapter implements Adapter {
  readonly #kind: string

  constructor(kind: string) {
    this.#kind = kind
  }

  #key(id: string): string {
    return `${this.#kind}:${id}`
  }

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    stored.set(this.#key(id), payload)
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return stored.get(this.#key(id))
  }

  async findByUid(): Promise<undefined> {}

  async findByUserCode(): Promise<undefined> {}

  async consume(id: string): Promise<void> {
    const payload = stored.get(this.#key(id))
    if (payload) payload.consumed = Math.floor(Date.now() / 1000)
  }

  async destroy(id: string): Promise<void> {
    stored.delete(this.#key(id))
  }

  async revokeByGrantId(): Promise<void> {}
}
