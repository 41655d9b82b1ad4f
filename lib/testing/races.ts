import pg from 'pg'
import { assertion, authorizeUrl, makeKey, pkce, post, proof, type TestKey, type TokenAnswer } from '#lib/oidc/testing.ts'
import { HttpPerson } from './http-person.ts'
import { originsOf, sharing } from './server-pair.ts'
import type { ServerProcess } from './server-process.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Set by races.config.ts for a long run. */
    raceRounds: number
  }
}

const CALLBACK = 'http://localhost:4999/cb'
export const PERSON = { email: 'racer@example.com', password: 'seven quick foxes at dawn' }

/** Attempts of one round, spread evenly over both processes. */
const ATTEMPTS = 20

export type Code = { code: string; verifier: string }
type Client = { id: string; secret: string }

/** What one round came to. `refusals` counts the losers by error, with the status of those that failed; `alive` are uses that still worked after the race. */
export type Round = { winners: number; refusals: Record<string, number>; alive: string[] }

/** Two processes on one database, a person who is logged in, and clients to race for. */
export class RaceTrack {
  readonly first: ServerProcess
  readonly second: ServerProcess
  readonly person: HttpPerson
  client: Client = { id: '', secret: '' }
  /** Everything that must not be found in the database afterwards. */
  readonly secrets: string[] = [PERSON.password]
  #keyed: { client: Client; key: TestKey } | undefined

  constructor(first: ServerProcess, second: ServerProcess) {
    this.first = first
    this.second = second
    this.person = new HttpPerson(first.url)
  }

  async prepare(): Promise<void> {
    await this.first.cli('user', 'create', '--email', PERSON.email, '--password', PERSON.password, '--name', 'Racer')
    this.client = await this.#makeClient('Races')
    await this.person.logIn(PERSON)
    const key = await makeKey()
    const client = await this.#makeClient('Assertions')
    await this.#query(`UPDATE clients SET token_endpoint_auth_method = 'private_key_jwt', jwks = $2 WHERE id = $1`, [
      client.id,
      { keys: [key.jwk] },
    ])
    this.#keyed = { client, key }
  }

  /** One code, redeemed everywhere at once: one success, and nothing that came of it lives on (RFC 6749 §4.1.2). */
  async code(): Promise<Round> {
    const code = await this.getCode()
    const answers = await this.#atOnce((at) => this.redeem(code, at))
    return this.#judge(answers, await this.#aliveAfter(answers))
  }

  /** One refresh token, used everywhere at once: one success, and its family ends (RFC 9700 §4.14.2). */
  async refreshToken(): Promise<Round> {
    const before = (await this.redeem(await this.getCode(), this.first.url)).body
    const answers = await this.#atOnce((at) => this.refresh(String(before.refresh_token), at))
    return this.#judge(answers, [...(await this.#aliveAfter(answers)), ...(await this.#livingUses(before))])
  }

  /** One client assertion, presented everywhere at once. */
  async assertion(): Promise<Round> {
    if (!this.#keyed) throw new Error('not prepared')
    const { client, key } = this.#keyed
    const form = { grant_type: 'client_credentials', ...(await assertion(key, client.id, this.#issuer)) }
    return this.#judge(await this.#atOnce((at) => post(at, '/oidc/token', form)))
  }

  /** One DPoP proof, presented everywhere at once. */
  async dpopProof(): Promise<Round> {
    const dpop = await proof(await makeKey(), 'POST', `${this.#issuer}/token`)
    return this.#judge(await this.#atOnce((at) => post(at, '/oidc/token', { grant_type: 'client_credentials' }, this.client, { dpop })))
  }

  /** One pushed request, opened everywhere at once by a person who needs no page: one code. */
  async pushedRequest(): Promise<Round> {
    const request = { ...this.#request(pkce().challenge), response_type: 'code', code_challenge_method: 'S256' }
    const pushed = await post(this.origins()[1], '/oidc/request', request, this.client)
    const query = new URLSearchParams({ client_id: this.client.id, request_uri: String(pushed.body.request_uri) })
    const ends = await this.#atOnce((at) => this.person.browser.go(`${at}/oidc/auth?${query}`, at))
    const answers = ends.map(({ status, location, text }) => ({
      status: location?.searchParams.has('code') ? 200 : status,
      body: { error: /invalid_[a-z_]+/.exec(text)?.[0] ?? location?.searchParams.get('error') ?? undefined },
    }))
    return this.#judge(answers)
  }

  /** A fresh code of the person, who is asked nothing but once. */
  async getCode(): Promise<Code> {
    const { verifier, challenge } = pkce()
    const back = await this.person.authorize(authorizeUrl(this.first.url, this.#request(challenge)))
    const code = back.searchParams.get('code') ?? ''
    this.secrets.push(code)
    return { code, verifier }
  }

  async redeem({ code, verifier }: Code, at: string): Promise<TokenAnswer> {
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK }
    return this.#keep(await post(at, '/oidc/token', form, this.client))
  }

  async refresh(token: string, at: string): Promise<TokenAnswer> {
    return this.#keep(await post(at, '/oidc/token', { grant_type: 'refresh_token', refresh_token: token }, this.client))
  }

  /** The status of userinfo for an access token. */
  async userinfo(token: string, at: string): Promise<number> {
    return (await fetch(`${at}/oidc/me`, { headers: { authorization: `Bearer ${token}` } })).status
  }

  origins(): [string, string] {
    return originsOf(this.first, this.second)
  }

  get #issuer(): string {
    return `${this.first.url}/oidc`
  }

  #request(challenge: string): Record<string, string> {
    const { id } = this.client
    return { client_id: id, redirect_uri: CALLBACK, scope: 'openid email offline_access', code_challenge: challenge }
  }

  #keep(answer: TokenAnswer): TokenAnswer {
    for (const name of ['access_token', 'refresh_token', 'id_token']) if (answer.body[name]) this.secrets.push(String(answer.body[name]))
    return answer
  }

  #atOnce<T>(attempt: (at: string) => Promise<T>): Promise<T[]> {
    return Promise.all(Array.from({ length: ATTEMPTS }, (_, index) => attempt(this.origins()[index % 2] as string)))
  }

  #judge(answers: Pick<TokenAnswer, 'status' | 'body'>[], alive: string[] = []): Round {
    const refusals: Record<string, number> = {}
    for (const { status, body } of answers) {
      if (status === 200) continue
      const name = `${status < 500 ? '' : `${status} `}${body.error}`
      refusals[name] = (refusals[name] ?? 0) + 1
    }
    return { winners: answers.filter(({ status }) => status === 200).length, refusals, alive }
  }

  async #aliveAfter(answers: TokenAnswer[]): Promise<string[]> {
    return (await Promise.all(answers.filter(({ status }) => status === 200).map(({ body }) => this.#livingUses(body)))).flat()
  }

  /** Which of a token answer's tokens still work, and where. */
  async #livingUses({ access_token, refresh_token }: TokenAnswer['body']): Promise<string[]> {
    const uses: string[] = []
    for (const at of this.origins()) {
      if ((await this.userinfo(String(access_token), at)) !== 401) uses.push(`access token at ${at}`)
      if ((await this.refresh(String(refresh_token), at)).body.error !== 'invalid_grant') uses.push(`refresh token at ${at}`)
    }
    return uses
  }

  async #makeClient(name: string): Promise<Client> {
    const made = await this.first.cli<{ client_id: string; client_secret: string }>(
      ...['client', 'create', '--owner', PERSON.email, '--name', name, '--redirect-uri', CALLBACK],
    )
    this.secrets.push(made.client_secret)
    return { id: made.client_id, secret: made.client_secret }
  }

  async #query(text: string, values: unknown[]): Promise<void> {
    const client = new pg.Client({ connectionString: sharing(this.first).DATABASE_URL })
    await client.connect()
    await client.query(text, values).finally(() => client.end())
  }
}
