import { Download } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { CsvTable, UsageReport } from '#lib/usage/index.ts'
import { buttonClass } from '../ui/button-class.ts'
import { rangeQuery, type UsageAddress, usageHref } from './address.ts'

/** Downloads a table of the page as CSV. `label`: what is in it. */
export async function CsvLink({
  report,
  address,
  table,
  label,
}: {
  report: UsageReport
  address: UsageAddress
  table: CsvTable
  label: string
}) {
  const t = await getTranslations('usage')
  // A plain link: the answer is a file, nothing to navigate to or fetch ahead.
  return (
    <a
      href={usageHref({ ...address, path: `${address.path}/export` }, { ...rangeQuery(report.range), table })}
      download
      className={buttonClass('ghost', 'sm')}
      aria-label={t('csv', { what: label })}
    >
      <Download aria-hidden />
      CSV
    </a>
  )
}
