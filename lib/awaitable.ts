/** What is at hand, or on its way: where a request need not wait, it does not pay for waiting either. */
export type Awaitable<T> = T | Promise<T>

/** `go` on what is at hand now, on what is on its way when it is there. */
export function after<T, U>(value: Awaitable<T>, go: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(go) : go(value)
}
