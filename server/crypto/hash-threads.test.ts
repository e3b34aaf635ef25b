import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { createHashThreads } from './hash-threads.ts'

const parameters = { memoryCost: 1024, timeCost: 2, parallelism: 1 }

test('what a thread hashes verifies, and what it cannot read is an error that it survives', async () => {
  const run = createHashThreads('quick')
  const stored = (await run({ kind: 'hash', password: 'zes natte konijnen', parameters })) as string
  await expect(run({ kind: 'verify', password: 'x', stored: 'no hash' })).rejects.toThrow()
  expect(await run({ kind: 'verify', password: 'zes natte konijnen', stored })).toBe(true)
  expect(await run({ kind: 'verify', password: 'zes natte konijne', stored })).toBe(false)
})

test('many at once each get their own answer', async () => {
  const run = createHashThreads('quick')
  const passwords = ['een', 'twee', 'drie', 'vier']
  const stored = await Promise.all(passwords.map(password => run({ kind: 'hash', password, parameters })))
  const verdicts = stored.flatMap(hash =>
    passwords.map(password => run({ kind: 'verify', password, stored: hash as string })),
  )
  const right = (await Promise.all(verdicts)).flatMap((ok, i) => (ok ? [i] : []))
  expect(right).toEqual([0, 5, 10, 15])
})

test.runIf(process.platform === 'linux')('a patient thread lowers its own priority, and nobody else’s', async () => {
  await createHashThreads('patient')({ kind: 'hash', password: 'een', parameters })
  const niceness = readdirSync('/proc/self/task').map(thread => {
    const [, fields = ''] = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ')
    return Number(fields.split(' ')[16])
  })
  expect(niceness.filter(nice => nice === 19).length).toBeGreaterThanOrEqual(1)
  expect(niceness.filter(nice => nice === 0).length).toBeGreaterThan(1)
})

test('a process that has hashed ends by itself', async () => {
  const url = new URL('./hash-threads.ts', import.meta.url).href
  const program = `import { createHashThreads } from ${JSON.stringify(url)}
    console.log(await createHashThreads('patient')({ kind: 'hash', password: 'een', parameters: ${JSON.stringify(parameters)} }))`
  const ran = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { timeout: 20_000 })
  expect(ran.stdout).toMatch(/^\$argon2id\$/)
})
