import { CommandError } from './errors.ts'
import type { Invocation } from './types.ts'

/** The value of an option that takes some words only. @throws CommandError usage */
export function choice<T extends string>(invocation: Invocation, option: string, allowed: readonly T[]): T | undefined {
  const value = invocation.values[option]
  if (value === undefined) return undefined
  const found = allowed.find((one) => one === value)
  if (found === undefined) throw new CommandError('usage', `--${option} takes ${allowed.join(' or ')}. Usage: ${invocation.command.usage}`)
  return found
}

/** A text option. */
export function textOption(invocation: Invocation, option: string): string | undefined {
  const value = invocation.values[option]
  return typeof value === 'string' ? value : undefined
}

/** A repeatable text option; empty when it was not given. */
export function listOption(invocation: Invocation, option: string): string[] {
  const value = invocation.values[option]
  return Array.isArray(value) ? value : []
}

/** `yes` or `no` as a boolean. @throws CommandError usage */
export function yesNo(invocation: Invocation, option: string): boolean | undefined {
  const value = choice(invocation, option, ['yes', 'no'])
  return value === undefined ? undefined : value === 'yes'
}
