// Owns clients with their secrets and redirect URIs: register, change, disable, delete. Domains and scopes of a client are lib/domains and
// lib/scopes; checking a secret on a request is lib/gate's and lib/oidc's.
export { addRedirectUri } from './add-redirect-uri.ts'
export { type ClientImpact, clientImpact } from './client-impact.ts'
export { type CreatedClient, createClient } from './create-client.ts'
export { createSecret } from './create-secret.ts'
export type { CredentialFinding } from './credential-page.ts'
export { type DeletedClient, deleteClient } from './delete-client.ts'
export { disableClient, enableClient } from './disable-client.ts'
export { type ClientDto, type ClientKind, kindOf, type NewSecretDto, type RedirectUriDto, type SecretDto } from './dto.ts'
export { editSecret } from './edit-secret.ts'
export { type FoundClient, findClients } from './find-clients.ts'
export { type ClientDetail, getClient } from './get-client.ts'
export { type ClientProtocol, getClientProtocol } from './get-protocol.ts'
export { judgeRedirectUri } from './judge-redirect-uri.ts'
export { type ClientPage, type ClientSummary, listClients } from './list-clients.ts'
export { type CredentialDto, type CredentialList, listCredentials } from './list-credentials.ts'
export { type LiveStep, missingForLive } from './missing-for-live.ts'
export { flushSecretUses, noteSecretUse } from './note-secret-use.ts'
export { type ProtocolSettings, protocolSettings, type TokenPolicy } from './protocol-dto.ts'
export { ID_TOKEN_ALGORITHMS, type IdTokenAlgorithm, TOKEN_BOUNDS, type TokenBound } from './protocol-schemas.ts'
export { purgeDeletedClients } from './purge-deleted-clients.ts'
export type { RedirectUriProblem } from './redirect-uri.ts'
export { type ClientMetadata, type RegisteredClient, registerClient } from './register-client.ts'
export { removeRedirectUri } from './remove-redirect-uri.ts'
export { renameClient } from './rename-client.ts'
export { type LeakReport, reportLeak } from './report-leak.ts'
export { restoreClient } from './restore-client.ts'
export { revokeSecret } from './revoke-secret.ts'
export { rotateSecret } from './rotate-secret.ts'
export type {
  AddRedirectUriInput,
  CreateClientInput,
  CreateSecretInput,
  DeleteClientInput,
  EditSecretInput,
  ListClientsInput,
  ListCredentialsInput,
  RenameClientInput,
  ReportLeakInput,
  RotateSecretInput,
  SetSecretDomainsInput,
} from './schemas.ts'
export { type ClientLogo, readLogo, removeLogo, setLogo } from './set-logo.ts'
export { setExchangeSources, setIntrospectors } from './set-partners.ts'
export { setProtocol } from './set-protocol.ts'
export { setSecretDomains } from './set-secret-domains.ts'
export { setTokenPolicy } from './set-token-policy.ts'
export { transferClient } from './transfer-client.ts'
export { updateClient } from './update-client.ts'
