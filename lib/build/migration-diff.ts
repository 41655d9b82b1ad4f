// npm run db:diff [-- REV]: the SQL that leads from the schema committed at REV (default HEAD; "empty" for none) to the one in the
// working tree, for a new prisma/migrations/<time>_<name>/migration.sql. Prisma's own CLI would download an engine; this uses
// the same engine as WebAssembly from npm, on the two texts, without a database.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const SCHEMA = 'prisma/schema.prisma'
const DRIVER = { provider: 'postgres', adapterName: '@prisma/adapter-pg' }
const require = createRequire(import.meta.url)

const base = process.argv[2] ?? 'HEAD'
const container = (content: string) => ({ tag: 'schemaDatamodel', files: [{ path: SCHEMA, content }] })
const from = base === 'empty' ? { tag: 'empty' } : container(execFileSync('git', ['show', `${base}:${SCHEMA}`], { encoding: 'utf8' }))

const engine = await loadEngine()
const result = await engine.diff({
  from,
  to: container(readFileSync(SCHEMA, 'utf8')),
  script: true,
  exitCode: null,
  shadowDatabaseUrl: null,
  filters: { externalTables: [], externalEnums: [] },
})
process.stdout.write(`${result.stdout ?? ''}\n`)

type Engine = { diff(params: object): Promise<{ stdout?: string | null }> }

async function loadEngine(): Promise<Engine> {
  const glueFile = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const glue = await import(glueFile)
  const wasm = await WebAssembly.compile(readFileSync(glueFile.replace(/\.js$/, '.wasm')))
  const instance = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  return glue.SchemaEngine.new({ datamodels: undefined }, () => {}, bound({ ...DRIVER, connect: offline, connectToShadowDb: offline }))
}

/** The engine opens a driver first thing, though comparing two texts asks it nothing beyond whether the schema exists and the server's version. */
async function offline(): Promise<object> {
  return {
    ...DRIVER,
    // ColumnTypeEnum: 5 is boolean, 7 text, 0 int32.
    queryRaw: async () => ({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [5, 7, 0],
      rows: [[true, 'PostgreSQL 18.4', 180004]],
    }),
    executeRaw: refuse,
    executeScript: refuse,
    startTransaction: refuse,
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
    dispose: async () => {},
  }
}

function refuse(): never {
  throw new Error('comparing two schema texts needs no database')
}

function bound(factory: object): object {
  const { bindMigrationAwareSqlAdapterFactory } = require('@prisma/driver-adapter-utils')
  return bindMigrationAwareSqlAdapterFactory(factory)
}
