import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { listKeptMail } from '#lib/mail/index.ts'
import { operatorContext } from '#lib/web/operator/page-data.ts'

export const generateMetadata = withNotFoundTitle(async (): Promise<Metadata> => {
  await operatorContext()
  return { title: (await getTranslations('operator.mail'))('title') }
})

/** What would have been sent, with codes masked: an operator must not be able to log in as somebody. */
async function KeptMailPage() {
  const ctx = await operatorContext()
  const [mails, t] = await Promise.all([listKeptMail({ ctx }), getTranslations('operator.mail')])
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {mails.length === 0 ? (
        <Card>
          <EmptyState title={t('none')} description={t('noneText')} />
        </Card>
      ) : (
        mails.map(({ id, to, subject, text, createdAt }) => (
          <Card key={id}>
            <CardHeader
              title={subject}
              description={
                <>
                  {to} · <RelativeTime date={new Date(createdAt)} />
                </>
              }
            />
            <CardBody>
              <p className="whitespace-pre-line [overflow-wrap:anywhere]">{text}</p>
            </CardBody>
          </Card>
        ))
      )}
    </>
  )
}

export default withNotFound(KeptMailPage)
