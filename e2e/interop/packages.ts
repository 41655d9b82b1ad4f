import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { childEnv } from '#lib/env.ts'

const INSTALL_TIMEOUT_MS = 280_000

/** Makes sure that these files of Debian packages are there; root gets them. @throws Error that names the packages: nothing passes unseen. */
export function ensurePackages(files: Record<string, string>): void {
  const missing = () => Object.keys(files).filter((name) => !existsSync(files[name] as string))
  if (missing().length === 0) return
  const env = childEnv({ DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' })
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const install = ['install', '-y', '--no-install-recommends', ...missing()]
    for (const args of [['update'], install]) spawnSync('apt-get', args, { env, stdio: 'ignore', timeout: INSTALL_TIMEOUT_MS })
  }
  if (missing().length > 0) throw new Error(`these tests need the packages ${missing().join(' ')}`)
}

/** Installs what Python's Authlib needs from Debian, where it is missing. */
export function ensureAuthlib(): void {
  const modules = '/usr/lib/python3/dist-packages'
  ensurePackages({ 'python3-authlib': `${modules}/authlib`, 'python3-requests': `${modules}/requests` })
}
