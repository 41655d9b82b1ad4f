// Owns resource servers: the APIs of a team that access tokens may be made for (RFC 8707), with their identifier, scopes, token format and
// lifetime. Making the tokens is lib/oidc's.
export { deleteResourceServer } from './delete-resource-server.ts'
export { findResourceServer, type ResourceServerDto } from './internal.ts'
export { listResourceServers } from './list-resource-servers.ts'
export { saveResourceServer } from './save-resource-server.ts'
export { RESOURCE_BOUNDS, type SaveResourceServerInput } from './schemas.ts'
