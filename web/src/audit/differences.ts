import { diffLines, diffWordsWithSpace } from 'diff'

export type Part = { kind: 'same' | 'gone' | 'new' | 'gap'; text: string }

/** What changed from one text to another, word by word; line by line where that would take too long. */
export function differencesOf(from: string, to: string): Part[] {
  const found = diffWordsWithSpace(from, to, { timeout: 150 }) ?? diffLines(from, to, { timeout: 150 })
  if (!found) return joined([part('gone', from), part('new', to)])
  return joined(found.map(({ added, removed, value }) => part(added ? 'new' : removed ? 'gone' : 'same', value)))
}

/** Leaves out the middle of what stayed the same, where there is much of it. */
export function folded(parts: readonly Part[], keep = 90): Part[] {
  if (parts.every(({ kind }) => kind === 'same')) return [...parts]
  return parts.flatMap((each, index) => {
    const before = index === 0 ? 0 : keep
    const after = index === parts.length - 1 ? 0 : keep
    if (each.kind !== 'same' || each.text.length < before + after + keep) return [each]
    const head = before === 0 ? '' : each.text.slice(0, before).replace(/\S*$/, '')
    const tail = after === 0 ? '' : each.text.slice(-after).replace(/^\S*/, '')
    const gap = each.text.slice(head.length, each.text.length - tail.length)
    return [part('same', head), part('gap', gap), part('same', tail)].filter(({ text }) => text !== '')
  })
}

// Between two words that changed, a space that did not is part of one change: so a sentence that was written anew is
// shown as one that went and one that came.
function joined(parts: readonly Part[]): Part[] {
  const result: Part[] = []
  let gone = ''
  let come = ''
  const close = () => {
    if (gone) result.push(part('gone', gone))
    if (come) result.push(part('new', come))
    gone = come = ''
  }
  parts.forEach(({ kind, text }, index) => {
    const isBetween = (gone !== '' || come !== '') && index < parts.length - 1 && /^[^\S\n]+$/.test(text)
    if (kind === 'gone') gone += text
    else if (kind === 'new') come += text
    else if (isBetween) {
      gone += text
      come += text
    } else {
      close()
      if (text) result.push(part('same', text))
    }
  })
  close()
  return result
}

const part = (kind: Part['kind'], text: string): Part => ({ kind, text })
