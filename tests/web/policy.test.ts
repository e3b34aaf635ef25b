import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../web/src')
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(name => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
  .map(name => ({ name, text: readFileSync(join(root, name), 'utf8') }))

function filesWith(pattern: RegExp): string[] {
  return sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name)
}

test("nothing uses what writes a style element, which the page's policy refuses", () => {
  expect(filesWith(/import[^;]*?\b(AppShell|Grid|SimpleGrid|Flex)\b[^;]*?from '@mantine\/core'/)).toEqual([])
  expect(filesWith(/=\{\{\s*(base|xs|sm|md|lg|xl):/)).toEqual([])
})

test('nothing puts HTML into the page by hand', () => {
  expect(filesWith(/dangerouslySetInnerHTML|\.innerHTML/)).toEqual([])
})

test('nothing is loaded from another site', () => {
  expect(filesWith(/(src|href)=["']https?:/)).toEqual([])
})
