import { notFound } from 'next/navigation'
import { clientOfPage } from '#lib/web/clients/page-data.ts'

/** An address below a client that leads nowhere: said inside the frame. */
export default async function NoSuchTab({ params }: { params: Promise<{ id: string }> }) {
  await clientOfPage((await params).id)
  notFound()
}
