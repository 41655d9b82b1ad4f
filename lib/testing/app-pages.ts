import { globSync } from 'node:fs'
import path from 'node:path'

const APP = path.resolve(import.meta.dirname, '../../app')

/** The addresses of the pages in the folders of `app` that `patterns` find: folders in brackets group pages without being part of the address. */
export function pageAddresses(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: APP }).map((file) => {
    const folders = path.dirname(file).split('/')
    return `/${folders.filter((folder) => !folder.startsWith('(')).join('/')}`
  })
}
