/**
 * Text on one line, for headers and for names in sentences: no line end of any kind, no control character, none that
 * turns the direction of what follows or cannot be seen. Cut between characters as people see them.
 */
export function oneLine(text: string, longest: number): string {
  const plain = text.toWellFormed().replace(breaks, ' ').replace(unseen, '').replace(/ +/g, ' ').trim()
  return plain.length <= longest ? plain : `${shortened(plain, longest - 1)}…`
}

const breaks = /[\s\p{Cc}\p{Zl}\p{Zp}]/gu
// Joiners stay: without them a family is three people, and Persian is misspelt.
const unseen = /(?![\u200c\u200d])\p{Cf}/gu

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })

function shortened(text: string, longest: number): string {
  let end = 0
  // A character may be made of any number of marks: the piece that is looked at is bounded, too.
  for (const { index, segment } of characters.segment(text.slice(0, longest + 100))) {
    if (index + segment.length > longest) break
    end = index + segment.length
  }
  return (end > 0 ? text.slice(0, end) : text.slice(0, longest)).toWellFormed().trimEnd()
}
