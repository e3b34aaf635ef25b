import { Readable } from 'node:stream'
import { type ByteRange, parseRange } from '#server/http/byte-range.ts'
import type { StreamAnswer } from '#server/http/operation.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { problemsOf } from '#server/http/problems.ts'

export const fileProblems = {
  'range-not-satisfiable': { status: 416, title: 'The file has no such range' },
} as const satisfies ProblemTable

type Headers = Record<string, string | string[] | undefined>
/** A file whose content never changes. `sha256` is its digest in hexadecimal, and its ETag. */
export type AnsweredFile = { sizeBytes: number; sha256: string; headers: Record<string, string> }

/**
 * A file as an answer that is always saved and never shown, whole or the one range that was asked for (RFC 9110, 14).
 * @param asked the request's headers.
 */
export function answerFile(
  { sizeBytes, sha256, headers }: AnsweredFile,
  asked: Headers,
  open: (range: ByteRange | undefined) => Readable,
): StreamAnswer {
  const etag = `"${sha256}"`
  if (listed(asked['if-none-match'], etag)) return { stream: Readable.from([]), status: 304, headers: { ETag: etag } }
  const range = rangeOf(asked, etag, sizeBytes)
  if (range === null) throw problemsOf(fileProblems)('range-not-satisfiable', `The file has ${sizeBytes} bytes.`)
  const common = {
    'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Accept-Ranges': 'bytes',
    ETag: etag,
    ...headers,
  }
  const stream = open(range)
  if (!range) return { stream, headers: { ...common, 'Content-Length': String(sizeBytes) } }
  const part = {
    'Content-Length': String(range.end - range.start + 1),
    'Content-Range': `bytes ${range.start}-${range.end}/${sizeBytes}`,
  }
  return { stream, status: 206, headers: { ...common, ...part } }
}

// `If-Range` asks for the whole file when it is not the one that the caller has the beginning of.
function rangeOf(asked: Headers, etag: string, sizeBytes: number): ByteRange | undefined | null {
  const { range, 'if-range': ifRange } = asked
  if (ifRange !== undefined && ifRange !== etag) return undefined
  return parseRange(typeof range === 'string' ? range : undefined, sizeBytes)
}

function listed(header: string | string[] | undefined, etag: string): boolean {
  if (typeof header !== 'string') return false
  return header.trim() === '*' || header.split(',').some(tag => tag.trim().replace(/^W\//, '') === etag)
}
