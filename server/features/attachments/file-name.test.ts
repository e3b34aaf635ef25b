import { expect, test } from 'vitest'
import { cleanFileName, contentDisposition } from '#server/features/attachments/file-name.ts'

test('a name loses folders, control characters and what turns text around', () => {
  expect(cleanFileName('../../etc/passwd')).toBe('passwd')
  expect(cleanFileName('C:\\Users\\mia\\offer.pdf')).toBe('offer.pdf')
  expect(cleanFileName('in\u0000vo\u001bice\r\n\t.pdf\u007f')).toBe('invoice.pdf')
  expect(cleanFileName('invoice\u202efdp.exe')).toBe('invoicefdp.exe')
  expect(cleanFileName('a\u2066b\u2069c\u200e\u200f\u061c\ufeff\u2028.txt')).toBe('abc.txt')
  expect(cleanFileName('  report. . ')).toBe('report')
})

test('a name is never empty, nor one that means a folder', () => {
  for (const name of ['', '.', '..', '...', '/', 'folder/', ' ', '\u202e']) expect(cleanFileName(name)).toBe('file')
})

test('a name has at most 255 characters and keeps its extension', () => {
  expect([...cleanFileName(`${'é'.repeat(300)}.tar`)]).toHaveLength(255)
  expect(cleanFileName(`${'é'.repeat(300)}.tar`)).toMatch(/é\.tar$/)
  expect([...cleanFileName('😀'.repeat(300))]).toHaveLength(255)
  expect(cleanFileName(`${'a'.repeat(100)}.${'b'.repeat(300)}`)).toHaveLength(255)
})

test('a name cannot break out of its header', () => {
  expect(contentDisposition(`a"b;c\\d'e(f)*.txt`)).toBe("attachment; filename*=UTF-8''a%22b%3Bc%5Cd%27e%28f%29%2A.txt")
})
