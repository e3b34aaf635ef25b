import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { bootstrap } from '#server/database/bootstrap.ts'
import { serverAt } from '#server/database/server.ts'
import { keys } from '#tests/setup/world.ts'

test('installations that start at once on one PostgreSQL wait for each other, and all of them start', async () => {
  const admin = new pg.Client(inject('postgres'))
  await admin.connect()
  const names = Array.from({ length: 4 }, (_, n) => `beside_${n}`)
  for (const name of names) await admin.query(`create database ${name}`)
  const start = (name: string) => {
    const url = new URL(inject('postgres'))
    url.pathname = `/${name}`
    return bootstrap(serverAt(url.href), keys)
  }
  for (let round = 0; round < 5; round++) await Promise.all(names.map(start))
  for (const name of names) {
    const { rows } = await admin.query(
      `select has_database_privilege('kontor_jobs', $1, 'create') as may, has_database_privilege('kontor_platform', $1, 'create') as others`,
      [name],
    )
    expect(rows).toEqual([{ may: true, others: false }])
    await admin.query(`drop database ${name} with (force)`)
  }
  await admin.end()
})
