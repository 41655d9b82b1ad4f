import { getTranslations } from 'next-intl/server'
import { findClients } from '#lib/clients/index.ts'
import type { Ctx } from '#lib/context.ts'
import { isRequestId, requestHref } from '#lib/links.ts'
import { PAGES } from './pages.ts'

/** A place to go. `note` tells alike ones apart. */
export type Hit = { href: string; label: string; note?: string }

export type Found = { clients: Hit[]; pages: Hit[]; requests: Hit[] }

const LIMIT = 8

/**
 * What the palette and the search page offer for `text`: clients that the actor may read, pages that they may go to, and the
 * request with this id.
 */
export async function find(ctx: Ctx, text: string): Promise<Found> {
  const search = text.trim().slice(0, 200)
  const [clients, pages, t] = await Promise.all([
    findClients({ ctx, input: { search, limit: LIMIT } }),
    findPages(ctx.actor.kind === 'user' && ctx.actor.isOperator, search),
    getTranslations('palette'),
  ])
  const several = new Set(clients.map(({ team }) => team.id)).size > 1
  return {
    clients: clients.map(({ id, name, team }) => ({ href: `/clients/${id}`, label: name, note: several ? `${team.name} · ${id}` : id })),
    pages,
    requests: isRequestId(search) ? [{ href: requestHref(search), label: t('request', { id: search }) }] : [],
  }
}

/** The pages of that name or of what they belong to; with nothing to look for, the main ones. */
async function findPages(isOperator: boolean, search: string): Promise<Hit[]> {
  const t = await getTranslations()
  const wanted = fold(search)
  return PAGES.filter(({ of, operator }) => (isOperator || !operator) && (search !== '' || !of))
    .map(({ href, label, of }) => ({ href, label: t(label), ...(of ? { note: t(of) } : {}) }))
    .filter(({ href, label, note }) => fold(`${note ?? ''} ${label}`).includes(wanted) || href === search)
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
