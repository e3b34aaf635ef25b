import { type Client, createClient } from '#client'
import type { Mail } from '#server/mail/mail.ts'
import { checkedFetch } from '#tests/setup/checked-fetch.ts'
import { password, type World } from '#tests/setup/world.ts'

export type Browser = {
  api: Client
  /** The session's cookie as it stands, without attributes. */
  cookie(): string | undefined
  /** The attributes with which the server set it last. */
  setCookie(): string | undefined
  /** All cookies that it sends. */
  cookies(): string
  /** Opens an address of the server as a link does, without following where it leads. */
  open(path: string): Promise<Response>
}

/** A client that keeps cookies and says, as browsers do, that it calls from the same origin. */
export function openBrowser({ url }: Pick<World, 'url'>, headers: Record<string, string> = {}): Browser {
  const jar = new Map<string, string>()
  let setCookie: string | undefined
  const cookies = () => [...jar.values()].join('; ')
  const keepingCookies: typeof fetch = async (input, init) => {
    const response = await checkedFetch(input, init)
    for (const line of response.headers.getSetCookie()) {
      const [cookie = ''] = line.split(';')
      const [name = ''] = cookie.split('=')
      if (/Max-Age=0/.test(line)) jar.delete(name)
      else jar.set(name, cookie)
      if (isOfSession.test(name)) setCookie = line
    }
    return response
  }
  const sent = () => ({ ...headers, ...(jar.size > 0 ? { Cookie: cookies() } : {}) })
  const api = createClient({
    baseUrl: url,
    headers: () => ({ 'Sec-Fetch-Site': 'same-origin', ...sent() }),
    fetch: keepingCookies,
  })
  const open = (path: string) => keepingCookies(`${url}${path}`, { headers: sent(), redirect: 'manual' })
  const cookie = () => jar.entries().find(([name]) => isOfSession.test(name))?.[1]
  return { api, cookie, setCookie: () => setCookie, cookies, open }
}

const isOfSession = /^(__Host-)?kontor$/

/** A browser in which somebody is signed in. */
export async function signedInAs(world: World, { email }: { email: string }): Promise<Browser> {
  const browser = openBrowser(world)
  await browser.api.signIn({ body: { email, password } })
  return browser
}

/** The mails that wait for somebody, oldest first. */
export async function mailsTo({ services }: World, address: string): Promise<Mail[]> {
  const rows = await services.platform.db.selectFrom('mail').select(['id', 'payload']).orderBy('id').execute()
  const mails = rows.map(
    ({ id, payload }): Mail =>
      JSON.parse(services.sealer.open({ workspace: 'platform', column: 'mail.payload', row: id }, payload)),
  )
  return mails.filter(mail => mail.to === address)
}

/** The code in the newest mail to somebody. */
export async function codeTo(world: World, address: string): Promise<string> {
  const mail = (await mailsTo(world, address)).at(-1)
  return mail?.text.match(/\b\d{6}\b/)?.[0] ?? ''
}
