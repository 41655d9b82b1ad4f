import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { decrypt, encrypt } from '#lib/secrets/index.ts'
import { answerAgain } from '../refresh-replay.ts'
import { findInitialAccessToken, storeRegistration } from '../registration.ts'
import { requestState } from '../request-state.ts'
import { writeForAnswer } from '../written-answers.ts'
import * as sql from './artifacts.sql.ts'
import { clientMetadata } from './client-metadata.ts'
import { loadClientSnapshot } from './client-snapshot.sql.ts'
import { hashId } from './hash-id.ts'

/** Kinds that the library saves again under the same id. All others are written once. */
const REWRITTEN = new Set(['Session', 'Interaction', 'Grant', 'DeviceCode', 'BackchannelAuthenticationRequest'])

/** Kinds that only the answer of the request needs: they are written while it is made, and it waits for them in the end. */
const FOR_THE_ANSWER = new Set(['AccessToken', 'RefreshToken', 'ClientCredentials'])

/**
 * What oidc-provider stores, on PostgreSQL. Ids are kept as SHA-256, payloads encrypted: a dump of the table redeems nothing.
 * Database errors propagate, because "not found" would be a lie that the library acts on.
 */
class ArtifactAdapter implements Adapter {
  readonly kind: string

  constructor(kind: string) {
    this.kind = kind
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const idHash = hashId(this.kind, id)
    const state = requestState()
    const origin = this.kind === 'Grant' ? state?.grantOrigin : undefined
    const unsaved = payload.grantId && payload.grantId === state?.unsavedGrant?.id ? state.unsavedGrant : undefined
    if (state && unsaved && this.kind !== 'Interaction') {
      delete state.unsavedGrant
      await unsaved.save()
    }
    const row: sql.ArtifactRow = {
      idHash,
      kind: this.kind,
      // An interaction does not stand on the grant that there would be without it.
      grantHash: payload.grantId && this.kind !== 'Interaction' ? hashId('Grant', payload.grantId) : (origin?.parent ?? null),
      uidHash: payload.uid && this.kind === 'Session' ? hashId('uid', payload.uid) : null,
      userCodeHash: payload.userCode ? hashId('userCode', payload.userCode) : null,
      accountSessionId: origin?.accountSessionId ?? null,
      redirectUri: origin?.redirectUri ?? null,
      domainId: origin?.domainId ?? null,
      mode: origin?.mode ?? (this.kind === 'ClientCredentials' ? (state?.secret?.mode ?? null) : null),
      clientId: payload.clientId ?? null,
      // A session outlives its user's account row check: the account session decides there.
      accountId: this.kind === 'Session' || this.kind === 'Interaction' ? null : (payload.accountId ?? null),
      scope: typeof payload.scope === 'string' ? payload.scope : null,
      payload: encrypt('oidc-artifact', JSON.stringify(payload), idHash),
      expiresAt: expiresIn ? new Date(Date.now() + expiresIn * 1000) : null,
    }
    if (this.kind === 'Grant') state?.grantsFound.delete(idHash.toString('hex'))
    const written = REWRITTEN.has(this.kind) ? sql.upsertArtifact(row) : sql.insertArtifact(row)
    if (state && FOR_THE_ANSWER.has(this.kind)) writeForAnswer(state, written)
    else await written
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const idHash = hashId(this.kind, id)
    const state = requestState()
    if (this.kind !== 'Grant') {
      const row = await sql.findArtifact(idHash)
      const grant = row && sql.grantOf(row)
      if (grant) state?.grantsFound.set(grant.id_hash.toString('hex'), grant)
      return this.open(row)
    }
    const row = state?.grantsFound.get(idHash.toString('hex')) ?? (await sql.findArtifact(idHash))
    if (row) state?.grantsRead.set(id, { redirectUri: row.redirect_uri, domainId: row.domain_id, accountSessionId: row.account_session_id })
    return this.open(row)
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.open(await sql.findArtifactByUid(hashId('uid', uid)))
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.open(await sql.findArtifactByUserCode(hashId('userCode', userCode)))
  }

  /** Single use by compare-and-set. The loser of a race ends the whole family (RFC 9700 §4.14.2) and gets `invalid_grant`. */
  async consume(id: string): Promise<void> {
    const idHash = hashId(this.kind, id)
    if (await sql.consumeArtifact(idHash)) return
    if (this.kind === 'PushedAuthorizationRequest') throw new errors.InvalidRequestUri('request_uri was already used')
    if (this.kind === 'RefreshToken') await answerAgain()
    await sql.killFamilyOf(idHash)
    throw new errors.InvalidGrant(`${this.kind} was already used`)
  }

  async destroy(id: string): Promise<void> {
    const idHash = hashId(this.kind, id)
    requestState()?.grantsFound.delete(idHash.toString('hex'))
    await sql.destroyArtifact(idHash)
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await sql.destroyByGrant(hashId('Grant', grantId), this.kind)
  }

  private open(row: sql.FoundGrant | undefined): AdapterPayload | undefined {
    if (!row) return undefined
    const payload = JSON.parse(decrypt('oidc-artifact', row.payload, row.id_hash).toString()) as AdapterPayload
    if (row.consumed_at) payload.consumed = Math.floor(row.consumed_at.getTime() / 1000)
    return payload
  }
}

/** Clients come from their own tables, read anew at each request, and are never written by the library. */
class ClientAdapter extends ArtifactAdapter {
  override async find(id: string): Promise<AdapterPayload | undefined> {
    const state = requestState()
    // Two reads of one request must see one client, or its checks could pass on different states of it.
    const snapshot = state?.clients.get(id) ?? (await loadClientSnapshot(id))
    if (!snapshot) return undefined
    state?.clients.set(id, snapshot)
    return clientMetadata(snapshot) as AdapterPayload
  }

  override async upsert(_id: string, payload: AdapterPayload): Promise<void> {
    await storeRegistration(payload)
  }

  override async destroy(): Promise<void> {
    throw new Error('clients are not written through the protocol')
  }
}

/** Initial access tokens are lib/registrations': only asked for, never written by the library. */
class InitialAccessTokenAdapter extends ArtifactAdapter {
  override find(value: string): Promise<AdapterPayload | undefined> {
    return findInitialAccessToken(value)
  }

  override async upsert(): Promise<void> {
    throw new Error('initial access tokens are not made through the protocol')
  }
}

/** The adapter of one kind, as the library asks for it. */
export function createAdapter(kind: string): Adapter {
  if (kind === 'InitialAccessToken') return new InitialAccessTokenAdapter(kind)
  return kind === 'Client' ? new ClientAdapter(kind) : new ArtifactAdapter(kind)
}
