import { getFormatter, getTranslations } from 'next-intl/server'
import { listPlans } from '#lib/plans/index.ts'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'

/** The plans as this installation has them. */
export async function PlanTable() {
  const [t, format, plans] = await Promise.all([getTranslations('docs.plans'), getFormatter(), listPlans()])
  const number = (value: number | null) => (value === null ? t('unlimited') : format.number(value))
  return (
    <div className="my-4 rounded-lg border border-line">
      <Table label={t('label')}>
        <TableHead>
          <TableHeader>{t('plan')}</TableHeader>
          <TableHeader numeric>{t('clients')}</TableHeader>
          <TableHeader numeric>{t('members')}</TableHeader>
          <TableHeader numeric>{t('perMinute')}</TableHeader>
          <TableHeader numeric>{t('perMonth')}</TableHeader>
          <TableHeader numeric>{t('retention')}</TableHeader>
        </TableHead>
        <TableBody>
          {plans.map((plan) => (
            <TableRow key={plan.key}>
              <TableCell>
                {plan.name}
                {plan.byAgreement ? <span className="block text-[0.8125rem] text-muted">{t('byAgreement')}</span> : null}
              </TableCell>
              <TableCell numeric>{number(plan.maxClients)}</TableCell>
              <TableCell numeric>{number(plan.maxMembers)}</TableCell>
              <TableCell numeric>{number(plan.perMinute)}</TableCell>
              <TableCell numeric>{number(plan.perMonth)}</TableCell>
              <TableCell numeric>{t('days', { days: plan.retentionDays })}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  )
}
