// The server as it is, but for the request log: rows are forgotten as they come. For log-cost.ts only.
import { setSingleton } from '#lib/registry.ts'
import { emptyBuffer } from '#lib/requests/testing.ts'

setSingleton('requests.buffer', { ...emptyBuffer(), muted: true })
// By a name that the compiler does not follow: server.ts belongs to another of its configurations.
const server = '../../server.ts'
await import(server)
