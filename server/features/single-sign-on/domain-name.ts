import { domainToASCII } from 'node:url'
import { parse } from 'tldts'
import { fieldProblem } from '#server/http/problems.ts'
import { isPublicMailbox } from '#server/mail/public-mailboxes.ts'

const labels = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]+$/

/** A domain as the DNS writes it. @throws a problem at `/domain` for what cannot be an organisation's own. */
export function readDomain(told: string): string {
  const text = told.trim().replace(/\.$/, '')
  // What a URL has around its host would be dropped without a word.
  const domain = /[\s/?#@:\\%[\]]/.test(text) ? '' : domainToASCII(text.toLowerCase())
  const { domain: registrable, isIp } = parse(domain, { allowPrivateDomains: true })
  if (!registrable || isIp || domain.length > 253 || !labels.test(domain))
    throw fieldProblem('/domain', 'must be a domain that one can register, such as acme.example', 'rule-broken')
  if (isPublicMailbox(registrable))
    throw fieldProblem('/domain', 'gives addresses to everybody, so it is no organisation’s own', 'rule-broken')
  return domain
}
