import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '#components/ui/button.tsx'
import type { RequestDetail } from '#lib/requests/index.ts'
import { explanationOfPage } from '#lib/web/requests/page-data.ts'
import { Decision, HttpStatus } from './decision-badge.tsx'
import { Explanation } from './explanation.tsx'
import { RequestFacts } from './request-facts.tsx'

/** A request: why it was decided as it was, and everything that was recorded. */
export async function RequestView({ request }: { request: RequestDetail }) {
  const t = await getTranslations('explain.form')
  return (
    <div className="space-y-6">
      <Explanation explanation={await explanationOfPage(request)} id={`explain-${request.requestId}`} />
      {request.checks && request.client?.name ? (
        <ButtonLink size="sm" href={`/requests/explain?${sameAgain(request)}`}>
          {t('again')}
        </ButtonLink>
      ) : null}
      <RequestFacts request={request} />
    </div>
  )
}

/** The form of an imagined request, filled with this one. */
function sameAgain({ client, host, secret, ip, endpoint }: RequestDetail): URLSearchParams {
  return new URLSearchParams({
    client: client?.id ?? '',
    use: endpoint?.includes('sign-token') ? 'login' : 'api',
    domain: host ?? '',
    secret: secret?.id ?? 'wrong',
    ip: ip ?? '',
    secure: 'on',
  })
}

/** What a request was and how it ended, in one line. */
export function RequestOutcome({ request }: { request: RequestDetail }) {
  return (
    <span className="inline-flex items-center gap-2">
      <HttpStatus status={request.status} />
      <Decision code={request.decision} />
    </span>
  )
}
