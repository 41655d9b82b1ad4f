import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { OPEN_PARAMETER } from '#components/requests/open-parameter.ts'
import { OpenedRequest } from '#components/requests/opened-request.tsx'
import { RequestLog } from '#components/requests/request-log.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { clientOfPage } from '#lib/web/clients/page-data.ts'
import { type LogParams, logOfPage } from '#lib/web/requests/page-data.ts'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<LogParams> }

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const t = await getTranslations('requests')
  return { title: `${t('title')} · ${(await clientOfPage((await params).id)).name}` }
})

async function ClientRequestsPage({ params, searchParams }: Props) {
  const client = await clientOfPage((await params).id)
  const query = await searchParams
  const path = `/clients/${client.id}/requests`
  const log = await logOfPage({ path, teamId: client.teamId, clientId: client.id, kept: {} }, query)
  const open = query[OPEN_PARAMETER]
  return (
    <>
      <RequestLog log={log} action={path} hidden={{}} clients={undefined} explainHref={`/requests/explain?client=${client.id}`} />
      {typeof open === 'string' && open ? <OpenedRequest requestId={open} /> : null}
    </>
  )
}

export default withNotFound(ClientRequestsPage)
