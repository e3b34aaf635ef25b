import { isAsanaTasks } from './asana-json.ts'
import { readJson } from './json.ts'
import { ImportRefused } from './refused.ts'
import { isTrelloBoard } from './trello.ts'

export const importFormats = ['csv', 'trello', 'asana'] as const
export type ImportFormat = (typeof importFormats)[number]

/** The format of a file, by what stands in it: undefined for JSON of a tool that Kontor does not know, and for files
 * that are not text (a spreadsheet's .xlsx, an archive). Which tool wrote a CSV, its preview says. */
export function detectFormat(bytes: Uint8Array, fileName = ''): ImportFormat | undefined {
  if (otherKinds.some(mark => mark.every((byte, at) => bytes[at] === byte))) return undefined
  const latin1 = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const start = latin1
    .replace(/^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    .replaceAll('\0', '')
    .trimStart()
  if (!/^[{[]/.test(start) || /\.(csv|tsv)$/i.test(fileName)) return 'csv'
  try {
    const json = readJson(bytes)
    if (isTrelloBoard(json)) return 'trello'
    return isAsanaTasks(json) ? 'asana' : undefined
  } catch (error) {
    if (error instanceof ImportRefused) return undefined
    throw error
  }
}

/** Zip (and .xlsx), old Office files, PDF, gzip. */
const otherKinds = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x25, 0x50, 0x44, 0x46],
  [0x1f, 0x8b],
]
