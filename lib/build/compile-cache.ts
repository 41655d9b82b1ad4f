import { enableCompileCache } from 'node:module'
import path from 'node:path'

// Keeps what Node makes of the sources (types taken out, compiled), for the next start and the next command: half a second of each. In the project's own
// folder, since whoever may write there says what is run; where nobody may, Node goes without. Import this before anything else; what is loaded
// with it, in one go, is not kept.
enableCompileCache(path.resolve(import.meta.dirname, '../../node_modules/.cache/node'))
