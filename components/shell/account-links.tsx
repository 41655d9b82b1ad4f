import { type LucideIcon, ServerCog, UserRound } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { PageLink } from '#components/ui/page-link.tsx'

/** Where the account menu leads: the person's own pages, and for operators the installation. */
export async function AccountLinks({ isOperator }: { isOperator: boolean }) {
  const t = await getTranslations('shell.account')
  return (
    <ul>
      <Entry href="/account" icon={UserRound} label={t('own')} />
      {isOperator ? <Entry href="/operator" icon={ServerCog} label={t('operator')} /> : null}
    </ul>
  )
}

function Entry({ href, icon: Icon, label }: { href: string; icon: LucideIcon; label: string }) {
  return (
    <li>
      <PageLink href={href} className="flex h-9 w-full items-center gap-2.5 rounded-md px-2 hover:bg-hover touch:h-11">
        <Icon aria-hidden className="size-4 text-muted" />
        {label}
      </PageLink>
    </li>
  )
}
