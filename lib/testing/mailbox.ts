import { EventEmitter, once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type ReceivedMail = { to: string; from: string; subject: string; text: string; html: string }

/** A mail server in this process that keeps what it receives. */
export class Mailbox {
  readonly received: ReceivedMail[] = []
  readonly #arrival = new EventEmitter()
  readonly #server: SMTPServer

  constructor() {
    this.#server = new SMTPServer({
      // Plain and open: nodemailer would otherwise upgrade to TLS and refuse the self-signed certificate.
      disabledCommands: ['STARTTLS', 'AUTH'],
      authOptional: true,
      onData: (stream, session, done) => {
        simpleParser(stream).then((mail) => {
          const to = session.envelope.rcptTo.map(({ address }) => address).join(',')
          this.received.push({ to, from: mail.from?.text ?? '', subject: mail.subject ?? '', text: mail.text ?? '', html: mail.html || '' })
          this.#arrival.emit('mail')
          done()
        }, done)
      },
    })
  }

  /** Starts listening; the URL is for `SMTP_URL`. */
  async start(): Promise<string> {
    const { server } = this.#server
    this.#server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  /** The newest mail to `address` after the first `skip` ones, waiting for it. @throws Error when none comes in 15 s. */
  async next(address: string, skip = 0): Promise<ReceivedMail> {
    const signal = AbortSignal.timeout(15_000)
    for (;;) {
      const mail = this.to(address)[skip]
      if (mail) return mail
      await once(this.#arrival, 'mail', { signal }).catch(() => {
        throw new Error(
          `no mail to ${address} came; received: ${this.received.map(({ to, subject }) => `${to} "${subject}"`).join(', ') || 'nothing'}`,
        )
      })
    }
  }

  /** The 6-digit code in the mail that `next` gives. */
  async code(address: string, skip = 0): Promise<string> {
    const { text } = await this.next(address, skip)
    const code = /(?<!\d)\d{6}(?!\d)/.exec(text.replace(/(?<=\d) (?=\d)/g, ''))?.[0]
    if (!code) throw new Error(`no code in the mail: ${text}`)
    return code
  }

  /** What came for `address`, oldest first. */
  to(address: string): ReceivedMail[] {
    return this.received.filter(({ to }) => to.toLowerCase() === address.toLowerCase())
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}
