import { getTranslations } from 'next-intl/server'
import { CopyField } from '#components/ui/copy-field.tsx'
import { env } from '#lib/env.ts'
import { SiteActions } from './site-actions.tsx'

/** The top of the landing page: what this is, where to begin, and the two addresses that a library needs. */
export async function Hero() {
  const t = await getTranslations('site')
  const { BRAND_NAME: brand, PUBLIC_URL: origin } = env()
  const issuer = `${origin}/oidc`
  return (
    <section className="grid items-center gap-12 py-14 sm:py-20 lg:grid-cols-[1.15fr_1fr] lg:gap-16">
      <div>
        <p className="font-medium text-accent-text">{t('hero.eyebrow')}</p>
        <h1 className="mt-3 text-4xl leading-[1.1] font-semibold tracking-tight sm:text-5xl">{t('hero.title', { brand })}</h1>
        <p className="mt-5 max-w-xl text-base leading-7 text-pretty text-muted sm:text-lg sm:leading-8">{t('hero.text')}</p>
        <div className="mt-8 flex flex-wrap gap-3">
          <SiteActions place="page" />
        </div>
        <p className="mt-4 text-muted">{t('hero.note')}</p>
      </div>
      <div className="min-w-0 rounded-2xl border border-line bg-surface p-6 shadow-floating sm:p-7">
        <h2 className="text-base font-semibold">{t('connect.title')}</h2>
        <p className="mt-1 mb-5 text-muted">{t('connect.text')}</p>
        <div className="space-y-4">
          <CopyField label={t('connect.issuer')} value={issuer} />
          <CopyField label={t('connect.discovery')} value={`${issuer}/.well-known/openid-configuration`} />
        </div>
      </div>
    </section>
  )
}
