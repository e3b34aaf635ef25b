import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import type { SecurityEventKind } from '#server/features/security-events/security-event.ts'
import { takeUpEvents } from '#server/features/security-events/take-up-events.ts'
import { tellSecurityEvents } from '#server/features/security-events/tell-security-events.ts'
import { languages } from '#server/mail/language.ts'
import { mailsTo } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
})
afterAll(() => world.close())
beforeEach(async () => {
  world.setClock('2026-07-03T12:05:00Z')
  await world.superuser('delete from platform.mail')
  await world.superuser('delete from platform.rate_limit')
  await world.superuser('delete from platform.account_event')
})

const go = () => new AbortController().signal
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

type Facts = { details?: Record<string, string | boolean>; userAgent?: string; address?: string }

async function happen(accountId: string, kind: SecurityEventKind, facts: Facts = {}): Promise<void> {
  const { details = {}, userAgent = firefox, address = '203.0.113.9' } = facts
  const event = { accountId, kind, request: { address, userAgent }, details }
  await recordSecurityEvent(world.services, world.services.platform.db, event)
}

async function history(schema: string): Promise<{ action: string; memberId: string }[]> {
  return world.superuser(
    `select action, member_id as "memberId" from ${schema}.audit_event where action like 'member.%' and id in
      (select id from platform.account_event) order by id`,
  )
}

async function speak(accountId: string, language: string): Promise<void> {
  await world.superuser('update platform.account set language = $2 where id = $1', [accountId, language])
}

test('the owner is told of a sign-in on a new device: when, on what, from where, and what to do', async () => {
  const { mia } = world.acme
  await happen(mia.accountId, 'signed_in', { details: { newDevice: true } })
  await tellSecurityEvents(world.services, go())
  const [mail, ...others] = await mailsTo(world, mia.email)
  expect(others).toEqual([])
  expect(mail?.subject).toBe('New sign-in to your Kontor account')
  for (const part of ['Friday, 3 July 2026 at 14:05 (Brussels time)', 'Firefox, Windows', '203.0.113.9', '/account']) {
    expect(mail?.text).toContain(part)
    expect(mail?.html).toContain(part)
  }
})

test('what everybody does every day is not mailed, and all of it is in the histories', async () => {
  const { mia } = world.acme
  for (const kind of ['signed_in', 'sign_in_failed', 'session_ended', 'email_changed'] as const)
    await happen(mia.accountId, kind)
  await tellSecurityEvents(world.services, go())
  expect(await mailsTo(world, mia.email)).toEqual([])
  expect((await history(world.acme.schema)).map(({ action }) => action)).toEqual([
    'member.signed_in',
    'member.sign_in_failed',
    'member.session_ended',
    'member.email_changed',
  ])
  expect(await history(world.globex.schema)).toEqual([])
})

test('every kind of mail says something of its own in each language', async () => {
  const kinds = [
    'locked',
    'password_changed',
    'password_reset',
    'totp_added',
    'totp_removed',
    'passkey_added',
    'passkey_removed',
    'recovery_code_used',
    'recovery_codes_made',
    'token_used_from_new_network',
  ] as const
  const { tom } = world.acme
  for (const language of languages) {
    await speak(tom.accountId, language)
    for (const kind of kinds) await happen(tom.accountId, kind, { details: { until: '2026-07-03T12:20:00Z' } })
    await tellSecurityEvents(world.services, go())
  }
  const mails = await mailsTo(world, tom.email)
  expect(mails).toHaveLength(kinds.length * languages.length)
  expect(new Set(mails.map(({ subject }) => subject)).size).toBe(mails.length)
  expect(mails.map(({ language }) => language)).toEqual(languages.flatMap(each => kinds.map(() => each)))
  for (const { subject, text, html } of mails) {
    expect(subject).toContain('Kontor')
    expect(`${text}${html}`).not.toMatch(/undefined|\[object|Invalid/)
  }
  expect(mails[0]?.text).toContain('Until Friday, 3 July 2026 at 14:20 (Brussels time)')
  await speak(tom.accountId, 'en')
})

test('five mails of one kind in an hour are enough, and all events are in the history', async () => {
  const { tom } = world.acme
  for (let count = 0; count < 8; count++) await happen(tom.accountId, 'passkey_added')
  await happen(tom.accountId, 'passkey_removed')
  await tellSecurityEvents(world.services, go())
  expect(await mailsTo(world, tom.email)).toHaveLength(6)
  expect(await history(world.acme.schema)).toHaveLength(9)
  world.setClock('2026-07-03T13:05:01Z')
  await happen(tom.accountId, 'passkey_added')
  await tellSecurityEvents(world.services, go())
  expect(await mailsTo(world, tom.email)).toHaveLength(7)
})

test('told by four at once and again, each event is mailed once and stands in the history once', async () => {
  const people = Object.values(world.acme).filter(each => typeof each === 'object')
  for (const { accountId } of people)
    for (const kind of ['locked', 'totp_added', 'password_changed'] as const) await happen(accountId, kind)
  await Promise.all(Array.from({ length: 4 }, () => tellSecurityEvents(world.services, go())))
  await tellSecurityEvents(world.services, go())
  for (const { email } of people) expect(await mailsTo(world, email), email).toHaveLength(3)
  expect(await history(world.acme.schema)).toHaveLength(15)
  expect(await world.superuser('select * from platform.account_event_telling')).toEqual([])
})

test('whoever is killed before the histories are written leaves them to the next, and mails nothing twice', async () => {
  const { mia } = world.acme
  await happen(mia.accountId, 'totp_removed')
  await takeUpEvents(world.services, go())
  expect(await history(world.acme.schema)).toEqual([])
  // Told, and killed before it was struck off the list.
  const listed = await world.superuser('select * from platform.account_event_telling')
  await tellSecurityEvents(world.services, go())
  await world.superuser(
    'insert into platform.account_event_telling (workspace_id, event_id, member_id) values ($1, $2, $3)',
    [listed[0]?.workspace_id, listed[0]?.event_id, listed[0]?.member_id],
  )
  await tellSecurityEvents(world.services, go())
  expect(await history(world.acme.schema)).toEqual([{ action: 'member.totp_removed', memberId: mia.memberId }])
  expect(await mailsTo(world, mia.email)).toHaveLength(1)
})

test('a workspace that cannot be written holds up no other, and is told later, in order', async () => {
  const { mia } = world.acme
  const { hugo } = world.globex
  const { schema } = world.acme
  await world.superuser(`alter function ${schema}.record_account_event_${schema} rename to broken`)
  try {
    await happen(mia.accountId, 'sessions_ended')
    await happen(hugo.accountId, 'sessions_ended')
    await tellSecurityEvents(world.services, go())
    expect(await history(world.globex.schema)).toHaveLength(1)
    await happen(mia.accountId, 'session_ended')
  } finally {
    await world.superuser(`alter function ${schema}.broken rename to record_account_event_${schema}`)
  }
  // It is left alone for a minute, and what came since waits behind what could not be told.
  await tellSecurityEvents(world.services, go())
  expect(await history(world.acme.schema)).toEqual([])
  world.setClock('2026-07-03T12:06:01Z')
  await tellSecurityEvents(world.services, go())
  expect((await history(world.acme.schema)).map(({ action }) => action)).toEqual([
    'member.sessions_ended',
    'member.session_ended',
  ])
})

test('a workspace that is set aside is told once it is back', async () => {
  const { mia } = world.acme
  await world.superuser("update platform.workspace set status = 'broken' where id = $1", [world.acme.id])
  await happen(mia.accountId, 'session_ended')
  await tellSecurityEvents(world.services, go())
  expect(await history(world.acme.schema)).toEqual([])
  await world.superuser("update platform.workspace set status = 'active' where id = $1", [world.acme.id])
  await tellSecurityEvents(world.services, go())
  expect(await history(world.acme.schema)).toHaveLength(1)
})

test('an event that cannot be taken up is passed over, and taken up when it can', async () => {
  const { mia, tom } = world.acme
  await happen(mia.accountId, 'totp_added')
  await happen(tom.accountId, 'totp_added')
  // Something of the platform refuses this one account's list.
  await world.superuser(
    `create function platform.refuse() returns trigger language plpgsql as $$ begin
      if new.member_id = '${mia.memberId}' then raise exception 'refused'; end if; return new; end $$`,
  )
  await world.superuser(
    'create trigger refuse before insert on platform.account_event_telling for each row execute function platform.refuse()',
  )
  await tellSecurityEvents(world.services, go())
  expect(await mailsTo(world, tom.email)).toHaveLength(1)
  expect(await mailsTo(world, mia.email)).toEqual([])
  await world.superuser('drop trigger refuse on platform.account_event_telling')
  await tellSecurityEvents(world.services, go())
  expect(await mailsTo(world, mia.email)).toHaveLength(1)
})

test('a thousand waiting events are told in one go', async () => {
  const { services, acme } = world
  await sql`insert into account_event (id, account_id, at, kind)
    select kontor.uuid7(), ${acme.gus.accountId}, now(), 'sign_in_failed' from generate_series(1, 1000)`.execute(
    services.platform.db,
  )
  await tellSecurityEvents(services, go())
  expect(await history(acme.schema)).toHaveLength(1000)
})

test('a browser that calls itself an address or another header becomes words', async () => {
  const { mia } = world.acme
  for (const userAgent of [
    'http:evil.example/click',
    'evil.example',
    '<b>x</b>\r\nBcc: all@evil.example',
    '\u202egnp.exe',
  ])
    await happen(mia.accountId, 'signed_in', { details: { newDevice: true }, userAgent, address: '2001:db8::7' })
  await tellSecurityEvents(world.services, go())
  const mails = await mailsTo(world, mia.email)
  expect(mails).toHaveLength(4)
  for (const { text, html } of mails) {
    expect(text).toContain('2001:db8::7')
    expect(`${text}${html}`).not.toMatch(/evil\.example|Bcc: all|\u202e/)
    expect(html).not.toContain('<b>')
  }
})

test('somebody without a workspace is mailed, too', async () => {
  const id = uuid7()
  await world.superuser(
    "insert into platform.account (id, email, name, language) values ($1, 'solo@x.example', 'Solo', 'nl')",
    [id],
  )
  await happen(id, 'password_reset')
  await tellSecurityEvents(world.services, go())
  const [mail] = await mailsTo(world, 'solo@x.example')
  expect(mail?.subject).toBe('Je Kontor-wachtwoord is hersteld')
  expect(mail?.text).toContain('vrijdag 3 juli 2026 om 14:05 (tijd in Brussel)')
})

test('the history is asked for one kind; managers may read it, members may not', async () => {
  const { max, mia } = world.acme
  await happen(mia.accountId, 'signed_in', { details: { method: 'password', newDevice: true } })
  await happen(mia.accountId, 'locked', { details: { until: '2026-07-03T12:20:00Z' } })
  await tellSecurityEvents(world.services, go())
  const path = { workspace: 'acme' }
  const query = { action: 'member.signed_in', memberId: mia.memberId } as const
  const { items } = await max.api.listAuditEvents({ path, query })
  expect(items[0]).toMatchObject({
    at: '2026-07-03T12:05:00.000Z',
    entity: 'member',
    entityId: mia.memberId,
    changes: {
      method: { from: null, to: 'password' },
      newDevice: { from: null, to: true },
      network: { from: null, to: '203.0.113.0/24' },
    },
  })
  expect(new Set(items.map(({ action }) => action))).toEqual(new Set(['member.signed_in']))
  await expect(mia.api.listAuditEvents({ path, query })).rejects.toMatchObject({ status: 403 })
})
