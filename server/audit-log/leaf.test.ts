import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { AuditEvent } from '#server/features/audit/audit-event.ts'
import { canonicalJson } from './canonical-json.ts'
import { commitment, fieldSalt, LeafError, leafOf, saltsByField, saltsFrom, saltsOf } from './leaf.ts'

const s = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')
const event: AuditEvent = {
  id: '0199a2c4-0000-7000-8000-000000000001',
  at: '2026-11-23T08:30:00.123Z',
  entity: 'task',
  entityId: '0199a2c4-0000-7000-8000-000000000002',
  taskId: '0199a2c4-0000-7000-8000-000000000002',
  projectId: null,
  action: 'task.updated',
  memberId: '0199a2c4-0000-7000-8000-000000000003',
  memberName: 'Mia Müller 👩🏽‍🚀',
  tokenId: null,
  tokenName: null,
  job: null,
  requestId: 'req-1',
  address: '192.0.2.7',
  reason: null,
  erased: [],
  changes: {
    title: { from: 'Angebot', to: 'Angebot "B"\n' },
    assigneeId: { from: null, to: 'x', fromName: null, toName: 'Tom' },
  },
}

test('a leaf is what docs/audit-format.md says, worked out by hand', () => {
  const sha256 = (...parts: (Buffer | string)[]) =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
  const salt = (field: string) => sha256(s, field).subarray(0, 16)
  const commit = (field: string, json: string) => sha256(salt(field), json).toString('base64')
  const fields =
    `{"address":"${commit('address', '"192.0.2.7"')}",` +
    `"changes.assigneeId":"${commit('changes.assigneeId', '{"from":null,"fromName":null,"to":"x","toName":"Tom"}')}",` +
    `"changes.title":"${commit('changes.title', '{"from":"Angebot","to":"Angebot \\"B\\"\\n"}')}",` +
    `"memberName":"${commit('memberName', '"Mia Müller 👩🏽‍🚀"')}"}`
  const data =
    `{"action":"task.updated","at":"2026-11-23T08:30:00.123Z","entity":"task",` +
    `"entityId":"${event.entityId}","fields":${fields},"id":"${event.id}","job":null,"memberId":"${event.memberId}",` +
    `"projectId":null,"requestId":"req-1","taskId":"${event.taskId}","tokenId":null,"v":1}`
  expect(canonicalJson(JSON.parse(data))).toBe(data)
  expect(leafOf(event, saltsFrom(s)).equals(sha256('\0', data))).toBe(true)
})

test('a salt is the first half of SHA-256(s ‖ name)', () => {
  expect(fieldSalt(s, 'changes.title').toString('hex')).toBe(
    createHash('sha256').update(s).update('changes.title').digest('hex').slice(0, 32),
  )
})

test('erasing fields leaves the leaf as it was', () => {
  const salts = saltsByField(event, saltsFrom(s))
  expect(Object.keys(salts)).toEqual(['changes.title', 'changes.assigneeId', 'memberName', 'address'])
  const left = (field: string, value: unknown) => commitment(fieldSalt(s, field), value)
  const erasedEvent: AuditEvent = {
    ...event,
    memberName: null,
    erased: ['memberName'],
    changes: { ...event.changes, title: { from: null, to: null, erased: left('changes.title', event.changes.title) } },
  }
  const { 'changes.title': _, memberName: __, ...rest } = salts
  const leaf = leafOf(erasedEvent, saltsOf(rest), { memberName: left('memberName', event.memberName) })
  expect(leaf.equals(leafOf(event, saltsFrom(s)))).toBe(true)
})

test('another fact, value or salt is another leaf', () => {
  const leaf = leafOf(event, saltsFrom(s))
  const facts = ['id', 'at', 'entity', 'entityId', 'taskId', 'projectId', 'action', 'memberId', 'tokenId'] as const
  const others = ['job', 'requestId', 'memberName', 'tokenName', 'address', 'reason'] as const
  for (const name of [...facts, ...others])
    expect(leafOf({ ...event, [name]: 'other' }, saltsFrom(s)).equals(leaf), name).toBe(false)
  const changes = { ...event.changes, title: { from: 'Angebot', to: '' } }
  expect(leafOf({ ...event, changes }, saltsFrom(s)).equals(leaf)).toBe(false)
  expect(leafOf(event, saltsFrom(Buffer.alloc(16))).equals(leaf)).toBe(false)
})

test('a field without a salt, and a commitment that is none, are refused', () => {
  expect(() => leafOf(event, saltsOf({}))).toThrow(LeafError)
  expect(() => leafOf(event, saltsOf({ ...saltsByField(event, saltsFrom(s)), address: 'AAAA' }))).toThrow(LeafError)
  expect(() => leafOf(event, saltsFrom(s), { reason: 'gone' })).toThrow(LeafError)
})
