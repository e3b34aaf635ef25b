import { ConfigError, type Env, readText, readUrl } from '#server/config/env.ts'
import { isLoopback } from '#server/config/loopback.ts'

/** `KONTOR_SMTP_URL`, checked, so that a mistake stops the start and not the first mail. */
export function readSmtpUrl(env: Env): URL | undefined {
  const url = readUrl(env, 'KONTOR_SMTP_URL', ['smtp:', 'smtps:'])
  if (!url) return undefined
  if (!url.hostname) throw new ConfigError('KONTOR_SMTP_URL names no host: give smtp://relay.example.eu:587.')
  if (url.username && !url.password)
    throw new ConfigError('KONTOR_SMTP_URL has a user without a password: give smtp://user:password@host.')
  if (!/^\/?$/.test(url.pathname) || url.hash)
    throw new ConfigError('KONTOR_SMTP_URL has a path: write / and # in a password as %2F and %23.')
  for (const [name, value] of url.searchParams) {
    if (!flags.some(flag => flag === name) || !/^(true|false)$/.test(value))
      throw new ConfigError(`KONTOR_SMTP_URL ends in "${name}=…": it takes requireTLS and ignoreTLS, true or false.`)
  }
  try {
    smtpOptions(url)
  } catch {
    throw new ConfigError('KONTOR_SMTP_URL has a % that is none of an escape: write it as %25.')
  }
  return url
}

const flags = ['requireTLS', 'ignoreTLS'] as const

/** What the URL says, for the client of SMTP. A password crosses a network encrypted, unless the URL says otherwise. */
export function smtpOptions(url: URL) {
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const flag = (name: (typeof flags)[number]) => url.searchParams.get(name)
  const auth = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
  const requireTLS =
    flag('requireTLS') === 'true' || (flag('requireTLS') === null && auth.user !== '' && !isLoopback(host))
  return {
    host,
    port: Number(url.port) || (secure ? 465 : 25),
    secure,
    requireTLS: requireTLS && !secure,
    ignoreTLS: flag('ignoreTLS') === 'true',
    ...(auth.user ? { auth } : {}),
  }
}

/** Whose name mails carry: `Kontor <kontor@example.eu>`, or the address alone. */
export function readMailFrom(env: Env): { name: string; address: string } {
  const text = readText(env, 'KONTOR_MAIL_FROM', 'Kontor <kontor@localhost>')
  const named = text.match(/^(?:"([^"\\<>]*)"|([^"<>,;:@]*?))\s*<([^<>]*)>$/)
  const address = named?.[3] ?? text
  if (!/^[^\s\p{Cc}@<>,;:"\\]+@[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/iu.test(address) || /\p{Cc}/u.test(text))
    throw new ConfigError('KONTOR_MAIL_FROM is no address: give Kontor <kontor@example.eu>.')
  return { name: (named?.[1] ?? named?.[2] ?? '').trim(), address }
}
