import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { accountSessionOf } from './account-session.ts'
import { checkRedirectUri } from './domain-rules.ts'
import { originOf } from './origin.ts'
import { requestState } from './request-state.ts'
import { mayTest } from './store/client-snapshot.sql.ts'

const { Check, Prompt, base } = interactionPolicy

/**
 * What an authorization needs a person for, in this order: a log-in (also when the account session behind the provider's own session
 * has ended), being allowed to use a client in test mode, and consent.
 */
export function createPolicy(): interactionPolicy.DefaultPolicy {
  const policy = base()
  rememberSession(policy.get('login'))
  policy.get('login')?.checks.add(
    new Check('account_session', 'the account session has ended', 'login_required', async (ctx) => {
      const { accountId } = ctx.oidc.session ?? {}
      if (!accountId) return Check.NO_NEED_TO_PROMPT
      return (await accountSessionOf(ctx))?.sub === accountId ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT
    }),
  )
  policy.get('login')?.checks.add(new Check('session_ttl', 'the log-in is too long ago for this client', 'login_required', logInTooOld))
  policy.get('login')?.checks.add(new Check('switch_account', 'another account was asked for', 'login_required', switching))
  policy.add(new Prompt({ name: 'select_account', requestable: true }), 1)
  // `prompt=consent` as asked for, not as internals.ts widens it for offline_access.
  const consent = policy.get('consent')
  consent?.checks.remove('consent_prompt')
  consent?.checks.add(new Check('consent_prompt', 'consent was asked for', 'consent_required', consentAskedFor), 0)
  policy.add(new Prompt({ name: 'test_mode' }, new Check('not_a_tester', TESTERS_ONLY, 'access_denied', notATester)), 2)
  return policy
}

/**
 * Notes in a log-in prompt which account session the browser had: where a fresh log-in is wanted (`prompt=login`, `max_age`), that one does
 * not answer it, however young it is.
 */
function rememberSession(login: interactionPolicy.Prompt | undefined): void {
  if (!login) return
  const details = login.details
  login.details = async (ctx) => ({ ...(await details(ctx)), account_session: (await accountSessionOf(ctx))?.sessionId })
}

function consentAskedFor({ oidc }: KoaContextWithOIDC): boolean {
  const asked = String(oidc.params?.prompt ?? '')
    .split(' ')
    .includes('consent')
  return asked && !oidc.result?.consent ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT
}

/** The person said "not me" on a page of this authorization. */
function switching({ oidc }: KoaContextWithOIDC): boolean {
  const result = oidc.result as { switched?: object; login?: object } | undefined
  return result?.switched && !result.login ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT
}

/** The owner's cap on single sign-on. */
function logInTooOld(ctx: KoaContextWithOIDC): boolean {
  const { oidc } = ctx
  const limit = oidc.client && requestState(ctx)?.clients.get(oidc.client.clientId)?.session_ttl
  if (!limit || oidc.result?.login) return Check.NO_NEED_TO_PROMPT
  return !oidc.session?.accountId || oidc.session.past(limit) ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT
}

const TESTERS_ONLY = 'this application is in test mode: only members of its team and invited test users may log in'

async function notATester(ctx: KoaContextWithOIDC): Promise<boolean> {
  const { client, session } = ctx.oidc
  const snapshot = client && requestState(ctx)?.clients.get(client.clientId)
  if (!snapshot || !session?.accountId) return Check.NO_NEED_TO_PROMPT
  const verdict = checkRedirectUri(snapshot, originOf(ctx))
  if (verdict.ok && verdict.mode === 'live') return Check.NO_NEED_TO_PROMPT
  return (await mayTest(snapshot, session.accountId)) ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT
}
