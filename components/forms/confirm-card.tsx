import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import type { Permission } from '#lib/teams/index.ts'
import { Confirm, type ConfirmProps } from './confirm.tsx'
import { Locked } from './locked.tsx'
import { NeedsPermission } from './needs-permission.tsx'

export type ConfirmCardProps<Result> = Omit<ConfirmProps<Result>, 'title' | 'cancel' | 'triggerSize' | 'disabled'> & {
  title: string
  description: string
  /** At the right of the title: how it stands. */
  badge?: ReactNode
  question: string
  /** What the person must be allowed; without it, every member may. */
  needs?: { permission: Permission; has: readonly Permission[] } | undefined
  /** Why it cannot be done now; null: it can. */
  locked?: string | null
  /** In place of the question: the way back of what was done, or that there is nothing to do. */
  instead?: ReactNode
}

/** A card about something grave: what it is, why it may not be done, and the question before it is. */
export async function ConfirmCard<Result>(props: ConfirmCardProps<Result>) {
  const { title, description, badge, question, needs, locked = null, instead, ...confirm } = props
  const common = await getTranslations('common')
  const control: ReactNode = (
    <Locked reason={locked}>{instead ?? <Confirm {...confirm} title={question} triggerSize="md" cancel={common('cancel')} />}</Locked>
  )
  return (
    <Card>
      <CardHeader title={title} description={description} actions={badge} />
      <CardBody>{needs ? <NeedsPermission {...needs}>{control}</NeedsPermission> : control}</CardBody>
    </Card>
  )
}
