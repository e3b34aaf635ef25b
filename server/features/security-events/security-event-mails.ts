import type { Config } from '#server/config/config.ts'
import { type MailedKind, texts } from '#server/features/security-events/security-event-texts.ts'
import { describeDevice } from '#server/features/sessions/session.ts'
import type { Language } from '#server/mail/language.ts'
import { type Piece, writeLetter } from '#server/mail/letter.ts'
import { nameInMail } from '#server/mail/link.ts'
import type { Mail } from '#server/mail/mail.ts'
import { spellInstant } from '#server/mail/spell-instant.ts'

export type ToldEvent = {
  kind: string
  at: string
  address: string | null
  userAgent: string
  details: Record<string, unknown>
}
type Owner = { email: string; language: Language }

/** The mail that tells the owner of an account what happened to it; undefined for what everybody does every day. */
export function securityEventMail(config: Config, { email, language }: Owner, event: ToldEvent): Mail | undefined {
  const { kind, details } = event
  if (!isMailed(kind) || (kind === 'signed_in' && details.newDevice !== true)) return undefined
  const words = texts[language]
  const { subject, said, otherwise } = words.kinds[kind]
  const isUntil = typeof details.until === 'string' && !Number.isNaN(Date.parse(details.until))
  const until = isUntil ? words.until(spellInstant(String(details.until), language)) : undefined
  // Whoever has the new password is not helped by a page that asks for it.
  const isTaken = kind === 'password_changed' || kind === 'password_reset'
  const pieces: Piece[] = [
    said,
    { facts: factsOf(event, language) },
    ...(until ? [until] : []),
    otherwise ?? words.otherwise,
    isTaken ? { button: words.reset, path: '/reset-password' } : buttonFor(event, language),
  ]
  return writeLetter(config, email, language, { subject, pieces })
}

function isMailed(kind: string): kind is MailedKind {
  return Object.hasOwn(texts.en.kinds, kind)
}

// A browser says of itself what it likes to.
function factsOf({ at, address, userAgent, details }: ToldEvent, language: Language): [string, string][] {
  const { labels } = texts[language]
  const device = userAgent ? nameInMail(describeDevice(userAgent)) : ''
  return [
    [labels.when, spellInstant(at, language)],
    ...(device && device !== 'Unknown' ? [[labels.device, device] satisfies [string, string]] : []),
    ...(address ? [[labels.address, address.replace(/\/\d+$/, '')] satisfies [string, string]] : []),
    ...(['token', 'workspace', 'network'] as const).flatMap((name): [string, string][] => {
      const value = details[name]
      return typeof value === 'string' ? [[labels[name], isNetwork(value) ? value : nameInMail(value)]] : []
    }),
  ]
}

// Digits and a length, which no mail program makes a link of.
function isNetwork(text: string): boolean {
  return /^[\da-f.:]+\/\d{1,3}$/.test(text)
}

function buttonFor({ details }: ToldEvent, language: Language): Piece {
  const { tokens, account } = texts[language]
  if (typeof details.token !== 'string' || typeof details.workspace !== 'string')
    return { button: account, path: '/account' }
  return { button: tokens, path: `/w/${encodeURIComponent(details.workspace)}/settings/tokens` }
}
