import { expect, test } from 'vitest'
import { parseDuration, showRunning } from './duration.ts'

test.each([
  ['1:30', 5400],
  ['0:05', 300],
  ['90m', 5400],
  ['90 min', 5400],
  ['1,5h', 5400],
  ['1.5 h', 5400],
  ['1h 30m', 5400],
  ['1h30', 5400],
  ['2u', 7200],
  ['2 uur', 7200],
  ['2 Stunden', 7200],
  ['2', 7200],
  ['1,5', 5400],
  ['45', 2700],
])('%s is understood', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds)
})

test.each(['', '0', '1:75', 'soon', '-1h', '1h 2h', '0:00'])('"%s" is no duration', text => {
  expect(parseDuration(text)).toBeUndefined()
})

test('a timer shows its seconds', () => {
  expect(showRunning(3725.9)).toBe('1:02:05')
})
