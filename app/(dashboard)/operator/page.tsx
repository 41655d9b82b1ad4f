import type { Metadata } from 'next'
import { getFormatter, getTranslations } from 'next-intl/server'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { getInstallation } from '#lib/installation/index.ts'
import { operatorContext } from '#lib/web/operator/page-data.ts'

export const generateMetadata = withNotFoundTitle(async (): Promise<Metadata> => {
  await operatorContext()
  return { title: (await getTranslations('operator'))('title') }
})

/** How much the installation does, and what needs a look. */
async function OperatorPage() {
  const ctx = await operatorContext()
  const [found, t, format] = await Promise.all([getInstallation({ ctx }), getTranslations('operator'), getFormatter()])
  const { traffic, counts, database, jobs, keptMails } = found
  const share = traffic.requests > 0 ? traffic.failed / traffic.requests : 0
  const figures: [string, string][] = [
    [t('figures.requests'), format.number(traffic.requests)],
    [t('figures.failed'), format.number(share, { style: 'percent', maximumFractionDigits: 1 })],
    [t('figures.users'), format.number(counts.users)],
    [t('figures.teams'), format.number(counts.teams)],
    [t('figures.clients'), format.number(counts.clients)],
    [t('figures.restricted'), format.number(counts.restricted)],
    [t('figures.database'), t('figures.megabytes', { count: format.number(Math.ceil(database.bytes / 1_048_576)) })],
    [t('figures.connections'), format.number(database.connections)],
    [t('figures.migrations'), format.number(database.migrations)],
    [t('figures.jobsWaiting'), format.number(jobs.waiting)],
    [t('figures.jobsFailed'), format.number(jobs.failed)],
  ]
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {keptMails > 0 ? (
        <Alert
          tone="info"
          title={t('keptMails', { count: keptMails })}
          actions={
            <ButtonLink size="sm" href="/operator/mail">
              {t('tabs.mail')}
            </ButtonLink>
          }
        >
          {t('keptMailsText')}
        </Alert>
      ) : null}
      <Card>
        <CardBody>
          <dl className="grid grid-cols-2 gap-x-8 gap-y-5 md:grid-cols-4">
            {figures.map(([label, value]) => (
              <div key={label}>
                <dt className="text-muted">{label}</dt>
                <dd className="mt-0.5 text-lg font-semibold tabular-nums">{value}</dd>
              </div>
            ))}
          </dl>
        </CardBody>
      </Card>
      <Card>
        <CardHeader title={t('jobs.title')} description={jobs.failing.length === 0 ? t('jobs.none') : undefined} />
        {jobs.failing.length > 0 ? (
          <Table label={t('jobs.title')} cards>
            <TableHead>
              <TableHeader>{t('jobs.task')}</TableHeader>
              <TableHeader numeric>{t('jobs.attempts')}</TableHeader>
              <TableHeader>{t('jobs.error')}</TableHeader>
              <TableHeader>{t('jobs.since')}</TableHeader>
            </TableHead>
            <TableBody>
              {jobs.failing.map(({ task, attempts, error, since }) => (
                <TableRow key={`${task} ${since}`}>
                  <TableCell>{task}</TableCell>
                  <TableCell data-label={t('jobs.attempts')} numeric>
                    {attempts}
                  </TableCell>
                  <TableCell data-label={t('jobs.error')} className="[overflow-wrap:anywhere]">
                    {error}
                  </TableCell>
                  <TableCell data-label={t('jobs.since')}>
                    <RelativeTime date={new Date(since)} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        ) : null}
      </Card>
    </>
  )
}

export default withNotFound(OperatorPage)
