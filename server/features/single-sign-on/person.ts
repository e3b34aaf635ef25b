import type { IDToken } from 'openid-client'
import { RefusedSignOn } from '#server/features/single-sign-on/single-sign-on.ts'
import { Email } from '#server/http/schemas.ts'
import { compileCheck } from '#server/http/validation.ts'
import { type Language, languages } from '#server/mail/language.ts'

/** Somebody as their workspace's provider describes them. */
export type Person = { issuer: string; subject: string; email: string; name: string; language: Language }

const faultsOfEmail = compileCheck(Email, 'body')
const google = 'https://accounts.google.com'

/**
 * Whom a provider vouches for: only people with a confirmed address in a domain that the workspace has shown to be its
 * own. @throws RefusedSignOn
 */
export function personOf(claims: IDToken, domains: readonly string[]): Person {
  const { iss: issuer, sub: subject, email: told } = claims
  // OpenID Connect Core, section 2: at most 255 ASCII characters.
  if (!/^[\x21-\x7e]{1,255}$/.test(subject)) throw new RefusedSignOn('sign-on-failed', 'the subject is malformed')
  if (typeof told !== 'string' || faultsOfEmail(told).length > 0) throw new RefusedSignOn('email-missing')
  const email = told.toLowerCase()
  if (!isConfirmed(claims)) throw new RefusedSignOn('email-unverified')
  if (!domains.includes(domainOf(email))) throw new RefusedSignOn('domain-unverified')
  // Anybody can have a private Google account with an address elsewhere; only one with "hd" is the domain's own.
  // https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
  if (issuer === google && !domains.includes(String(claims.hd).toLowerCase()))
    throw new RefusedSignOn('domain-unverified', 'a Google account outside of the organisation')
  return {
    issuer,
    subject,
    email,
    name: nameOf(claims) ?? email.slice(0, email.indexOf('@')),
    language: languageOf(claims),
  }
}

export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1)
}

// Entra ID has no "email_verified" and says instead whether the address lies in a domain of the tenant's own:
// https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
function isConfirmed({ email_verified: confirmed, xms_edov: ownDomain }: IDToken): boolean {
  return confirmed === undefined ? [true, 1, '1', 'true'].some(yes => yes === ownDomain) : confirmed === true
}

function nameOf(claims: IDToken): string | undefined {
  const { name, given_name: given, family_name: family } = claims
  return cleaned(name) || cleaned([cleaned(given), cleaned(family)].join(' ')) || undefined
}

// A language tag (BCP 47), of which the first part counts.
function languageOf({ locale }: IDToken): Language {
  const [told] = String(locale).toLowerCase().split(/[-_]/)
  return languages.find(language => language === told) ?? 'en'
}

// On one line, without what moves or hides the text around it, and as long as a name may be.
function cleaned(text: unknown): string {
  if (typeof text !== 'string') return ''
  const visible = text
    .slice(0, 2000)
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim()
  return Array.from(visible).slice(0, 200).join('').trim()
}
