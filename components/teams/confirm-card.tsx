import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Confirm, type ConfirmProps } from '#components/clients/confirm.tsx'
import { NeedsPermission } from '#components/clients/needs-permission.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import type { Permission } from '#lib/teams/index.ts'
import { Locked } from './locked.tsx'

export type ConfirmCardProps<Result> = Omit<ConfirmProps<Result>, 'title' | 'cancel' | 'triggerSize' | 'disabled'> & {
  title: string
  description: string
  question: string
  /** What the person must be allowed; without it, every member may. */
  needs?: { permission: Permission; has: readonly Permission[] }
  /** Why it cannot be done now; null: it can. */
  locked?: string | null
}

/** A card about something grave: what it is, why it may not be done, and the question before it is. */
export async function ConfirmCard<Result>({ title, description, question, needs, locked = null, ...confirm }: ConfirmCardProps<Result>) {
  const common = await getTranslations('common')
  const control: ReactNode = (
    <Locked reason={locked}>
      <Confirm {...confirm} title={question} triggerSize="md" cancel={common('cancel')} />
    </Locked>
  )
  return (
    <Card>
      <CardHeader title={title} description={description} />
      <CardBody>{needs ? <NeedsPermission {...needs}>{control}</NeedsPermission> : control}</CardBody>
    </Card>
  )
}
