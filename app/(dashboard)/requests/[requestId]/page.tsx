import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LogTime } from '#components/requests/log-time.tsx'
import { RequestOutcome, RequestView } from '#components/requests/request-view.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { requestOfPage } from '#lib/web/requests/page-data.ts'

type Props = { params: Promise<{ requestId: string }> }

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const { method, path, decision } = await requestOfPage((await params).requestId)
  return { title: `${method} ${path} · ${decision}` }
})

/** A request as a page of its own: an address to keep, and what works without JavaScript. */
async function RequestPage({ params }: Props) {
  const request = await requestOfPage((await params).requestId)
  const [t, common] = await Promise.all([getTranslations('requests'), getTranslations('common')])
  return (
    <>
      <PageHeader
        title={
          <span className="font-mono text-lg break-all">
            {request.method} {request.path}
          </span>
        }
        badges={<RequestOutcome request={request} />}
        description={<LogTime at={request.at} />}
        crumbs={[
          { href: '/requests', label: t('title') },
          ...(request.client?.name ? [{ href: `/clients/${request.client.id}/requests`, label: request.client.name }] : []),
        ]}
        crumbsLabel={common('breadcrumbs')}
      />
      <RequestView request={request} />
    </>
  )
}

export default withNotFound(RequestPage)
