import { Lock } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Permission } from '#lib/teams/index.ts'

/** Controls that need a permission: without it they are there, disabled, and a line says which one is missing. The verbs decide by themselves. */
export async function NeedsPermission({
  has,
  permission,
  children,
}: {
  has: readonly Permission[]
  permission: Permission
  children: ReactNode
}) {
  if (has.includes(permission)) return children
  return (
    <div className="space-y-2">
      <MissingPermission permission={permission} />
      <fieldset disabled className="min-w-0">
        {children}
      </fieldset>
    </div>
  )
}

/** The line that says which permission something needs. */
export async function MissingPermission({ permission }: { permission: Permission }) {
  const t = await getTranslations('common.permission')
  return (
    <p className="flex items-center gap-1.5 text-[0.8125rem] text-muted">
      <Lock aria-hidden className="size-3.5 shrink-0" />
      <span>{t.rich('needed', { permission: () => <code className="font-mono text-xs">{permission}</code> })}</span>
    </p>
  )
}
