import { afterEach, expect, onTestFinished, test } from 'vitest'
import { type AdmissionLimits, createAdmission } from '#server/http/admission.ts'

const limits = {
  atOnce: 4,
  perLane: 3,
  perDoor: 3,
  newBesideSmaller: 3,
  paceMs: 0,
  waitingPerLane: 50,
  patienceMs: 60_000,
}

let endAll: () => Promise<void> = async () => {}
afterEach(() => endAll())

/** An admission with work that ends when it is told to, at the latest after the test, and notes when it began. */
function admissionWithWork(limitsHere: AdmissionLimits = limits) {
  const { admit, enter, refusalAt, count } = createAdmission(limitsHere)
  const began: string[] = []
  const ends: (() => void)[] = []
  const work = (name: string) => () =>
    new Promise<void>(resolve => {
      began.push(name)
      ends.push(resolve)
    })
  const endOne = async () => {
    ends.shift()?.()
    await new Promise(resolve => setImmediate(resolve))
  }
  endAll = async () => {
    while (count().lanes > 0) await endOne()
  }
  return { admit, enter, refusalAt, count, began, work, endOne }
}

/** Again and again until the test is over. */
function every(ms: number, what: () => void) {
  const timer = setInterval(what, ms)
  onTestFinished(() => clearInterval(timer))
}

test('a lane that asks for much waits for itself: another one gets the next free place', async () => {
  const { admit, began, work, endOne } = admissionWithWork()
  for (let n = 0; n < 40; n++) void admit('busy', work('busy'))
  expect(began).toEqual(['busy', 'busy', 'busy'])
  void admit('quiet', work('quiet'))
  expect(began.at(-1)).toBe('quiet')
  for (let n = 0; n < 3; n++) void admit('quiet', work('quiet'))
  await endOne()
  await endOne()
  expect(began.slice(4).toSorted()).toEqual(['busy', 'quiet'])
})

test('of one lane, no more run at once than its limit, and of all together no more than theirs', async () => {
  const { admit, count, began, work, endOne } = admissionWithWork()
  for (const lane of ['a', 'b', 'c', 'd', 'e']) for (let n = 0; n < 10; n++) void admit(lane, work(lane))
  for (let step = 0; step < 50; step++) {
    const { running } = count()
    expect(running).toBeLessThanOrEqual(limits.atOnce)
    if (running > 0) await endOne()
  }
  expect(began).toHaveLength(50)
  expect(count()).toEqual({ running: 0, waiting: 0, lanes: 0 })
})

test('more may be at a door than in a lane', async () => {
  const { admit, enter, count, work } = admissionWithWork({ ...limits, atOnce: 20, perLane: 1, perDoor: 5 })
  for (let n = 0; n < 6; n++) void enter('door', work('door'), 'workspace')
  for (let n = 0; n < 6; n++) void admit('workspace', work('workspace'), 'workspace', 'door')
  expect(count()).toMatchObject({ running: 6, waiting: 6 })
})

test('who is going to be refused by a full lane is refused at the door for a moment, and others there are not', async () => {
  const { admit, enter, refusalAt, count, work } = admissionWithWork({ ...limits, perLane: 1, waitingPerLane: 1 })
  const asked: string[] = []
  const come = (door: string) =>
    enter(door, async () => void asked.push(door), 'workspace').then(() =>
      admit('workspace', work('workspace'), 'workspace', door),
    )
  const refused = { status: 503 }
  void come('mine')
  await expect.poll(() => count().running).toBe(1)
  void come('mine')
  await expect.poll(() => count().waiting).toBe(1)
  await expect(come('mine')).rejects.toMatchObject(refused)
  expect(asked).toHaveLength(3)
  await expect(come('mine')).rejects.toMatchObject(refused)
  expect(refusalAt('mine')).toMatchObject(refused)
  expect(refusalAt('theirs')).toBeUndefined()
  expect(asked).toHaveLength(3)
  await expect(come('theirs')).rejects.toMatchObject(refused)
  expect(asked.at(-1)).toBe('theirs')
  await expect.poll(() => come('mine').catch(() => asked.length)).toBe(5)
})

test('what fails frees its place', async () => {
  const { admit, count } = createAdmission(limits)
  await expect(admit('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(count()).toEqual({ running: 0, waiting: 0, lanes: 0 })
})

test('a full queue, and a turn that does not come, are answered with 503 and Retry-After', async () => {
  const { admit, count, work, endOne } = admissionWithWork({
    atOnce: 1,
    perLane: 1,
    perDoor: 1,
    newBesideSmaller: 1,
    paceMs: 0,
    waitingPerLane: 1,
    patienceMs: 20,
  })
  const first = admit('a', work('a'))
  const second = admit('a', work('a'))
  const refusal = { code: 'busy', status: 503, extras: { retryAfterSeconds: 1 } }
  await expect(admit('a', work('a'))).rejects.toMatchObject(refusal)
  await expect(second).rejects.toMatchObject(refusal)
  await endOne()
  await first
  expect(count()).toEqual({ running: 0, waiting: 0, lanes: 0 })
})

test('a lane has one place for what is new while a smaller workspace asks, and all of them beside an equal one', () => {
  const { admit, count, work } = admissionWithWork({ ...limits, atOnce: 20, perLane: 4, newBesideSmaller: 1 })
  for (let n = 0; n < 3; n++) void admit('a', work('a'))
  void admit('b', work('b'))
  expect(count()).toMatchObject({ running: 4, waiting: 0 })
  void admit('c', work('c'))
  for (let n = 0; n < 4; n++) void admit('c', work('c'))
  expect(count()).toMatchObject({ running: 7, waiting: 2 })
})

test('work that takes long does not keep its lane from going on beside a smaller workspace', async () => {
  const { admit, began, work } = admissionWithWork({ ...limits, atOnce: 20, perLane: 4, newBesideSmaller: 1 })
  const ask = () => void admit('b', async () => {})
  ask()
  every(1, ask)
  for (let n = 0; n < 5; n++) void admit('a', work('a'))
  expect(began).toHaveLength(3)
  await expect.poll(() => began.length).toBe(4)
})

test('who asks for much more begins one each pace while another one asks for little, and as many as before after', async () => {
  const { admit, count, began, work, endOne } = admissionWithWork({
    ...limits,
    atOnce: 64,
    perLane: 20,
    newBesideSmaller: 20,
    paceMs: 200,
  })
  for (let n = 0; n < 40; n++) void admit('flood', work('flood'))
  expect(count().running).toBe(20)
  const started = performance.now()
  for (let n = 0; n < 15; n++) {
    await admit('quiet', async () => {})
    await endOne()
  }
  // However busy the machine is, no more than the pace allows.
  expect(began.length).toBeLessThanOrEqual(21 + Math.floor((performance.now() - started) / 200))
  const left = began.length
  await expect.poll(() => began.length, { timeout: 5_000 }).toBeGreaterThan(left)
  while (began.length < 40) await endOne()
})

test('who has fallen behind catches up in the pauses of those who ask for little', async () => {
  const { admit, began, work, endOne } = admissionWithWork({ ...limits, perLane: 2, paceMs: 60_000 })
  every(15, () => void admit('quiet', async () => {}))
  for (let n = 0; n < 40; n++) void admit('behind', work('behind'))
  every(1, endOne)
  await expect.poll(() => began.length, { timeout: 10_000 }).toBe(40)
})

test('workspaces that ask for as much as each other do not wait for each other’s pace', () => {
  const { admit, count, work } = admissionWithWork({ ...limits, atOnce: 64, perLane: 3, paceMs: 60_000 })
  for (const lane of ['a', 'b', 'c']) for (let n = 0; n < 12; n++) void admit(lane, work(lane))
  expect(count()).toMatchObject({ running: 9, waiting: 27 })
})
