import { BookOpenCheck, Fingerprint, Globe, KeyRound, ScrollText, ShieldCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Hero } from '#components/site/hero.tsx'
import { SiteActions } from '#components/site/site-actions.tsx'

const STEPS = ['one', 'two', 'three'] as const

const FEATURES = [
  ['secrets', KeyRound],
  ['domains', Globe],
  ['consent', ShieldCheck],
  ['once', Fingerprint],
  ['audit', ScrollText],
  ['open', BookOpenCheck],
] as const

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('site')
  return { title: t('title'), description: t('description') }
}

export default async function LandingPage() {
  const t = await getTranslations('site')
  return (
    <>
      <Hero />

      <section aria-labelledby="steps" className="border-t border-line py-14">
        <h2 id="steps" className="text-2xl font-semibold">
          {t('steps.title')}
        </h2>
        <ol className="mt-8 grid gap-8 md:grid-cols-3">
          {STEPS.map((step, index) => (
            <li key={step}>
              <span aria-hidden className="grid size-8 place-items-center rounded-full bg-accent-soft font-semibold text-accent-text">
                {index + 1}
              </span>
              <h3 className="mt-4 text-base font-semibold">{t(`steps.${step}.title`)}</h3>
              <p className="mt-1 text-pretty text-muted">{t(`steps.${step}.text`)}</p>
            </li>
          ))}
        </ol>
      </section>

      <section aria-labelledby="features" className="border-t border-line py-14">
        <h2 id="features" className="text-2xl font-semibold">
          {t('features.title')}
        </h2>
        <ul className="mt-8 grid gap-x-8 gap-y-8 sm:grid-cols-2 lg:grid-cols-3">
          {FEATURES.map(([feature, Icon]) => (
            <li key={feature} className="flex gap-3.5">
              <Icon aria-hidden className="mt-1 size-5 shrink-0 text-accent-text" />
              <div>
                <h3 className="font-semibold">{t(`features.${feature}.title`)}</h3>
                <p className="mt-1 text-pretty text-muted">{t(`features.${feature}.text`)}</p>
              </div>
            </li>
          ))}
        </ul>
      </section>

      <section className="mb-16 flex flex-wrap items-center justify-between gap-6 rounded-2xl border border-line bg-surface p-6 sm:p-8">
        <div>
          <h2 className="text-xl font-semibold">{t('closing.title')}</h2>
          <p className="mt-1 text-muted">{t('closing.text')}</p>
        </div>
        <div className="flex flex-wrap gap-3">
          <SiteActions place="page" />
        </div>
      </section>
    </>
  )
}
