import { fieldProblem, problem } from '#server/http/problems.ts'

const deepest = 100

/** Reads a JSON body and refuses what would be trouble later: NUL, lone surrogates, and nesting without end. */
export function readJson(text: string): unknown {
  if (text === '') return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw problem('bad-request', 'The body is not valid JSON.')
  }
  checkValue(value)
  return value
}

/** @throws a problem that names the place of the fault. */
export function checkValue(root: unknown): void {
  const stack: { value: unknown; pointer: string; depth: number }[] = [{ value: root, pointer: '', depth: 0 }]
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { value, pointer, depth } = item
    if (typeof value === 'string') checkText(value, pointer)
    if (typeof value !== 'object' || value === null) continue
    if (depth >= deepest) throw problem('bad-request', `The body is nested deeper than ${deepest} levels.`)
    for (const [key, child] of Object.entries(value)) {
      checkText(key, pointer)
      stack.push({
        value: child,
        pointer: `${pointer}/${key.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`,
        depth: depth + 1,
      })
    }
  }
}

export function checkText(text: string, pointer: string): void {
  if (text.includes('\0')) throw fieldProblem(pointer, 'holds the character NUL, which text cannot hold')
  if (!text.isWellFormed()) throw fieldProblem(pointer, 'holds half of a character (a lone surrogate)')
}
