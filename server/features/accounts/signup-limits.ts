import { domainToASCII } from 'node:url'
import { getDomain } from 'tldts'
import { networkOf } from '#server/http/network.ts'
import { problem } from '#server/http/problems.ts'
import { bucketOf, takeFromLimits } from '#server/limits/rate-limit.ts'
import { isPublicMailbox } from '#server/mail/public-mailboxes.ts'
import type { Services } from '#server/services.ts'

const anHour = 60 * 60
/**
 * Counts a signup against the limits of its network and of the domain of its address, known or not. Who shares a public
 * provider's domain has nothing to do with one another: there each mailbox counts by itself.
 * @throws 429 with Retry-After.
 */
export async function requireSignupAllowed(
  services: Services,
  { email, address }: { email: string; address: string },
): Promise<void> {
  const { perAddress, perDomain } = services.config.signupsPerHour
  const { mailbox, domain } = countedAs(email)
  const waitSeconds = await takeFromLimits(services, [
    { bucket: bucketOf('signup-network', networkOf(address, { v4Bits: 32 })), limit: perAddress, seconds: anHour },
    {
      bucket: bucketOf('signup-domain', isPublicMailbox(domain) ? mailbox : domain),
      limit: perDomain,
      seconds: anHour,
    },
  ])
  if (waitSeconds > 0)
    throw problem('too-many-requests', 'Too many signups came from here: try again later.', {
      retryAfterSeconds: waitSeconds,
    })
}

const mostMails = 5

/**
 * Counts a mail about a signup against what one mailbox is sent in an hour: nobody fills the mailbox of somebody else.
 * To be kept to oneself, or anybody would learn who has just signed up and not yet confirmed. @returns whether to mail.
 */
export async function maySendSignupMail(services: Services, email: string): Promise<boolean> {
  const bucket = bucketOf('signup-mail', countedAs(email).mailbox)
  return (await takeFromLimits(services, [{ bucket, limit: mostMails, seconds: anHour }])) === 0
}

/**
 * An address as the limits see it: its mailbox without tag, dots and case, and its registrable domain (the public suffix
 * list, private suffixes included, so that customers of one host do not count as one). Mail goes to what was typed.
 */
export function countedAs(email: string): { mailbox: string; domain: string } {
  const at = email.lastIndexOf('@')
  const host = domainToASCII(email.slice(at + 1).normalize('NFKC')).toLowerCase() || email.slice(at + 1).toLowerCase()
  const registrable = getDomain(host, { allowPrivateDomains: true }) ?? host
  const domain = aliases.get(registrable) ?? registrable
  const [local = ''] = email.slice(0, at).normalize('NFKC').toLowerCase().split('+')
  return { mailbox: `${local.replaceAll('.', '')}@${domain}`, domain }
}

/** Two names of the same mailboxes. */
const aliases = new Map([
  ['googlemail.com', 'gmail.com'],
  ['protonmail.com', 'proton.me'],
  ['pm.me', 'proton.me'],
  ['me.com', 'icloud.com'],
  ['mac.com', 'icloud.com'],
])
