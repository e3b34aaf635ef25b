import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, createClient } from '#client'
import { apiToken, hashToken } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { createWorkspaceFor } from '#server/features/workspaces/create-workspace-for.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

const workspaces = 50
const requests = 2_000
const atOnce = 200

type Tenant = { slug: string; api: Client; projectId: string }
let world: World
let tenants: Tenant[]

beforeAll(async () => {
  world = await createWorld()
  tenants = []
  for (let n = 0; n < workspaces; n++) tenants.push(await createTenant(`tenant-${n}`))
}, 60_000)
afterAll(() => world.close())

async function createTenant(slug: string): Promise<Tenant> {
  const { ada } = world.acme
  const { id, schema, admin } = await createWorkspaceFor(world.services, {
    name: slug,
    slug,
    plan: 'pro',
    owner: { accountId: ada.accountId, email: ada.email, name: 'Ada' },
  })
  const token = apiToken()
  await world.services.workspaces.system({ id, slug, schema, loginKey: 1 }, db =>
    db
      .insertInto('api_token')
      .values({ id: uuid7(), member_id: admin.memberId, name: 'test', token_hash: hashToken(token) })
      .execute(),
  )
  const api = createClient({ baseUrl: world.url, token })
  const project = await api.createProject({ path: { workspace: slug }, body: { name: slug } })
  return { slug, api, projectId: project.id }
}

test(`${atOnce} requests at once over ${workspaces} workspaces see only their own rows, and none fails`, async () => {
  let next = 0
  const wrong: string[] = []
  const worker = async () => {
    for (let n = next++; n < requests; n = next++) {
      const { slug, api, projectId } = tenants[(n * 7) % workspaces]!
      const path = { workspace: slug }
      if (n % 3 === 0) await api.createTask({ path, body: { projectId, title: `${slug} ${n}` } })
      const { items } = await api.listTasks({ path, query: { limit: 50, sort: 'created' } })
      wrong.push(
        ...items
          .filter(task => !task.title.startsWith(`${slug} `) || task.projectId !== projectId)
          .map(task => task.title),
      )
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  expect(wrong).toEqual([])
  expect(world.services.database.connections.count().total).toBeLessThanOrEqual(120)
}, 120_000)
