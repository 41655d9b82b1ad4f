/**
 * One registry for a process's singletons. Next's bundle and `server.ts` are two module graphs in one process: a module-level
 * variable would exist twice, a property of `globalThis` does not.
 */
const KEY = Symbol.for('xwms.registry')

type Store = Map<string, unknown>

function store(): Store {
  const holder = globalThis as { [KEY]?: Store }
  holder[KEY] ??= new Map()
  return holder[KEY]
}

/** The singleton under `name`, made by `create` on first use in this process. */
export function singleton<T>(name: string, create: () => T): T {
  const all = store()
  if (!all.has(name)) all.set(name, create())
  return all.get(name) as T
}

/** Puts `value` under `name`, over what was there. */
export function setSingleton<T>(name: string, value: T): T {
  store().set(name, value)
  return value
}

/** The singleton under `name`, or undefined when nobody made it yet. */
export function peekSingleton<T>(name: string): T | undefined {
  return store().get(name) as T | undefined
}
