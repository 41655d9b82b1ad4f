import type { Awaitable } from '#lib/awaitable.ts'

/** Where windows are counted. All of them admit exactly as many as asked for, each over its own reach: a process, a database, a Redis. */
export type WindowStore = {
  /** Adds `cost` to the window under `key`, which begins now and lasts `ms` if there is none. Answers its count and how long it still lasts. */
  hit(key: string, cost: number, ms: number): Awaitable<Count>
  /** The window under `key` without touching it; undefined when there is none. */
  peek(key: string): Awaitable<Count | undefined>
  /** Makes the window under `key` last `ms` from now. */
  extend(key: string, ms: number): Awaitable<void>
}

export type Count = { count: number; msLeft: number }
