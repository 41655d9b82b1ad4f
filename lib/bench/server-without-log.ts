// The server as it is, but for the request log: rows are forgotten as they come. For log-cost.ts only.
import { setSingleton } from '#lib/registry.ts'

setSingleton('requests.buffer', { rows: [], timer: undefined, flushing: undefined, failing: false, lost: 0, muted: true })
// By a name that the compiler does not follow: server.ts belongs to another of its configurations.
const server = '../../server.ts'
await import(server)
