import { globSync } from 'node:fs'
import path from 'node:path'
import type { Stop } from './all-pages.ts'

const APP = path.resolve(import.meta.dirname, '../../app')
/** The gallery of the design system: there under `npm run dev` only. */
const DEVELOPMENT = '/dev/'

/** The routes of all pages, as the folders of `app` say them: `/clients/[id]/secrets`. */
export function routesOfPages(): string[] {
  return globSync('**/page.{tsx,mdx}', { cwd: APP })
    .map((file) => `/${path.dirname(file).split(path.sep).filter(isSegment).join('/')}`)
    .filter((route) => !route.startsWith(DEVELOPMENT))
    .sort()
}

/** Folders in brackets group pages without being part of the address. */
function isSegment(folder: string): boolean {
  return folder !== '.' && !folder.startsWith('(')
}

/** Whether opening `stop` shows the page of `route`; of several that fit, the most literal one is meant. */
export function shows(stop: Stop, route: string, all: readonly string[]): boolean {
  const target = stop.route ?? (new URL(stop.path, 'http://x').pathname.replace(/(.)\/$/, '$1') || '/')
  if (stop.route) return stop.route === route
  const fitting = all.filter((one) => pattern(one).test(target))
  return fitting.sort((a, b) => openness(a).localeCompare(openness(b)))[0] === route
}

/** How much each part of a route leaves open: nothing, one part, or all that follows. */
function openness(route: string): string {
  return route
    .split('/')
    .map((part) => (part.includes('[...') ? '2' : part.startsWith('[') ? '1' : '0'))
    .join('')
}

function pattern(route: string): RegExp {
  const parts = route
    .split('/')
    .slice(1)
    .map((part) => {
      if (/^\[\[\.\.\..+\]\]$/.test(part)) return '(?:/.+)?'
      if (/^\[\.\.\..+\]$/.test(part)) return '/.+'
      if (/^\[.+\]$/.test(part)) return '/[^/]+'
      return `/${part.replace(/[.*+?^${}()|\\]/g, '\\$&')}`
    })
  return new RegExp(`^${parts.join('')}$`)
}
