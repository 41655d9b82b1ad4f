/** Never sent back to the page that was posted, nor kept. */
const NEVER_ECHOED = /password|secret|token|^(user_?)?code$|^\$ACTION/i

/**
 * What was typed into a form, without secrets and files: what its fields show again. Goes over the entries once, since anybody may send a form: one of
 * a megabyte holds 20,000 names, and asking for each held up the process for seconds.
 */
export function typed(data: FormData): Record<string, string | string[]> {
  const values = new Map<string, string[]>()
  for (const [name, value] of data) {
    if (NEVER_ECHOED.test(name)) continue
    const before = values.get(name) ?? []
    if (before.length === 0) values.set(name, before)
    if (typeof value === 'string') before.push(value)
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length > 1 ? all : (all[0] ?? '')]))
}
