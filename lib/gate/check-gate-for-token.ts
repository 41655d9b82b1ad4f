import type { GateResult, TokenGateInput } from './types.ts'

export async function checkGateForToken(_input: TokenGateInput): Promise<GateResult> {
  throw new Error('not there yet')
}
