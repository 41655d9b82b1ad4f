// Owns the XWMS API over HTTP: routes, their schemas and OpenAPI document, the envelope, and which error answers how. The only importer of
// hono. Rules are the entities'; the gate decides who may call.

export { apiDocument } from './document.ts'
export { apiHandler } from './handler.ts'
