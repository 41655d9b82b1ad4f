import type { IncomingMessage, ServerResponse } from 'node:http'
import { peekSingleton, setSingleton, singleton } from './registry.ts'

/** What the server knows about a request before any lane runs. */
export type RequestFacts = {
  requestId: string
  ip: string | null
  secure: boolean
  /** It carried forwarding headers, believed or not. */
  forwarded: boolean
  /** Names and values that the lane itself must put on the answer, with `X-Request-Id` and its own in one go. Absent: all are on it already. */
  headers?: readonly string[]
}

const facts = Symbol('request facts')

/** Notes the facts on the request itself. */
export function setFacts(req: IncomingMessage, value: RequestFacts): void {
  ;(req as { [facts]?: RequestFacts })[facts] = value
}

/** The facts of a request that came through the server's listener. */
export function factsOf(req: IncomingMessage): RequestFacts | undefined {
  return (req as { [facts]?: RequestFacts })[facts]
}

const LISTENING = 'http.listening'

/** Says that this process's requests pass the server's listener, so that the headers it sets on them may be believed. */
export function markListening(): void {
  setSingleton(LISTENING, true)
}

/** Whether the `x-xwms-*` headers come from our own listener. Without it (another host runs Next) they are a stranger's claim. */
export function isListening(): boolean {
  return peekSingleton<boolean>(LISTENING) === true
}

function documents(): Map<string, ServerResponse> {
  return singleton('http.documents', () => new Map())
}

/** Lets the page of a request find its answer, until that is sent: Next has no way for a page to say its status and be shown as well. */
export function noteDocument(requestId: string, res: ServerResponse): void {
  // Whoever asked has gone while the page was prepared: it is closed, and would never be again.
  if (res.destroyed) return
  documents().set(requestId, res)
  res.once('close', () => documents().delete(requestId))
}

/** The answer under way to a browser that asked for a whole page; undefined for what Next's own script asks for. */
export function documentAnswer(requestId: string): ServerResponse | undefined {
  return documents().get(requestId)
}
