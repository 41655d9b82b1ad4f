import type { IncomingMessage, ServerResponse } from 'node:http'
import { decodeJwt } from 'jose'
import type { InteractionResults, Provider } from 'oidc-provider'
import type { AccountSession } from '#lib/accounts/index.ts'
import { findConsent } from '#lib/grants/index.ts'
import { ACR_REASONS, acrOf, meetsEssentialAcr } from './acr.ts'
import { loginOf } from './adopt-session.ts'
import { CLAIMS, OTHER_SCOPES } from './claims.ts'
import { checkRedirectUri, DEVICE_ORIGIN } from './domain-rules.ts'
import { currentProvider } from './mount.ts'
import { type ClientSnapshot, loadClientSnapshot } from './store/client-snapshot.sql.ts'

type ResourceScopes = Record<string, string[]>
const KNOWN_SCOPES = new Set([...Object.keys(CLAIMS), ...OTHER_SCOPES])

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

/** What a person is asked, as the page needs it. */
export type InteractionView = {
  uid: string
  prompt: 'login' | 'select_account' | 'test_mode' | 'consent'
  client: { id: string; name: string; logoUri: string | null; host: string | null; verified: boolean }
  mode: 'test' | 'live'
  /** Scopes asked for now; `newScopes` are those not allowed before. */
  scopes: string[]
  newScopes: string[]
  /** Single claims (the `claims` parameter) beyond those of the scopes. */
  newClaims: string[]
  /** Scopes of resource servers (the `resource` parameter). */
  newResourceScopes: { identifier: string; name: string }[]
  /** Those of `newScopes` that the person may decline, and whether they declined it before. */
  optional: { name: string; declined: boolean }[]
  loginHint: string | null
  /** Whose consent is asked: the account of the single sign-on. */
  sub: string | null
  /** Begun by a device (RFC 8628): it returns to no page. */
  device: boolean
  /** The same authorization with another account: for "not you?". */
  restartUrl: string
}

export type LoadedInteraction = { view: InteractionView; satisfied: boolean; redirectUri: string }

/**
 * The interaction of this browser (its cookie names it), or null: expired, finished, or opened in another browser. `satisfied` tells
 * that the account session answers the log-in prompt already.
 */
export async function loadInteraction(
  req: IncomingMessage,
  res: ServerResponse,
  uid: string,
  session: AccountSession | null,
): Promise<LoadedInteraction | null> {
  const interaction = await find(req, res)
  if (!interaction || interaction.uid !== uid) return null
  const client = await loadClientSnapshot(String(interaction.params.client_id))
  if (!client) return null
  const redirectUri = interaction.deviceCode ? DEVICE_ORIGIN : String(interaction.params.redirect_uri)
  const view = viewOf(interaction, client, redirectUri)
  return {
    view: { ...view, optional: await optionalOf(view, client) },
    satisfied: satisfiesLogin(interaction, session, client),
    redirectUri,
  }
}

export type InteractionAnswer =
  | { kind: 'login'; session: AccountSession }
  | { kind: 'selected' | 'switched' | 'consent' }
  | { kind: 'denied'; description: string }

/** Answers the interaction of this browser. Returns where to go on, on our own origin; null as in {@link loadInteraction}. */
export async function answerInteraction(
  req: IncomingMessage,
  res: ServerResponse,
  uid: string,
  answer: InteractionAnswer,
): Promise<string | null> {
  const interaction = await find(req, res)
  if (!interaction || interaction.uid !== uid) return null
  const provider = await currentProvider()
  const result = resultOf(answer, interaction)
  return provider.interactionResult(req, res, result, { mergeWithLastSubmission: !('error' in result) })
}

/**
 * What is known of an interaction before its page is: `target`, where its authorization will end (an origin, or a scheme for a native app), for the
 * page's policy; and `uiLocales`, the languages that the client asked for, the dearest first (OpenID Connect Core §3.1.2.1). It answers nothing else
 * about the interaction, whoever asks.
 */
export async function interactionOutline(uid: string): Promise<{ target: string | null; uiLocales: string[] }> {
  const provider = await currentProvider()
  const { redirect_uri, ui_locales } = (await provider.Interaction.find(uid))?.params ?? {}
  const uri = URL.parse(String(redirect_uri ?? ''))
  const tags = String(ui_locales ?? '').split(' ')
  return {
    target: uri && (uri.origin === 'null' ? uri.protocol : uri.origin),
    uiLocales: tags.filter((tag) => LANGUAGE_TAG.test(tag)).slice(0, MAX_UI_LOCALES),
  }
}

/** Of BCP 47, as far as a header may carry it. */
const LANGUAGE_TAG = /^[a-z0-9-]{2,35}$/i
const MAX_UI_LOCALES = 10

async function find(req: IncomingMessage, res: ServerResponse): Promise<Interaction | null> {
  const provider = await currentProvider()
  try {
    return await provider.interactionDetails(req, res)
  } catch (error) {
    if ((error as Error).name === 'SessionNotFound') return null
    throw error
  }
}

const RESULTS = { consent: { consent: {} }, selected: { select_account: {} }, switched: { select_account: {}, switched: {} } } as const

function resultOf(answer: InteractionAnswer, { params }: Interaction): InteractionResults {
  if (answer.kind === 'denied') return { error: 'access_denied', error_description: answer.description }
  if (answer.kind !== 'login') return RESULTS[answer.kind]
  const login = loginOf(answer.session)
  // Asking again would change nothing (OpenID Connect Core Error Code unmet_authentication_requirements 1.0).
  if (!meetsEssentialAcr(params.claims, login.acr))
    return { error: 'unmet_authentication_requirements', error_description: 'no log-in here is of a class that the request demands' }
  return { login: { ...login, remember: true } }
}

/**
 * Whether the browser's account session answers the log-in prompt. What wants a fresh log-in (`prompt=login`) or another person takes a
 * session that began after the question was asked, and is another than the browser had then.
 */
function satisfiesLogin(interaction: Interaction, session: AccountSession | null, client: ClientSnapshot): boolean {
  const { prompt, params, iat } = interaction
  if (!session || prompt.name !== 'login') return false
  const { account_session: before } = prompt.details as { account_session?: string }
  if (session.sessionId !== before && session.authenticatedAt.getTime() / 1000 >= iat) return true
  const age = Date.now() - session.authenticatedAt.getTime()
  return prompt.reasons.every((reason) => {
    if (reason === 'max_age') return age <= Number(params.max_age) * 1000
    if (reason === 'session_ttl') return age <= (client.session_ttl ?? 0) * 1000
    if (ACR_REASONS.includes(reason)) return meetsEssentialAcr(params.claims, acrOf(session.amr))
    if (reason === 'id_token_hint') return session.sub === subjectOf(params.id_token_hint)
    return !NEEDS_FRESH_LOGIN.has(reason)
  })
}

/** Reasons that only a new log-in answers. */
const NEEDS_FRESH_LOGIN = new Set(['login_prompt', 'switch_account', 'claims_id_token_sub_value'])

/** Whom a hint is about; the library has verified its signature. */
function subjectOf(hint: unknown): string | undefined {
  try {
    return decodeJwt(String(hint)).sub
  } catch {
    return undefined
  }
}

async function optionalOf({ prompt, newScopes, sub }: Omit<InteractionView, 'optional'>, client: ClientSnapshot) {
  const names = prompt === 'consent' ? newScopes.filter((scope) => client.optional_scopes.includes(scope)) : []
  const before = names.length > 0 && sub ? await findConsent(sub, client.id) : null
  return names.map((name) => ({ name, declined: before?.declined.includes(name) ?? false }))
}

function viewOf(interaction: Interaction, client: ClientSnapshot, redirectUri: string): Omit<InteractionView, 'optional'> {
  const { params, prompt } = interaction
  const verdict = checkRedirectUri(client, redirectUri)
  const domain = verdict.ok ? verdict.domain : null
  const scopes = String(params.scope ?? '')
    .split(' ')
    .filter(Boolean)
  const details = prompt.details as { missingOIDCScope?: string[]; missingOIDCClaims?: string[]; missingResourceScopes?: ResourceScopes }
  const missing = details.missingOIDCScope
  const resources = details.missingResourceScopes ?? {}
  const asksMore = Boolean(details.missingOIDCClaims || details.missingResourceScopes)
  return {
    uid: interaction.uid,
    prompt: prompt.name as InteractionView['prompt'],
    client: { id: client.id, name: client.name, logoUri: client.logo_uri, host: domain?.host ?? null, verified: domain?.verified === true },
    mode: verdict.ok ? verdict.mode : 'test',
    scopes,
    // What names no scope of ours is a resource server's.
    newScopes: (missing ?? (asksMore ? [] : scopes)).filter((scope) => KNOWN_SCOPES.has(scope)),
    newClaims: details.missingOIDCClaims ?? [],
    newResourceScopes: Object.entries(resources).flatMap(([identifier, names]) => names.map((name) => ({ identifier, name }))),
    loginHint: typeof params.login_hint === 'string' ? params.login_hint.slice(0, 254) : null,
    sub: interaction.session?.accountId ?? null,
    device: redirectUri === DEVICE_ORIGIN,
    restartUrl: `/interaction/${interaction.uid}/switch`,
  }
}
