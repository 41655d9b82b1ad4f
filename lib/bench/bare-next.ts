import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { childEnv } from '#lib/env.ts'
import { freePort } from '#lib/testing/server-process.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Inside the project, so that `next` and `react` are found; ignored by git. */
const DIR = path.join(ROOT, '.next/bare')
const NEXT = path.join(ROOT, 'node_modules/next/dist/bin/next')

const FILES: Record<string, string> = {
  'package.json': '{ "private": true, "type": "module" }',
  'next.config.js': `export default { typescript: { ignoreBuildErrors: true }, turbopack: { root: ${JSON.stringify(ROOT)} } }`,
  'app/layout.js': 'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html> }',
  'app/page.js': `import { headers } from 'next/headers'
export default async function Page() { return <h1>Hello {(await headers()).get('host')}</h1> }`,
}

/** Builds and starts a Next application of one page that says hello to each request anew: the yardstick for pages. */
export async function startBareNext(): Promise<{ child: ChildProcess; url: string }> {
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(path.dirname(path.join(DIR, name)), { recursive: true })
    writeFileSync(path.join(DIR, name), text)
  }
  const env = childEnv({ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
  const built = spawnSync(process.execPath, [NEXT, 'build'], { cwd: DIR, env, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`the bare page was not built:\n${built.stdout}${built.stderr}`)
  const port = await freePort()
  const child = spawn(process.execPath, [NEXT, 'start', '-p', String(port)], { cwd: DIR, env, stdio: 'ignore' })
  const url = `http://localhost:${port}/`
  for (let tries = 0; tries < 400; tries++) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return { child, url }
    await sleep(50)
  }
  child.kill()
  throw new Error('the bare page does not answer')
}
