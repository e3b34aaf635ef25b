import type { Permissions } from '#client'
import { rowsOf } from '#web/roles/matrix.ts'

export const providerKinds = ['entra', 'keycloak', 'google', 'authentik', 'other'] as const
export type ProviderKind = (typeof providerKinds)[number]

/** What the issuers of each look like. Google has one for all. */
export const issuerExamples: Record<ProviderKind, string> = {
  entra: 'https://login.microsoftonline.com/<tenant ID>/v2.0',
  keycloak: 'https://id.acme.example/realms/acme',
  google: 'https://accounts.google.com',
  authentik: 'https://id.acme.example/application/o/kontor/',
  other: 'https://id.acme.example',
}

/** Which kind of provider an issuer is of, as far as its address tells. */
export function kindOf(issuer: string): ProviderKind {
  if (/^https:\/\/login\.microsoftonline\.com\//i.test(issuer)) return 'entra'
  if (/^https:\/\/accounts\.google\.com\/?$/i.test(issuer)) return 'google'
  if (/\/realms\/[^/]+\/?$/.test(issuer)) return 'keycloak'
  if (/\/application\/o\/[^/]+\/?$/.test(issuer)) return 'authentik'
  return 'other'
}

/** Whether somebody may decide on a provider, which signs in admins too: whoever may do everything. */
export function mayDoAll(permissions: Permissions, guest: boolean): boolean {
  return !guest && rowsOf(permissions).every(({ cells }) => cells.every(({ scope }) => scope === 'all'))
}
