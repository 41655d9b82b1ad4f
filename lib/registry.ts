/**
 * One registry for a process's singletons. Next's bundle and `server.ts` are two module graphs in one process: a module-level
 * variable would exist twice, a property of `globalThis` does not.
 */
const KEY = Symbol.for('xwms.registry')

const holder = globalThis as { [KEY]?: Map<string, unknown> }
holder[KEY] ??= new Map()
const all = holder[KEY]

/** The singleton under `name`, made by `create` on first use in this process. */
export function singleton<T>(name: string, create: () => T): T {
  const known = all.get(name)
  if (known !== undefined || all.has(name)) return known as T
  return setSingleton(name, create())
}

/** Puts `value` under `name`, over what was there. */
export function setSingleton<T>(name: string, value: T): T {
  all.set(name, value)
  return value
}

/** The singleton under `name`, or undefined when nobody made it yet. */
export function peekSingleton<T>(name: string): T | undefined {
  return all.get(name) as T | undefined
}
