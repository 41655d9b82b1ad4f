import type { Metadata } from 'next'
import { ConsentCard } from '#components/interaction/consent-card.tsx'
import { TestersCard } from '#components/interaction/testers-card.tsx'
import { SignGoneCard } from '#components/sign/sign-gone-card.tsx'
import { SignLoginCard } from '#components/sign/sign-login-card.tsx'
import { formToken } from '#lib/web/csrf.ts'
import { signPage } from '#lib/web/sign.ts'

export const metadata: Metadata = { robots: 'noindex' }

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ flash?: string | string[]; switch?: string }> }

/** The person's way through a client's sign token: logging in, consent, or being told that they may not. */
export default async function SignPage({ params, searchParams }: Props) {
  const [{ token }, query] = await Promise.all([params, searchParams])
  const state = await signPage(token, query.switch !== undefined)
  if (!state) return <SignGoneCard token={token} />
  const { view, email } = state
  const here = `/sign/${encodeURIComponent(token)}`
  if (view.needs === 'login' || email === null) return <SignLoginCard view={view} here={here} flash={query.flash} />

  const csrfToken = await formToken(here)
  const shared = { view: { ...view, restartUrl: `${here}?switch=1` }, action: `${here}/answer`, email, csrfToken }
  if (view.needs === 'test_mode') return <TestersCard {...shared} />
  return <ConsentCard {...shared} returnHost={URL.parse(view.redirectUri)?.host || view.redirectUri} />
}
