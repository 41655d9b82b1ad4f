import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AppsCard } from '#components/accounts/apps-card.tsx'
import { ProfileCard } from '#components/accounts/profile-card.tsx'
import { SessionsCard } from '#components/accounts/sessions-card.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { FormError } from '#components/ui/form.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { listSessions } from '#lib/accounts/index.ts'
import { listConsents } from '#lib/grants/index.ts'
import { readFlash } from '#lib/web/auth/flash.ts'
import { flashText } from '#lib/web/auth/flash-text.ts'
import { currentSession, requireUserContext } from '#lib/web/context.ts'
import { endOne, endOthers, saveProfile, takeBack } from './actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') }
}

export default async function AccountPage({ searchParams }: { searchParams: Promise<{ flash?: string }> }) {
  const ctx = await requireUserContext()
  const { flash: id } = await searchParams
  const [t, session, sessions, apps, flash] = await Promise.all([
    getTranslations('account'),
    currentSession(),
    listSessions({ ctx }),
    listConsents({ ctx }),
    readFlash('account', id).then(flashText),
  ])
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {flash.notice ? (
        <Alert tone="success" role="status">
          {flash.notice}
        </Alert>
      ) : null}
      <FormError>{flash.error}</FormError>
      <ProfileCard
        // A form keeps what is in its fields until it is another one.
        key={session?.name}
        name={flash.value('name') ?? session?.name ?? ''}
        nameError={flash.field('name')}
        email={ctx.actor.email}
        emailVerified={session?.emailVerified ?? false}
        action={saveProfile}
      />
      <AppsCard apps={apps} takeBack={takeBack} />
      <SessionsCard sessions={sessions} endOne={endOne} endOthers={endOthers} />
    </>
  )
}
