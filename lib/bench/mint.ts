import type { Provider } from 'oidc-provider'

export type Mint = { clientId: string; sub: string; redirectUri: string; challenge: string; count: number }

const SCOPE = 'openid profile email offline_access'
/** Longer than a code lives: they are redeemed one after the other. */
const SECONDS = 600
const AT_ONCE = 200

/** Codes as an authorization would end in, each with a grant of its own, without a browser walking there for each. */
export async function mintCodes(provider: Provider, mint: Mint): Promise<string[]> {
  const client = await provider.Client.find(mint.clientId)
  if (!client) throw new Error(`no client ${mint.clientId}`)
  const codes: string[] = []
  while (codes.length < mint.count) {
    const count = Math.min(AT_ONCE, mint.count - codes.length)
    codes.push(...(await Promise.all(Array.from({ length: count }, () => mintOne(provider, client, mint)))))
  }
  return codes
}

type Client = NonNullable<Awaited<ReturnType<Provider['Client']['find']>>>

async function mintOne(provider: Provider, client: Client, { clientId, sub, redirectUri, challenge }: Mint): Promise<string> {
  const grant = new provider.Grant({ clientId, accountId: sub, expiresIn: SECONDS } as never)
  grant.addOIDCScope(SCOPE)
  const grantId = await grant.save()
  const code = new provider.AuthorizationCode({
    client,
    accountId: sub,
    grantId,
    redirectUri,
    scope: SCOPE,
    authTime: Math.floor(Date.now() / 1000),
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    sessionUid: 'minted',
    expiresIn: SECONDS,
  } as never)
  return code.save()
}
