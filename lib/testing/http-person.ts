import { TestBrowser } from '#lib/oidc/testing.ts'

export type Person = { email: string; password: string }

/** Someone without a screen: reads pages' forms, fills them in and sends them, as a browser without JavaScript would. */
export class HttpPerson {
  readonly browser = new TestBrowser()
  readonly origin: string

  constructor(origin: string) {
    this.origin = origin
  }

  /** Logs in on the log-in page. @throws Error when that fails. */
  async logIn({ email, password }: Person): Promise<void> {
    const page = await this.browser.go('/login', this.origin)
    const end = await this.#send(formIn(page.text, 'name="password"'), { email, password })
    if (end.url.pathname !== '/clients') throw new Error(`log-in ended at ${end.url.pathname}`)
  }

  /** Follows an authorization request, allowing what is asked, to the redirect back to the application. */
  async authorize(url: string): Promise<URL> {
    let end = await this.browser.go(url, this.origin)
    if (!end.location) end = await this.#send(formIn(end.text, 'name="answer"'), { answer: 'allow' })
    if (!end.location) throw new Error(`no redirect back, but ${end.status} at ${end.url.pathname}`)
    return end.location
  }

  #send(form: Form, fields: Record<string, string>) {
    const body = new URLSearchParams({ ...form.hidden, ...fields }).toString()
    return this.browser.go(form.action, this.origin, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: this.origin },
    })
  }
}

type Form = { action: string; hidden: Record<string, string> }

/** The form of a page that holds `marker`. @throws Error when there is none. */
function formIn(html: string, marker: string): Form {
  const forms = html.match(/<form[\s\S]*?<\/form>/g) ?? []
  const form = forms.find((text) => text.includes(marker))
  if (!form) throw new Error(`no form with ${marker} in: ${html.replace(/<script[\s\S]*?<\/script>/g, '').slice(0, 2000)}`)
  const hidden: Record<string, string> = {}
  for (const input of form.match(/<input[^>]*type="hidden"[^>]*>/g) ?? []) {
    hidden[attribute(input, 'name')] = attribute(input, 'value')
  }
  return { action: attribute(form, 'action'), hidden }
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
  return value.replaceAll('&amp;', '&').replaceAll('&quot;', '"')
}
