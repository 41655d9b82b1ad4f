import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { dependencyViolations } from './dependency-check.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const made: string[] = []

afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true })
})

/** The names of the rules that a little project of these files breaks. */
async function broken(files: Record<string, string>): Promise<string[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'xwms-rules-'))
  made.push(dir)
  const all = { 'package.json': JSON.stringify(manifest), 'lib/db.ts': 'export const db = 1\n', ...files }
  for (const [file, content] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true })
    writeFileSync(path.join(dir, file), content)
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(dir, 'node_modules'))
  return [...new Set((await dependencyViolations(dir)).map((line) => line.split(':')[0] ?? ''))]
}

const manifest = {
  type: 'module',
  imports: { '#lib/*': './lib/*', '#components/*': './components/*', '#prisma/*': './prisma/*' },
  dependencies: { next: '1', pg: '1', 'oidc-provider': '1', zod: '1' },
  devDependencies: { vitest: '1', '@types/pg': '1' },
}

const TEAMS = {
  'lib/teams/index.ts': "export { a } from './internal.ts'\n",
  'lib/teams/internal.ts': 'export const a = 1\nexport type A = 1\n',
}

test.each<[name: string, files: Record<string, string>, rules: string[]]>([
  ['an entity uses another through its index', { ...TEAMS, 'lib/clients/a.ts': "import '#lib/teams/index.ts'\nimport '#lib/db.ts'\n" }, []],
  ['an entity reaches into another', { ...TEAMS, 'lib/clients/a.ts': "import '#lib/teams/internal.ts'\n" }, ['entity-through-index']],
  [
    'an entity reaches for a type inside another',
    { ...TEAMS, 'lib/clients/a.ts': "import type { A } from '#lib/teams/internal.ts'\n" },
    ['entity-through-index'],
  ],
  [
    'a page reaches into an entity',
    { ...TEAMS, 'app/page.tsx': "import '#lib/teams/internal.ts'\nexport default () => <p />\n" },
    ['pages-through-index'],
  ],
  ['a page opens the database', { 'app/page.tsx': "import '#lib/db.ts'\n" }, ['no-database-in-pages']],
  ['a component opens the database', { 'components/a.tsx': "import 'pg'\n" }, ['no-database-in-pages']],
  ['lib imports a component', { 'lib/web/a.ts': "import '#components/a.tsx'\n", 'components/a.tsx': 'export {}\n' }, ['lib-below-pages']],
  [
    'an entity knows a transport',
    { 'lib/clients/a.ts': "import '#lib/web/a.ts'\n", 'lib/web/a.ts': 'export {}\n' },
    ['entity-below-transports'],
  ],
  ['a schema opens the database', { 'lib/clients/schemas.ts': "import 'zod'\nimport '#lib/db.ts'\n" }, ['schemas-are-pure']],
  ['a schema reads a file', { 'lib/clients/schemas.ts': "import 'node:fs'\n" }, ['schemas-without-node']],
  [
    'someone besides lib/db.ts names the generated client',
    { 'prisma/generated/client.ts': 'export {}\n', 'lib/clients/a.ts': "import '#prisma/generated/client.ts'\n" },
    ['prisma-in-db-only'],
  ],
  [
    'someone besides lib/oidc imports oidc-provider',
    { 'lib/clients/a.ts': "import 'oidc-provider'\n", 'lib/oidc/a.ts': "import 'oidc-provider'\n" },
    ['provider-in-oidc-only'],
  ],
  [
    'someone besides lib/web imports next',
    { 'lib/clients/a.ts': "import 'next/headers.js'\n", 'lib/web/a.ts': "import 'next/headers.js'\n" },
    ['next-in-web-only'],
  ],
  [
    'types that refer to each other',
    { 'lib/web/a.ts': "import type { B } from './b.ts'\nexport type A = B\n", 'lib/web/b.ts': "import './a.ts'\nexport type B = 1\n" },
    [],
  ],
  ['a file cycle', { 'lib/web/a.ts': "import './b.ts'\n", 'lib/web/b.ts': "import './a.ts'\n" }, ['no-cycle']],
  [
    'a folder cycle without a file cycle',
    {
      'lib/teams/index.ts': 'export {}\n',
      'lib/teams/a.ts': "import '#lib/plans/index.ts'\n",
      'lib/plans/index.ts': 'export {}\n',
      'lib/plans/b.ts': "import '#lib/teams/index.ts'\n",
    },
    ['no-folder-cycle'],
  ],
  [
    'the server uses a development tool',
    { 'lib/clients/a.ts': "import 'vitest'\n", 'lib/clients/a.test.ts': "import 'vitest'\n" },
    ['development-tools-stay-out'],
  ],
  [
    'the server uses a fixture',
    {
      'lib/teams/testing.ts': 'export {}\n',
      'lib/clients/a.ts': "import '#lib/teams/testing.ts'\n",
      'lib/clients/a.test.ts': "import '#lib/teams/testing.ts'\n",
    },
    ['fixtures-in-tests-only'],
  ],
  ['an import that leads nowhere', { 'lib/clients/a.ts': "import './gone.ts'\n" }, ['resolvable']],
])('%s', async (_name, files, expected) => {
  expect(await broken(files)).toEqual(expected)
})

test('a check of nothing does not pass', async () => {
  await expect(dependencyViolations(mkdtempSync(path.join(tmpdir(), 'xwms-rules-')))).rejects.toThrow()
})
