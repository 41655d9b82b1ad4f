import { notFound } from 'next/navigation'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { clientOfPage } from '#lib/web/clients/page-data.ts'

export const generateMetadata = withNotFoundTitle(async () => notFound())

/** An address below a client that leads nowhere: said inside the frame. */
async function NoSuchTab({ params }: { params: Promise<{ id: string }> }) {
  await clientOfPage((await params).id)
  return notFound()
}

export default withNotFound(NoSuchTab)
