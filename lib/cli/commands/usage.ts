import { rebuildUsage } from '#lib/usage/index.ts'
import { textOption } from '../options.ts'
import type { CommandResult, Invocation } from '../types.ts'

/** `usage rebuild`: counts the rollups anew from the raw rows; the server may run meanwhile. */
export async function rebuild(invocation: Invocation): Promise<CommandResult> {
  const { from, to, rows } = await rebuildUsage({ from: textOption(invocation, 'from'), to: textOption(invocation, 'to') })
  return { data: { from, to, rows }, text: `Counted ${rows} requests from ${from} through ${to}.` }
}
