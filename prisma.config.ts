// Prisma's CLI insists on this file. The engine variable keeps `prisma generate` from downloading a schema engine, which it
// does not use; migrations are written by `npm run db:diff` and applied by the server (docs/ARCHITECTURE.md).
import { defineConfig } from 'prisma/config'

process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath
process.env.PRISMA_HIDE_UPDATE_MESSAGE ??= '1'

export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } })
