import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCheckpoint, parseCheckpoint } from '#server/audit-log/checkpoint.ts'
import { signCheckpoint } from '#server/features/audit/sign-checkpoint.ts'
import { sealAll } from '#tests/setup/seal-all.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
const sizes: number[] = []
const roots = new Map<number, string>()
beforeAll(async () => {
  world = await createWorld()
  for (let n = 0; n < 12; n++) {
    await addTags([1, 2, 3, 5, 250, 40, 1, 0, 17, 300, 64, 9][n]!, `round ${n}`)
    const { size, root } = await signCheckpoint(world.services, acme())
    if (sizes.at(-1) !== size) sizes.push(size)
    roots.set(size, root.toString('base64'))
  }
})
afterAll(() => world.close())

const acme = () => ({ id: world.acme.id, slug: 'acme', schema: world.acme.schema, loginKey: 1 })
const addTags = (count: number, prefix: string) =>
  world.asWorkspace(
    world.acme.schema,
    `insert into tag (id, name) select gen_random_uuid(), '${prefix} ' || n from generate_series(1, ${count}) n`,
  )
const eventAt = async (index: number) => {
  const [row] = await world.superuser<{ id: string }>(
    `select event_id as id from ${world.acme.schema}.audit_leaf where index = $1`,
    [index],
  )
  return row!.id
}

// RFC 9162, sections 2.1.3.2 and 2.1.4.2, word by word, with nothing of ours.
const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
const node = (left: Buffer, right: Buffer) => sha256(Buffer.of(1), left, right)
const bytes = (text: string) => Buffer.from(text, 'base64')

function includes(leaf: Buffer, index: number, size: number, path: Buffer[]): Buffer | undefined {
  let [fn, sn, r] = [BigInt(index), BigInt(size - 1), leaf]
  for (const p of path) {
    if (sn === 0n) return undefined
    if (fn % 2n === 1n || fn === sn) {
      r = node(p, r)
      while (fn % 2n === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n]
    } else r = node(r, p)
    ;[fn, sn] = [fn >> 1n, sn >> 1n]
  }
  return sn === 0n ? r : undefined
}

function grows(first: number, second: number, firstHash: Buffer, secondHash: Buffer, proof: Buffer[]): boolean {
  const path = (first & (first - 1)) === 0 ? [firstHash, ...proof] : proof
  let [fn, sn] = [BigInt(first - 1), BigInt(second - 1)]
  while (fn % 2n === 1n) [fn, sn] = [fn >> 1n, sn >> 1n]
  let [fr, sr] = [path[0]!, path[0]!]
  for (const c of path.slice(1)) {
    if (sn === 0n) return false
    if (fn % 2n === 1n || fn === sn) {
      fr = node(c, fr)
      sr = node(c, sr)
      while (fn % 2n === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n]
    } else sr = node(sr, c)
    ;[fn, sn] = [fn >> 1n, sn >> 1n]
  }
  return sn === 0n && fr.equals(firstHash) && sr.equals(secondHash)
}

// The format's own words (docs/audit-format.md): keys sorted, no white space.
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`
}

type Event = Awaited<ReturnType<World['acme']['ada']['api']['getAuditEvent']>>
type Proof = Awaited<ReturnType<World['acme']['ada']['api']['proveAuditEvent']>>

function leafOf(event: Event, { salts, erased }: Proof): Buffer {
  const { id, at, entity, entityId, taskId, projectId, action, memberId, tokenId, job, requestId } = event
  const values: Record<string, unknown> = {}
  for (const [name, change] of Object.entries(event.changes)) values[`changes.${name}`] = change
  for (const name of ['memberName', 'tokenName', 'address', 'reason'] as const)
    if (event[name] !== null) values[name] = event[name]
  const fields = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      sha256(bytes(salts[name]!), Buffer.from(canonical(value))).toString('base64'),
    ]),
  )
  const facts = { id, at, entity, entityId, taskId, projectId, action, memberId, tokenId, job, requestId }
  const data = canonical({ v: 1, ...facts, fields: { ...fields, ...erased } })
  return sha256(Buffer.of(0), Buffer.from(data))
}

test('an event and its proof make the root that the checkpoint signs', async () => {
  const size = sizes.at(-1)!
  const { ada } = world.acme
  for (const index of [0, 1, 2, 255, 256, 257, 511, 512, size - 2, size - 1]) {
    const event = await eventAt(index)
    const shown = await ada.api.getAuditEvent({ path: { ...path, event } })
    const proof = await ada.api.proveAuditEvent({ path: { ...path, event } })
    expect(proof).toMatchObject({ index, size })
    const leaf = leafOf(shown, proof)
    expect(leaf.toString('base64')).toBe(proof.leafHash)
    const root = includes(leaf, index, size, proof.hashes.map(bytes))
    expect(root?.toString('base64')).toBe(roots.get(size))
    const signed = openCheckpoint(proof.checkpoint, world.services.auditKeys.signing())
    expect([signed.size, signed.root.toString('base64')]).toEqual([size, roots.get(size)])
  }
})

test('with another value, at another place or without a hash the proof makes another root', async () => {
  const { ada } = world.acme
  const size = sizes.at(-1)!
  const event = await eventAt(300)
  const shown = await ada.api.getAuditEvent({ path: { ...path, event } })
  const proof = await ada.api.proveAuditEvent({ path: { ...path, event } })
  const hashes = proof.hashes.map(bytes)
  const root = bytes(roots.get(size)!)
  const changed = { ...shown, changes: { ...shown.changes, name: { from: null, to: 'another' } } }
  expect(includes(leafOf(changed, proof), 300, size, hashes)).not.toEqual(root)
  expect(includes(leafOf(shown, proof), 301, size, hashes)).not.toEqual(root)
  expect(includes(leafOf(shown, proof), 300, size, hashes.slice(1))).toBeUndefined()
})

test('any two checkpoints are consistent by the proof between them', async () => {
  for (const from of sizes)
    for (const to of sizes.filter(size => size > from)) {
      const proof = await world.acme.ada.api.proveAuditConsistency({ path, query: { from, to } })
      expect([proof.fromHash, proof.toHash]).toEqual([roots.get(from), roots.get(to)])
      const [first, second] = [bytes(proof.fromHash), bytes(proof.toHash)]
      expect(grows(from, to, first, second, proof.hashes.map(bytes)), `${from}–${to}`).toBe(true)
      expect(grows(from, to, sha256(first), second, proof.hashes.map(bytes)), `${from}–${to}`).toBe(false)
    }
})

test('a tree that there has not been yet, or that shrinks, is refused with the field that is wrong', async () => {
  const size = sizes.at(-1)!
  const ask = (query: { from: number; to: number }) => world.acme.ada.api.proveAuditConsistency({ path, query })
  await expect(ask({ from: 1, to: size + 1 })).rejects.toMatchObject({ status: 422 })
  await expect(ask({ from: 5, to: 4 })).rejects.toMatchObject({ status: 422 })
  expect((await ask({ from: size, to: size })).hashes).toEqual([])
})

test('an event that no checkpoint covers yet is answered with when to ask again', async () => {
  const { ada } = world.acme
  await addTags(1, 'too new')
  const { items } = await ada.api.listAuditEvents({ path, query: { limit: 1 } })
  const event = items[0]!.id
  const prove = () => ada.api.proveAuditEvent({ path: { ...path, event } })
  await expect(prove()).rejects.toMatchObject({ status: 409, code: 'not-signed-yet' })
  await sealAll(world.services, acme())
  await expect(prove()).rejects.toMatchObject({ status: 409 })
  await signCheckpoint(world.services, acme())
  expect(parseCheckpoint(`${(await prove()).checkpoint.split('\n\n')[0]}\n`).size).toBe((await prove()).size)
})
