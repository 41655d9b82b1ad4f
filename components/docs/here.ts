import type { ReactElement, ReactNode } from 'react'
import { env } from '#lib/env.ts'

/** The origin that the texts are written with. */
const WRITTEN = 'http://localhost:3000'

/** A piece of the texts with this installation's own address in it. */
export function hereOf(text: string): string {
  return text.replaceAll(WRITTEN, env().PUBLIC_URL)
}

/** The id of a heading: its words in lower case, joined by dashes. */
export function slugOf(children: ReactNode): string {
  return textOf(children)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node)
  if (Array.isArray(node)) return node.map(textOf).join('')
  return node && typeof node === 'object' && 'props' in node ? textOf((node as ReactElement<{ children?: ReactNode }>).props.children) : ''
}
