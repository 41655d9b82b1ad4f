/** Never sent back to the page that was posted, nor kept. */
const NEVER_ECHOED = /password|secret|token|^(user_?)?code$|^\$ACTION/i

/** What was typed into a form, without secrets and files: what its fields show again. */
export function typed(data: FormData): Record<string, string | string[]> {
  const names = [...new Set(data.keys())].filter((name) => !NEVER_ECHOED.test(name))
  return Object.fromEntries(
    names.map((name) => {
      const values = data.getAll(name).filter((value) => typeof value === 'string')
      return [name, values.length > 1 ? values : (values[0] ?? '')]
    }),
  )
}
