import { singleton } from '#lib/registry.ts'
import type { RequestRow } from './request-row.ts'

/** How often each answer was given by this process since it began. Kinds are `gate` (the API) and `oauth`. */
export type DecisionCount = { kind: 'gate' | 'oauth'; decision: string; count: number }
/** Tokens that the token endpoint issued, by grant type. */
export type TokenCount = { grantType: string; count: number }

type Counts = Record<DecisionCount['kind'], Map<string, DecisionCount>> & { tokens: Map<string, TokenCount> }

/** A label has few values: codes are ours or RFC 6749's. Whatever comes beyond is counted together. */
const MAX_VALUES = 100

function counts(): Counts {
  return singleton('requests.decisions', () => ({ gate: new Map(), oauth: new Map(), tokens: new Map() }))
}

/** Counts one answered request for the metrics. */
export function countDecision({ path, decision, endpoint, status }: Pick<RequestRow, 'path' | 'decision' | 'endpoint' | 'status'>): void {
  const kind = path.startsWith('/oidc') ? 'oauth' : 'gate'
  add(counts()[kind], decision, (name) => ({ kind, decision: name, count: 0 }))
  if (!endpoint?.startsWith('token:') || status !== 200) return
  add(counts().tokens, endpoint.slice('token:'.length), (grantType) => ({ grantType, count: 0 }))
}

function add<T extends { count: number }>(map: Map<string, T>, key: string, make: (key: string) => T): void {
  const name = map.size < MAX_VALUES || map.has(key) ? key : 'other'
  const known = map.get(name) ?? set(map, name, make(name))
  known.count++
}

function set<T>(map: Map<string, T>, key: string, value: T): T {
  map.set(key, value)
  return value
}

/** For the metrics. */
export function decisionCounts(): { decisions: DecisionCount[]; tokens: TokenCount[] } {
  const { gate, oauth, tokens } = counts()
  return { decisions: [...gate.values(), ...oauth.values()], tokens: [...tokens.values()] }
}
