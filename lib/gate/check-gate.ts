import type { GateInput, GateResult } from './types.ts'

export async function checkGate(_input: GateInput): Promise<GateResult> {
  throw new Error('not there yet')
}
