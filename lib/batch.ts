export type BatchOptions = {
  /** Batches under way at once. */
  concurrency: number
  /** Items of one batch at most. */
  size: number
  /** How many milliseconds a batch waits at most for half of the items that lately were about at once; not at all by default. */
  gatherMs?: number
}

/** What is left, at each batch, of the most items that were about at once: a burst is forgotten after some tens of batches. */
const DECAY = 0.95

type Waiting<In, Out> = { item: In; resolve: (value: Out) => void; reject: (error: unknown) => void }

/**
 * Runs single items together when they come faster than they can be run alone: while as many batches as allowed are under way, items
 * wait for the next. An idle system adds no delay; a busy one may be told to gather, since a batch costs about the same whatever its
 * size. Gathering ends with half of what is about: the other half is then being worked on, here or by those who were answered, and
 * neither side waits for the other. A batch starts after each of its items was given, so a read never answers with what was true before
 * it was asked.
 */
export class Batcher<In, Out> {
  readonly #run: (items: In[]) => Promise<Out[]>
  readonly #options: BatchOptions
  #waiting: Waiting<In, Out>[] = []
  #running = 0
  /** Items of the batches under way. */
  #inFlight = 0
  /** The most items that were about at once, lately. */
  #peak = 0
  #timer: NodeJS.Timeout | undefined
  #scheduled = false

  /**
   * `run` answers in the order of its items, by one statement: what it rejects has done nothing. When it rejects, every item of the batch does;
   * but where PostgreSQL refused the data of one, only that one.
   */
  constructor(run: (items: In[]) => Promise<Out[]>, options: BatchOptions) {
    this.#run = run
    this.#options = options
  }

  add(item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      this.#schedule()
    })
  }

  /** Starts a batch at the end of this turn of the event loop, so that what the same turn adds goes along; or lets it gather first. */
  #schedule(): void {
    const { concurrency, gatherMs = 0 } = this.#options
    if (this.#scheduled || this.#running >= concurrency) return
    if (gatherMs > 0 && this.#waiting.length < Math.floor(this.#peak / 2)) {
      this.#timer ??= setTimeout(() => this.#start(), gatherMs)
      return
    }
    this.#scheduled = true
    setImmediate(() => this.#start())
  }

  #start(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#scheduled = false
    if (this.#waiting.length === 0 || this.#running >= this.#options.concurrency) return
    this.#peak = Math.max(this.#waiting.length + this.#inFlight, this.#peak * DECAY)
    const batch = this.#waiting.splice(0, this.#options.size)
    this.#running++
    this.#inFlight += batch.length
    this.#answer(batch).finally(() => {
      this.#running--
      this.#inFlight -= batch.length
      if (this.#waiting.length > 0) this.#schedule()
    })
    if (this.#waiting.length > 0) this.#schedule()
  }

  /**
   * Never rejects. Where the data of a batch is refused, its halves are run, one after the other: a bad item costs the others a few more statements,
   * however many they are, and never their answer.
   */
  async #answer(batch: Waiting<In, Out>[]): Promise<void> {
    try {
      const answers = await this.#run(batch.map(({ item }) => item))
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Out)
    } catch (error) {
      if (batch.length > 1 && isDataException(error)) {
        const middle = batch.length >> 1
        await this.#answer(batch.slice(0, middle))
        await this.#answer(batch.slice(middle))
        return
      }
      for (const { reject } of batch) reject(error)
    }
  }
}

/** SQLSTATE class 22: a value that PostgreSQL cannot take, such as a text with NUL. */
function isDataException(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' && /^22\w{3}$/.test(code)
}
