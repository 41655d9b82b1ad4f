// The server as it is, but for the request log: rows are forgotten as they come. For log-cost.ts only.
import { setSingleton } from '#lib/registry.ts'

setSingleton('requests.buffer', { rows: [], timer: undefined, flushing: undefined, failing: false, lost: 0, muted: true })
await import('../../server.ts')
