import { openBrowser } from '#tests/setup/browser.ts'
import type { Person, World } from '#tests/setup/world.ts'
import { client, type IdentityProvider, type Visitor, visit } from '#tests/sign-on/identity-provider.ts'

/** Where browsers find the Kontor of these tests, as far as providers know. */
export const publicUrl = 'http://localhost:8080'

/** Connects a workspace to a provider, with a domain that counts as verified. */
export async function connect(
  world: World,
  workspace: 'acme' | 'globex',
  admin: Person,
  { issuer, clientSecret = client.clientSecret }: { issuer: string; clientSecret?: string | null },
  domain = `${workspace}.example`,
): Promise<string> {
  const path = { workspace }
  const { items } = await admin.api.listRoles({ path })
  const roleId = items.find(role => role.builtin === 'member')!.id
  await admin.api.connectSingleSignOn({ path, body: { issuer, clientId: client.clientId, clientSecret, roleId } })
  const { items: domains } = await admin.api.listSignOnDomains({ path })
  if (!domains.some(each => each.domain === domain)) await admin.api.addSignOnDomain({ path, body: { domain } })
  await world.superuser(
    'update platform.sign_on_domain set verified_at = now() where workspace_id = $1 and domain = $2',
    [world[workspace].id, domain],
  )
  return roleId
}

type Start = Parameters<World['anyone']['startSingleSignOn']>[0]['body']

/** Signs somebody in at the provider, in a browser of their own. `location` is where they end. */
export async function signInAt(
  world: World,
  provider: IdentityProvider,
  visitor: Visitor | undefined,
  start: Start = { workspace: 'acme' },
) {
  provider.expect(visitor)
  const browser = openBrowser(world)
  const { url } = await browser.api.startSingleSignOn({ body: start })
  const back = await visit(url, provider.issuer)
  const response = await browser.open(back.pathname + back.search)
  return { browser, back, response, location: response.headers.get('location') ?? '' }
}
