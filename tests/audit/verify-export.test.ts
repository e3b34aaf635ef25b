import { beforeAll, describe, expect, test } from 'vitest'
import { type Checkpoint, openCheckpoint } from '#server/audit-log/checkpoint.ts'
import type { Problem } from '#server/audit-log/export-problems.ts'
import { leafOf, saltsOf } from '#server/audit-log/leaf.ts'
import { makeSigningKey } from '#server/audit-log/note.ts'
import { type Verdict, verifyExport } from '#server/audit-log/verify-export.ts'
import { eventLine } from '#server/audit-log/write-export.ts'
import {
  checkpointOf,
  exportOf,
  type History,
  key,
  makeHistory,
  signedAnew,
  workspace,
} from './verify-export-fixture.ts'

let history: History
let lines: string[]
/** Two tiles rather than three, where every line is tried. */
let shorter: string[]
beforeAll(async () => {
  history = makeHistory()
  lines = await exportOf(history)
  shorter = await exportOf(makeHistory(300))
})

describe('an honest export', () => {
  test('verifies, and says what it lacks and why', async () => {
    const verdict = await verify(lines)
    expect(verdict.problems).toEqual([])
    expect(verdict).toMatchObject({ events: 569, leftOut: 31, erasedEvents: 15, kept: { matched: 0, newer: 0 } })
    expect(verdict.pruned.map(({ first, last }) => [first, last])).toEqual([
      [0, 19],
      [250, 260],
    ])
    expect(verdict.head).toMatchObject({ size: 600, workspace })
  })

  test('verifies in whatever pieces it arrives', async () => {
    const bytes = Buffer.from(lines.join(''))
    for (const size of [997, 4096, 65_537]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      )
      expect((await verifyExport(stream(pieces), key)).problems).toEqual([])
    }
  })

  test.each([0, 1, 255, 256, 257, 512])('of %i events verifies', async size => {
    expect((await verify(await exportOf(makeHistory(size)))).problems).toEqual([])
  })

  test('with filters verifies, and says how much they leave out', async () => {
    const some = { ...history, events: history.events.filter(({ index }) => index > 100 && index < 120) }
    const verdict = await verify(await exportOf(some, { filters: { since: '2026-11-01' } }))
    expect(verdict.problems).toEqual([])
    expect(verdict).toMatchObject({ events: 19, leftOut: 581 })
  })

  test('holds against checkpoints that were kept, and tells newer ones apart', async () => {
    const grown = [...history.leaves, ...makeHistory(700).leaves.slice(600)]
    const kept = await Promise.all([1, 256, 300, 599, 600, 700].map(size => checkpointOf(grown, size)))
    const opened = kept.map(note => openCheckpoint(note, key))
    const verdict = await verify(lines, opened)
    expect(verdict.problems).toEqual([])
    expect(verdict.kept).toMatchObject({ matched: 5, newer: 1 })
    const unsaid = await verify(lines, opened.slice(-1))
    expect(unsaid.problems).toMatchObject([{ kind: 'unchecked' }])
  })

  test('with filters is not said to hold against a checkpoint for which it has no tile', async () => {
    const some = { ...history, events: history.events.filter(({ index }) => index < 120) }
    const filtered = await exportOf(some, { filters: { until: '2026-11-02' } })
    const [inside, between] = await Promise.all([100, 300].map(size => checkpointOf(history.leaves, size)))
    expect((await verify(filtered, [openCheckpoint(inside!, key)])).problems).toEqual([])
    expect((await verify(filtered, [openCheckpoint(between!, key)])).problems).toMatchObject([{ kind: 'unchecked' }])
  })
})

/** Every byte has one of its bits flipped: in one line of two at once, which takes a tenth of the time. */
describe('an export with a bit flipped', { timeout: 120_000 }, () => {
  test('in any byte of an event fails, and names that event', async () => {
    const wrong: string[] = []
    const lines = await exportOf(makeHistory(60))
    const places = eventPlaces(lines)
    const longest = Math.max(...places.map(({ length }) => length))
    for (let column = 0; column < longest; column++) {
      for (const odd of [0, 1]) {
        const bytes = Buffer.from(lines.join(''))
        const flipped = places.filter(({ length }, i) => i % 2 === odd && column < length)
        for (const { begin } of flipped) flip(bytes, begin + column)
        const { problems } = await verifyExport(stream([bytes]), key)
        const missed = flipped.find(place => !problems.some(problem => isAbout(problem, place)))
        if (missed) wrong.push(`byte ${column} of event ${missed.index}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('in one event names it first, and no other', async () => {
    const whole = Buffer.from(lines.join(''))
    for (const [i, place] of eventPlaces(lines).entries()) {
      if (i % 5 !== 0) continue
      const bytes = Buffer.from(whole)
      const column = (i * 71) % (place.length - 1)
      flip(bytes, place.begin + column)
      const { problems } = await verifyExport(stream([bytes]), key)
      expect(isAbout(problems[0]!, place), `${column} of ${place.index}: ${problems[0]?.sentence}`).toBe(true)
      expect(problems.filter(({ kind }) => kind === 'changed').length).toBeLessThan(2)
    }
  })

  test('anywhere else fails, and blames no event', async () => {
    const whole = Buffer.from(lines.join(''))
    let begin = 0
    for (const line of lines) {
      const length = Buffer.byteLength(line)
      for (let at = 0; at < length && !line.startsWith('{"index"'); at += line.startsWith('{"tile"') ? 211 : 1) {
        const bytes = Buffer.from(whole)
        flip(bytes, begin + at)
        const { problems } = await verifyExport(stream([bytes]), key)
        expect(problems.length, `byte ${at} of ${line.slice(0, 80)}`).toBeGreaterThan(0)
        expect(problems.filter(({ event }) => event)).toEqual([])
      }
      begin += length
    }
  })

  test('anywhere in a small export fails', async () => {
    const whole = Buffer.from((await exportOf(makeHistory(3))).join(''))
    for (let at = 0; at < whole.length; at++) {
      const bytes = Buffer.from(whole)
      flip(bytes, at)
      expect((await verifyExport(stream([bytes]), key)).problems.length, `byte ${at}`).toBeGreaterThan(0)
    }
  })
})

describe('an export of which lines were', { timeout: 120_000 }, () => {
  let lines: string[]
  beforeAll(() => {
    lines = shorter
  })

  test('cut off from any line on fails', async () => {
    for (let end = 0; end < lines.length; end++) {
      expect((await verify(lines.slice(0, end))).problems.length, `${end} lines`).toBeGreaterThan(0)
    }
  })

  test('removed names the event, the tile or the line that is gone', async () => {
    for (const [i, line] of lines.entries()) {
      const { problems } = await verify(lines.toSpliced(i, 1))
      const event = eventOf(line)
      if (event) expect(problems[0]!.kind).toBe('removed')
      if (event) expect(problems.map(({ range }) => range)).toContainEqual([event.index, event.index])
      else expect(problems.length, line.slice(0, 80)).toBeGreaterThan(0)
      if (!event) expect(problems.filter(({ event }) => event)).toEqual([])
    }
  })

  test('swapped names one of the two', async () => {
    for (let i = 1; i < lines.length; i++) {
      const [first, second] = [lines[i - 1]!, lines[i]!]
      const { problems } = await verify(lines.toSpliced(i - 1, 2, second, first))
      expect(problems.length, `line ${i}`).toBeGreaterThan(0)
      const events = [first, second].map(eventOf).filter(event => event !== undefined)
      if (events.length === 2) expect(problems[0]!.kind).toBe('moved')
      if (events.length > 0)
        expect(
          events.some(event => isAbout(problems[0]!, event)),
          problems[0]!.sentence,
        ).toBe(true)
    }
  })

  test('doubled names the event that is there twice', async () => {
    for (const [i, line] of lines.entries()) {
      const { problems } = await verify(lines.toSpliced(i, 0, line))
      const event = eventOf(line)
      if (event) expect(problems[0]).toMatchObject({ kind: 'added', event })
      else expect(problems.length).toBeGreaterThan(0)
    }
  })

  test('added behind the last fails', async () => {
    expect((await verify([...lines, lines.at(-1)!])).problems).toMatchObject([{ kind: 'form' }])
    expect((await verify([...lines, '\n'])).problems).toMatchObject([{ kind: 'form' }])
  })
})

describe('an export with an event', () => {
  test('moved far away names the event', async () => {
    const from = lines.findIndex(line => line.startsWith('{"index":100,'))
    for (const to of [2, 200, 300, lines.length - 4]) {
      const { problems } = await verify(lines.toSpliced(from, 1).toSpliced(to, 0, lines[from]!))
      expect(problems[0]!.event?.index ?? problems[0]!.range?.[0]).toBe(100)
    }
  })

  test('added names the event that the tree does not have', async () => {
    const invented = makeHistory(1000).events
    for (const index of [600, 700, 240]) {
      const place = Math.min(
        lines.length - 3,
        lines.findIndex(line => line.startsWith(`{"index":${Math.min(index, 599)},`)),
      )
      const { event, ...proof } = invented.find(each => each.index === (index === 240 ? 999 : index))!
      const line = `${eventLine({ ...proof, event, index })}\n`
      const { problems } = await verify(lines.toSpliced(place + 1, 0, line))
      expect(problems[0]).toMatchObject({ kind: 'added', event: { index, id: event.id } })
    }
  })
})

describe('whoever holds the signing key', () => {
  const rewrite = () => {
    const forged = makeHistory()
    const place = forged.events.findIndex(({ index }) => index === 300)
    const { event, ...proof } = forged.events[place]!
    const changed = { ...proof, event: { ...event, at: '2026-11-02T00:00:00.000Z' } }
    forged.events[place] = changed
    forged.leaves[300] = leafOf(changed.event, saltsOf(changed.salts), changed.erased)
    return forged
  }

  test('can rewrite the whole tree, and is caught by a checkpoint that was kept elsewhere', async () => {
    const forged = await exportOf(rewrite())
    expect((await verify(forged)).problems).toEqual([])
    const kept = await Promise.all([300, 301, 600].map(size => checkpointOf(history.leaves, size)))
    const { problems, kept: matched } = await verify(
      forged,
      kept.map(note => openCheckpoint(note, key)),
    )
    expect(problems).toMatchObject([
      { kind: 'kept', range: [0, 300] },
      { kind: 'kept', range: [0, 599] },
    ])
    expect(matched).toMatchObject({ matched: 1, last: { size: 300 } })
  })

  test('cannot change one event without its leaf, nor take one away', async () => {
    const forged = { ...rewrite(), leaves: history.leaves }
    expect((await verify(await exportOf(forged))).problems[0]).toMatchObject({ kind: 'changed', event: { index: 300 } })
    const without = { ...history, events: history.events.filter(({ index }) => index !== 300) }
    expect((await verify(await exportOf(without))).problems[0]).toMatchObject({ kind: 'removed', range: [300, 300] })
    const withoutPrune = { ...history, events: history.events.filter(({ index }) => index !== 590) }
    expect((await verify(await exportOf(withoutPrune))).problems).toMatchObject([
      { kind: 'removed', range: [0, 19] },
      { kind: 'removed', range: [590, 590] },
    ])
  })

  test('cannot put the leaf into the tile either: the tile is named', async () => {
    const forged = rewrite()
    const checkpoint = await checkpointOf(history.leaves, 600)
    const signed = await exportOf(history)
    const other = await exportOf(forged)
    const upper = signed.findIndex(line => line.startsWith('{"tile":[1,'))
    const { problems } = await verify(signedAnew([...other.slice(0, upper), ...signed.slice(upper, -1)], checkpoint))
    expect(problems[0]).toMatchObject({ kind: 'tile', range: [256, 511] })
  })

  test('cannot give an export another origin, size or workspace', async () => {
    const checkpoint = await checkpointOf(history.leaves, 600)
    for (const [from, to] of [
      ['"size":600', '"size":601'],
      ['/audit/0199a2c4', '/audit/0199a2c5'],
      ['"id":"0199a2c4-aaaa', '"id":"0199a2c4-bbbb'],
    ] as const) {
      const [head, ...rest] = lines.slice(0, -1)
      const { problems } = await verify(signedAnew([head!.replace(from, to), ...rest], checkpoint))
      expect(problems[0]).toMatchObject({ kind: 'head' })
    }
  })
})

test('a tree rewritten and signed by another key fails', async () => {
  const signer = makeSigningKey(key.name)
  const forged = await exportOf(history, { signer })
  expect((await verify(forged)).problems).toMatchObject([{ kind: 'signature' }, { kind: 'file' }])
})

test.each(['', '\n', '{}\n', 'index,event\n1,2\n', '{"kontor":"audit-export"}\n', '{"sha256":1}\n', '\0'.repeat(99)])(
  '%j is no export',
  async text => {
    expect((await verify([text])).problems.length).toBeGreaterThan(0)
  },
)

type Place = { index: number; id: string; begin: number; length: number }

function eventPlaces(lines: readonly string[]): Place[] {
  let begin = 0
  return lines.flatMap(line => {
    const event = eventOf(line)
    const length = Buffer.byteLength(line)
    begin += length
    return event ? [{ ...event, begin: begin - length, length }] : []
  })
}

function flip(bytes: Buffer, at: number): void {
  bytes[at] = bytes[at]! ^ (1 << ((at * 7) % 8))
}

function isAbout({ kind, event, range }: Problem, { index, id }: { index: number; id: string }): boolean {
  const isRemoved = kind === 'removed' && range![0] <= index && range![1] >= index
  return event?.index === index || event?.id === id || isRemoved
}

function eventOf(line: string): { index: number; id: string } | undefined {
  if (!line.startsWith('{"index"')) return undefined
  const { index, event } = JSON.parse(line)
  return { index, id: event.id }
}

async function verify(lines: readonly string[], kept: readonly Checkpoint[] = []): Promise<Verdict> {
  return verifyExport(stream([Buffer.from(lines.join(''))]), key, kept)
}

async function* stream(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}
