import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { Brand } from './brand.tsx'
import { Preferences } from './preferences.tsx'

export type AuthCardProps = {
  title: ReactNode
  description?: ReactNode
  children: ReactNode
  /** Below the card: the way to the other page ("No account yet?"). */
  footer?: ReactNode
  /** Above the title: a client's logo, a step. */
  logo?: ReactNode
  size?: 'sm' | 'md'
}

/** The one calm card of log-in, register, reset and consent: a whole page. */
export function AuthCard({ title, description, children, footer, logo, size = 'sm' }: AuthCardProps) {
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-6 sm:py-10">
      <main className={clsx('my-auto flex w-full flex-col items-center', size === 'sm' ? 'max-w-sm' : 'max-w-md')}>
        <Brand className="mb-6" />
        <div className="w-full rounded-2xl border border-line bg-surface p-6 shadow-raised sm:p-8">
          {logo ? <div className="mb-4">{logo}</div> : null}
          <h1 className="text-xl leading-7 font-semibold [overflow-wrap:anywhere]">{title}</h1>
          {description ? <div className="mt-1.5 text-pretty text-muted [overflow-wrap:anywhere]">{description}</div> : null}
          <div className="mt-6 space-y-4">{children}</div>
        </div>
        {footer ? <div className="mt-5 text-center text-muted">{footer}</div> : null}
      </main>
      <footer className="pt-8">
        <Preferences compact />
      </footer>
    </div>
  )
}
