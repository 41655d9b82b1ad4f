import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright'
import { childEnv } from '../env.ts'

const SYSTEM = '/usr/bin/chromium'
const INSTALL_TIMEOUT_MS = 600_000

/** Where a Chromium for the tests is: the system's, else the one that Playwright downloaded earlier; undefined when there is none. */
export function findBrowser(): string | undefined {
  return [SYSTEM, chromium.executablePath()].find((file) => file && existsSync(file))
}

/**
 * Makes sure that there is a browser; root on Debian gets it from the distribution.
 * @throws Error naming the package to install when this user cannot.
 */
export function ensureBrowser(): string {
  const present = findBrowser()
  if (present) return present
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing chromium for the tests …')
    aptGet('update')
    aptGet('install', '-y', '--no-install-recommends', 'chromium')
  }
  const installed = findBrowser()
  if (installed) return installed
  throw new Error('The tests need a browser: install the package "chromium" (Debian: apt-get install chromium), then run them again.')
}

function aptGet(...args: string[]): void {
  const env = childEnv({ DEBIAN_FRONTEND: 'noninteractive' })
  spawnSync('apt-get', args, { env, stdio: ['ignore', 'inherit', 'inherit'], timeout: INSTALL_TIMEOUT_MS })
}
