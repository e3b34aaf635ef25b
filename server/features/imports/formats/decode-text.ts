import { ImportRefused } from './refused.ts'

export type DecodedText = {
  text: string
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
  /** The bytes do not all fit the encoding: each bad place became U+FFFD, and is a problem of its row. */
  damaged: boolean
}

/** Reads a file as text: by its byte order mark, else UTF-8, else what old spreadsheets write. */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes.length === 0) throw new ImportRefused('The file is empty.')
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs('utf-16le', bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs('utf-16be', bytes)
  const wide = guessUtf16(bytes.subarray(0, 2_000))
  if (wide) return decodeAs(wide, bytes)
  const utf8 = decodeAs('utf-8', bytes)
  // One stray byte among many good sequences is a damaged UTF-8 file; only stray bytes is Windows-1252.
  return utf8.damaged && !hasMostlyGoodSequences(utf8.text) ? decodeAs('windows-1252', bytes) : utf8
}

function decodeAs(encoding: DecodedText['encoding'], bytes: Uint8Array): DecodedText {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding, damaged: false }
  } catch {
    return { text: new TextDecoder(encoding).decode(bytes), encoding, damaged: true }
  }
}

/** Latin text in UTF-16 without a mark has a zero in every other byte. */
function guessUtf16(sample: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const zeros = [0, 0]
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2]! += 1
  const [even, odd] = zeros as [number, number]
  const many = sample.length * 0.3
  if (odd > many && even < many / 10) return 'utf-16le'
  if (even > many && odd < many / 10) return 'utf-16be'
  return undefined
}

function hasMostlyGoodSequences(text: string): boolean {
  let good = 0
  let bad = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0xfffd) bad += 1
    else if (unit > 0x7f) good += 1
  }
  return good > bad
}
