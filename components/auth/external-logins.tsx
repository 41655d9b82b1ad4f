import { getTranslations } from 'next-intl/server'
import { Button } from '#components/ui/button.tsx'
import { externalLogins } from '#lib/accounts/index.ts'

/** A button for each external log-in that is configured; nothing when none is. */
export async function ExternalLogins({ csrfToken, returnTo }: { csrfToken: string; returnTo: string }) {
  const choices = externalLogins()
  if (choices.length === 0) return null
  const t = await getTranslations('auth.external')
  return (
    <section aria-label={t('label')} className="space-y-2 border-t border-line pt-4">
      {choices.map(({ id, name }) => (
        <form key={id} method="post" action={`/api/auth/signin/${id}`}>
          <input type="hidden" name="csrfToken" value={csrfToken} />
          <input type="hidden" name="callbackUrl" value={returnTo} />
          <Button type="submit" variant="secondary" className="w-full">
            {t('with', { provider: name })}
          </Button>
        </form>
      ))}
    </section>
  )
}
