import { HttpPerson } from '#lib/testing/http-person.ts'
import { type ServerProcess, startServer } from '#lib/testing/server-process.ts'

const PERSON = { email: 'interop@example.com', password: 'seven quick foxes at dawn' }

export type Installation = {
  server: ServerProcess
  issuer: string
  /** Logged in, in a browser of their own. */
  person: HttpPerson
  /** Registers an application. */
  addClient: (redirectUri: string) => Promise<{ id: string; secret: string }>
  close: () => Promise<void>
}

/** A server with one person in it. */
export async function startInstallation(): Promise<Installation> {
  // The relying parties are on this machine, at addresses that a log-out must not reach elsewhere.
  const server = await startServer({ env: { ALLOW_PRIVATE_OUTGOING: '1' } })
  await server.cli('user', 'create', '--email', PERSON.email, '--password', PERSON.password, '--name', 'Inter Op')
  const person = new HttpPerson(server.url)
  await person.logIn(PERSON)
  return {
    server,
    issuer: `${server.url}/oidc`,
    person,
    close: () => server.dispose(),
    addClient: async (redirectUri) => {
      const asked = ['--owner', PERSON.email, '--name', 'Interop', '--redirect-uri', redirectUri]
      const made = await server.cli<{ client_id: string; client_secret: string }>('client', 'create', ...asked)
      return { id: made.client_id, secret: made.client_secret }
    },
  }
}
