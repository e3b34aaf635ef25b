import { expect, test } from 'vitest'
import { differencesOf, folded, type Part } from '#web/audit/differences.ts'

const without = (parts: Part[], kind: Part['kind']) =>
  parts
    .filter(part => part.kind !== kind)
    .map(part => part.text)
    .join('')

test.each([
  ['', 'new'],
  ['gone', ''],
  ['same', 'same'],
  ['one two three', 'one 2 three four'],
  ['a b c d', 'e f g h'],
  ['line\nline', 'line\n\nother line'],
  ['Änderung der Maße', 'Änderungen der Masse – 漢字'],
])('without what is new it is the old text, and without what is gone the new one: %j → %j', (from, to) => {
  const parts = differencesOf(from, to)
  expect(without(parts, 'new')).toBe(from)
  expect(without(parts, 'gone')).toBe(to)
  expect(without(folded(parts, 3), 'new')).toBe(from)
})

test('words that changed beside one another are one change', () => {
  expect(differencesOf('Order the small sign today', 'Order a big sign today')).toEqual([
    { kind: 'same', text: 'Order ' },
    { kind: 'gone', text: 'the small' },
    { kind: 'new', text: 'a big' },
    { kind: 'same', text: ' sign today' },
  ])
})

test('the middle of what stayed the same is left out, at the ends of words', () => {
  const long = 'word '.repeat(200)
  const parts = folded(differencesOf(`${long}old`, `${long}new`), 20)
  expect(parts.map(({ kind }) => kind)).toEqual(['gap', 'same', 'gone', 'new'])
  expect(parts[1]!.text.trim()).toBe('word word word')
})

test('two texts with nothing in common are compared in a moment', () => {
  const words = (from: number) => Array.from({ length: 15_000 }, (_, i) => `w${(i * 7919 + from) % 100_003}`).join(' ')
  const began = performance.now()
  const parts = differencesOf(words(1), words(2))
  expect(without(parts, 'gone')).toBe(words(2))
  expect(performance.now() - began).toBeLessThan(5000)
})
