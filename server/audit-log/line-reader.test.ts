import { expect, test } from 'vitest'
import { makeHistory } from '#tests/audit/verify-export-fixture.ts'
import { createLineReader } from './line-reader.ts'
import { readEventLine } from './read-event-line.ts'
import { eventLine } from './write-export.ts'

const readLine = createLineReader()
const lines = makeHistory(120).events.map(exported => Buffer.from(eventLine(exported)))
const usual = lines.filter(line => !line.includes('"erased":"') && !line.includes('},"erased":{'))

test('the leaf read from the bytes is the leaf of the parsed event', () => {
  expect(usual.length).toBeGreaterThan(90)
  for (const line of usual) {
    const block = Buffer.concat([Buffer.from('before\n'), line, Buffer.from('\nafter')])
    const { exported, leaf } = readEventLine(line)!
    const isPrune = exported.event.action === 'audit.pruned'
    expect(readLine(block, 7, 7 + line.length)).toEqual({ index: exported.index, leaf, isPrune })
  }
})

test('a line in which something is erased is left to be read closely', () => {
  const erased = lines.filter(line => !usual.includes(line))
  expect(erased.length).toBeGreaterThan(0)
  for (const line of erased) expect(readLine(line, 0, line.length)).toBeUndefined()
})

test('no other line has the leaf and the index of an event: not with any byte changed, left out or doubled', () => {
  for (const line of usual.filter((_, i) => i % 12 === 0)) {
    const { index, leaf } = readLine(line, 0, line.length)!
    for (let at = 0; at < line.length; at++) {
      const changed = Buffer.from(line)
      changed[at] = changed[at]! ^ (1 << (at % 7))
      const without = Buffer.concat([line.subarray(0, at), line.subarray(at + 1)])
      const doubled = Buffer.concat([line.subarray(0, at + 1), line.subarray(at)])
      for (const other of [changed, without, doubled]) {
        const read = readLine(other, 0, other.length)
        expect(read?.leaf === leaf && read.index === index, `byte ${at} of ${line}`).toBe(false)
      }
    }
  }
})

test('a line that is longer than usual is left to be read closely', () => {
  const { index, event, salts } = makeHistory(2).events[1]!
  const [name] = Object.keys(event.changes)
  const changes = { [name!]: { from: null, to: 'x'.repeat(20_000) } }
  const line = Buffer.from(eventLine({ index, event: { ...event, changes }, salts }))
  expect(readLine(line, 0, line.length)).toBeUndefined()
  expect(readEventLine(line)?.exported.index).toBe(1)
})
