import { singleton } from '#lib/registry.ts'
import type { RequestRow } from './request-row.ts'

/** How often each answer was given by this process since it began. Kinds are `gate` (the API) and `oauth`. */
export type DecisionCount = { kind: 'gate' | 'oauth'; decision: string; count: number }
/** Tokens that the token endpoint issued, by grant type. */
export type TokenCount = { grantType: string; count: number }

type Counts = { decisions: Map<string, DecisionCount>; tokens: Map<string, TokenCount> }

/** A label has few values: codes are ours or RFC 6749's. Whatever comes beyond is counted together. */
const MAX_VALUES = 100

function counts(): Counts {
  return singleton('requests.decisions', () => ({ decisions: new Map(), tokens: new Map() }))
}

/** Counts one answered request for the metrics. */
export function countDecision({ path, decision, endpoint, status }: Pick<RequestRow, 'path' | 'decision' | 'endpoint' | 'status'>): void {
  const { decisions, tokens } = counts()
  const kind = path.startsWith('/oidc') ? 'oauth' : 'gate'
  add(decisions, `${kind} ${decision}`, () => ({ kind, decision, count: 0 }), { kind, decision: 'other', count: 0 })
  if (!endpoint?.startsWith('token:') || status !== 200) return
  const grantType = endpoint.slice('token:'.length)
  add(tokens, grantType, () => ({ grantType, count: 0 }), { grantType: 'other', count: 0 })
}

function add<T extends { count: number }>(map: Map<string, T>, key: string, make: () => T, other: T): void {
  const known = map.get(key) ?? (map.size < MAX_VALUES ? set(map, key, make()) : (map.get('other') ?? set(map, 'other', other)))
  known.count++
}

function set<T>(map: Map<string, T>, key: string, value: T): T {
  map.set(key, value)
  return value
}

/** For the metrics. */
export function decisionCounts(): { decisions: DecisionCount[]; tokens: TokenCount[] } {
  const { decisions, tokens } = counts()
  return { decisions: [...decisions.values()], tokens: [...tokens.values()] }
}
