import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (folder: string, wanted: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => wanted.test(name) && !name.endsWith('.test.ts'))
    .map(name => readFileSync(join(root, folder, name), 'utf8'))

// A mail's button, and where the server sends a browser to.
const link = /\bpath: (['`])(\/[^'`]*)\1|linkTo\([^,]+, (['`])(\/[^'`]*)\3/g
const linked = read('server', /\.ts$/)
  .filter(text => /writeLetter|linkTo|Piece\b|Letter\b/.test(text))
  .flatMap(text => [...text.matchAll(link)].map(match => (match[2] ?? match[4])!))
  .map(path => path.replace(/\$\{[^}]+\}/g, 'x').split('?')[0]!)
  .filter(path => !path.startsWith('/api/'))

const parents: Record<string, string> = { rootRoute: '', signedInRoute: '', workspaceRoute: '/w/[^/]+' }
const route = /getParentRoute: \(\) => (\w+),\s+path: '([^']*)'/g
const pages = read('web/src', /-routes?\.tsx?$/)
  .flatMap(text => [...text.matchAll(route)])
  .map(([, parent = '', path = '']) => `${parents[parent]}/${path.replace(/^\//, '').replace(/\$\w+/g, '[^/]+')}`)
  .map(path => new RegExp(`^${path}/?$`))

test('every address that a mail of ours links to is a page', () => {
  expect(linked).toEqual(expect.arrayContaining(['/signin', '/account', '/join/x/x', '/w/x', '/w/x/settings/tokens']))
  expect([...new Set(linked)].filter(path => !pages.some(page => page.test(path)))).toEqual([])
})
