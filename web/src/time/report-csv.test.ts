import { expect, test } from 'vitest'
import { toCsv } from './report-csv.ts'

test('cells with commas, quotes and lines are quoted', () => {
  expect(toCsv([['a,b', 'say "hi"', 1.5]])).toBe('"a,b","say ""hi""",1.5')
})

test('no cell begins a formula', () => {
  expect(toCsv([['=1+1', '@x', '-2', '+3']])).toBe("'=1+1,'@x,'-2,'+3")
})
