import { getTranslations } from 'next-intl/server'
import { currentContext } from '#lib/web/context.ts'
import { ButtonLink } from '../ui/button.tsx'

/** The way to the operators: for who is logged in their tickets, for others the log-in that leads there. */
export async function TicketsInvitation() {
  const [t, { actor }] = await Promise.all([getTranslations('support.tickets'), currentContext()])
  return (
    <section
      aria-labelledby="ask"
      className="mt-10 flex flex-wrap items-center justify-between gap-4 rounded-2xl border border-line bg-surface p-6"
    >
      <div className="min-w-0 flex-1 basis-64">
        <h2 id="ask" className="text-lg font-semibold">
          {t('ask')}
        </h2>
        <p className="mt-1 text-muted">{t('askText')}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        {actor.kind === 'user' ? (
          <>
            <ButtonLink href="/support/tickets">{t('own')}</ButtonLink>
            <ButtonLink href="/support/tickets/new" variant="primary">
              {t('new')}
            </ButtonLink>
          </>
        ) : (
          <ButtonLink href="/login?returnTo=%2Fsupport%2Ftickets%2Fnew" variant="primary" prefetch={false}>
            {t('logIn')}
          </ButtonLink>
        )}
      </div>
    </section>
  )
}
