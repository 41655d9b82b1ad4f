import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { requestOrNull } from '#lib/web/requests/page-data.ts'
import { RequestDrawer } from './request-drawer.tsx'
import { RequestOutcome, RequestView } from './request-view.tsx'

/** The request that an address opens beside the list. One that is not there says so. */
export async function OpenedRequest({ requestId }: { requestId: string }) {
  const [request, t, missing] = await Promise.all([
    requestOrNull(requestId),
    getTranslations('requests.drawer'),
    getTranslations('errors.notFound'),
  ])
  if (!request)
    return (
      <RequestDrawer title={t('title')}>
        <EmptyState title={missing('title')} description={missing('description')} />
      </RequestDrawer>
    )
  const title = (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="font-mono text-sm break-all">
        {request.method} {request.path}
      </span>
      <RequestOutcome request={request} />
    </span>
  )
  return (
    <RequestDrawer title={title}>
      <div className="space-y-4">
        <ButtonLink size="sm" href={`/requests/${encodeURIComponent(request.requestId)}`}>
          {t('page')}
        </ButtonLink>
        <RequestView request={request} />
      </div>
    </RequestDrawer>
  )
}
