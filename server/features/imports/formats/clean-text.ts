/** Text as Kontor keeps it: line feeds only, no control characters but tab and line feed. */
export function cleanText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
  return text.replace(/\r\n?/g, '\n').replace(/[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '')
}

export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim()
}

/** Says what makes a text impossible to store, or undefined. */
export function findBadCharacter(text: string): string | undefined {
  if (text.includes('\0')) return 'It holds a NUL character.'
  if (!text.isWellFormed()) return 'It holds half of a character (a lone surrogate).'
  return undefined
}

/** The first `limit` characters at most, never half of a surrogate pair, ending in "…" when something was cut. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text
  return `${text.slice(0, wholeCharacters(text, limit - 1)).trimEnd()}…`
}

/** Pieces of at most `limit` characters, split at a line end where there is one. */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = []
  let rest = text
  while (rest.length > limit) {
    const line = rest.lastIndexOf('\n', limit)
    const end = line > limit / 2 ? line : wholeCharacters(rest, limit)
    pieces.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return [...pieces, rest]
}

/** For comparing headers and words: no case, no accents, no punctuation. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function wholeCharacters(text: string, end: number): number {
  const unit = text.charCodeAt(end - 1)
  return unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end
}
