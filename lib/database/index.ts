// Owns where the data lives: the embedded PostgreSQL and its data folder, migrations, the seed. Others use lib/db.ts.
export { type EmbeddedDatabase, startEmbedded } from './embedded.ts'
export { pendingMigrations, withBootLock } from './migrate.ts'
export { type OpenDatabase, openDatabase, prepare } from './open.ts'
