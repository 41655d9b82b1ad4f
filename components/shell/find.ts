import { getTranslations } from 'next-intl/server'
import { findClients } from '#lib/clients/index.ts'
import type { Ctx } from '#lib/context.ts'
import { isRequestId, requestHref } from '#lib/links.ts'
import { hasPage, NAV } from './nav.ts'

/** A place to go. `note` tells alike ones apart. */
export type Hit = { href: string; label: string; note?: string }

export type Found = { clients: Hit[]; pages: Hit[]; requests: Hit[] }

const LIMIT = 8

/** What the palette and the search page offer for `text`: clients that the actor may read, pages, and the request with this id. */
export async function find(ctx: Ctx, text: string): Promise<Found> {
  const search = text.trim().slice(0, 200)
  const [clients, pages, t] = await Promise.all([
    findClients({ ctx, input: { search, limit: LIMIT } }),
    findPages(search),
    getTranslations('palette'),
  ])
  const several = new Set(clients.map(({ team }) => team.id)).size > 1
  return {
    clients: clients.map(({ id, name, team }) => ({ href: `/clients/${id}`, label: name, note: several ? `${team.name} · ${id}` : id })),
    pages,
    requests: isRequestId(search) && hasPage('/requests') ? [{ href: requestHref(search), label: t('request', { id: search }) }] : [],
  }
}

async function findPages(search: string): Promise<Hit[]> {
  const [nav, t, create, team] = await Promise.all([
    getTranslations('shell.nav'),
    getTranslations('palette'),
    getTranslations('clients.list'),
    getTranslations('teams.frame'),
  ])
  const pages = [
    ...NAV.map(({ key, href }) => ({ href, label: nav(key) })),
    { href: '/clients/new', label: create('create') },
    { href: '/team/credentials', label: team('credentials') },
    { href: '/account', label: t('account') },
  ]
  const wanted = fold(search)
  return pages.filter(({ href, label }) => fold(label).includes(wanted) || href === search)
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
