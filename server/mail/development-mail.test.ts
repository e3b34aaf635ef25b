import { get } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
let published: World
beforeAll(async () => {
  world = await createWorld()
  published = await createWorld({ env: { KONTOR_PUBLIC_URL: 'https://kontor.example.eu' } })
})
afterAll(() => Promise.all([world.close(), published.close()]))

/** What `/dev/mail` answers to a browser that believes the server to have this name. */
function ask({ url }: World, host: string, headers: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = get(`${url}/dev/mail`, { headers: { ...headers, host } }, answer => {
      answer.setEncoding('utf8')
      let text = ''
      answer.on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () => resolve(text))
    })
    sent.on('error', reject)
  })
}

const shown = 'Mail that Kontor would have sent'

test('mail is shown to whoever is at this machine, by each of its names', async () => {
  for (const host of ['localhost:8080', '127.0.0.1', '[::1]:8080'])
    expect(await ask(world, host), host).toContain(shown)
})

test('mail is not shown under a name of another site, nor to what a proxy passes on', async () => {
  expect(await ask(world, 'rebound.example')).not.toContain(shown)
  expect(await ask(world, 'localhost', { 'x-forwarded-for': '203.0.113.9' })).not.toContain(shown)
})

test('mail is not shown where the server is published, though it listens on loopback', async () => {
  expect(await ask(published, 'localhost')).not.toContain(shown)
  expect(await ask(published, 'kontor.example.eu')).not.toContain(shown)
})
