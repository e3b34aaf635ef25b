import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendWaitingResets } from '#server/features/password-resets/index.ts'
import { mailsTo } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
})
afterAll(() => world.close())

test.each([
  'ada@acme.example\u0000',
  'ａda@acme.example',
  'ada@ácme.example',
  'ada\u200b@acme.example',
  'a\u0301da@acme.example',
  'ada@acme。example',
  'ada@acme.example\r\nBcc: evil@example.com',
  '"ada"@acme.example',
  'ada@[127.0.0.1]',
  `${'a'.repeat(250)}@b.example`,
])('an odd address (%j) is no 5xx, and finds nobody else’s account', async email => {
  const password = 'quiet otters repaint lighthouses'
  const answers = {
    reset: await post('/api/password-resets', { email }),
    confirmation: await post('/api/password-resets/confirmation', { email, code: '123456', password }),
    signup: await post('/api/signups', { email, password, name: 'Nora', workspaceName: 'Blue Door' }),
  }
  expect([
    { reset: 400, confirmation: 400, signup: 400 },
    { reset: 202, confirmation: 422, signup: 202 },
  ]).toContainEqual(answers)
  if (/[\0\r\n]/.test(email)) expect(answers.reset).toBe(400)
  await sendWaitingResets(world.services)
  expect(await mailsTo(world, world.acme.ada.email)).toEqual([])
})

async function post(path: string, body: object): Promise<number> {
  const response = await fetch(world.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.status
}
