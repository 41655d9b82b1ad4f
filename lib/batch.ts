export type BatchOptions = {
  /** Batches under way at once. */
  concurrency: number
  /** Items of one batch at most. */
  size: number
  /** While batches are large, how many milliseconds the next one gathers before it starts; nothing by default. */
  gatherMs?: number
}

/** From so many items on, a batch says that the system is busy: the next is worth waiting for. */
const BUSY = 4

type Waiting<In, Out> = { item: In; resolve: (value: Out) => void; reject: (error: unknown) => void }

/**
 * Runs single items together when they come faster than they can be run alone: while as many batches as allowed are under way, items
 * wait for the next. An idle system adds no delay; a busy one may be told to gather, since a batch costs about the same whatever its
 * size. A batch starts after each of its items was given, so a read never answers with
 * what was true before it was asked.
 */
export class Batcher<In, Out> {
  readonly #run: (items: In[]) => Promise<Out[]>
  readonly #options: BatchOptions
  #waiting: Waiting<In, Out>[] = []
  #running = 0
  #scheduled = false
  #last = 0

  /** `run` answers in the order of its items; when it rejects, every item of the batch does. */
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

  /** At the end of this turn of the event loop, so that what the same turn adds goes along; when busy, some turns later. */
  #schedule(): void {
    if (this.#scheduled || this.#running >= this.#options.concurrency) return
    this.#scheduled = true
    const start = () => {
      this.#scheduled = false
      this.#start()
    }
    const { gatherMs = 0 } = this.#options
    if (gatherMs > 0 && this.#last >= BUSY) setTimeout(start, gatherMs)
    else setImmediate(start)
  }

  #start(): void {
    const batch = this.#waiting.splice(0, this.#options.size)
    if (batch.length === 0) return
    this.#last = batch.length
    this.#running++
    this.#run(batch.map(({ item }) => item))
      .then(
        (answers) => {
          for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Out)
        },
        (error) => {
          for (const { reject } of batch) reject(error)
        },
      )
      .finally(() => {
        this.#running--
        if (this.#waiting.length > 0) this.#schedule()
      })
    if (this.#waiting.length > 0) this.#schedule()
  }
}
