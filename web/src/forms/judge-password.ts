/** What can be said of a new password without asking the server, which has the list of known ones and the last word. */
export type Judgement = {
  /** Code points that are missing to `shortest`. */
  missing: number
  fault?: 'long' | 'repeated' | 'sequence' | 'own'
  /** How far along it is, for the bar: 0 to 100. */
  strength: number
}

type Rules = { own?: readonly string[]; shortest?: number }

export const shortestAlone = 15
export const shortestWithFactor = 8
const longest = 1024

/** Judges as `server/crypto/password-rules.ts` does; `own` are the name and the e-mail address of whose it is. */
export function judgePassword(password: string, { own = [], shortest = shortestAlone }: Rules = {}): Judgement {
  const text = password.normalize('NFC').toLowerCase()
  const length = [...text].length
  const missing = Math.max(0, shortest - length)
  const fault = length >= shortestWithFactor ? faultOf(text, own, shortest) : undefined
  if (fault) return { missing, fault, strength: 15 }
  return { missing, strength: missing > 0 ? (length / shortest) * 60 : Math.min(100, 75 + (length - shortest) * 5) }
}

/** Which of our words say what the server says of a password, in English; undefined: none of them. */
export function faultSaid(refusal: string): 'known' | 'pattern' | 'own' | 'long' | undefined {
  return (Object.keys(refusals) as (keyof typeof refusals)[]).find(fault => refusal.includes(refusals[fault]))
}

const refusals = {
  known: 'a well-known password',
  pattern: 'a simple pattern',
  own: 'little more than your name',
  long: 'at most',
} as const

function faultOf(text: string, own: readonly string[], shortest: number): Judgement['fault'] {
  const characters = [...text]
  if (characters.length > longest) return 'long'
  if (new Set(characters).size < 5 || [...repeatedPiece(text)].length < 6) return 'repeated'
  const runs = countRuns(characters)
  const isWhole = characters.length >= shortest
  if (runs * 3 <= characters.length || (isWhole && runs < Math.ceil(shortest / 2))) return 'sequence'
  const rest = ownWords(own).reduce((left, word) => left.replaceAll(word, ''), text)
  return isWhole && rest !== text && [...rest].length < 8 ? 'own' : undefined
}

/** The shortest piece whose repetition, cut off anywhere, is the text; the text itself when it does not repeat. */
function repeatedPiece(text: string): string {
  for (let size = 1; size <= text.length / 2; size++) {
    if (text.slice(size) === text.slice(0, -size)) return text.slice(0, size)
  }
  return text
}

/** How many runs it consists of: of one character, or of neighbours in the alphabet or on a keyboard. */
function countRuns(characters: readonly string[]): number {
  let runs = 1
  let direction: number | undefined
  for (let index = 1; index < characters.length; index++) {
    const step = stepBetween(characters[index - 1]!, characters[index]!)
    const goesOn = step !== undefined && (direction === undefined || step === direction)
    if (!goesOn) runs += 1
    direction = goesOn ? step : undefined
  }
  return runs
}

function stepBetween(a: string, b: string): number | undefined {
  const difference = b.codePointAt(0)! - a.codePointAt(0)!
  if (Math.abs(difference) <= 1) return difference
  if (rows.some(row => row.includes(a + b))) return 1
  return rows.some(row => row.includes(b + a)) ? -1 : undefined
}

const rows = [
  ...['12345678901', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  ...['azertyuiop', 'qsdfghjklm', 'wxcvbn'],
  ...['qwertzuiop', 'yxcvbnm'],
]

function ownWords(own: readonly string[]): string[] {
  const texts = own.map(each => each.normalize('NFC').toLowerCase().trim())
  const pieces = texts.flatMap(text => [
    text,
    text.split('@')[0]!,
    text.replaceAll(/\s/g, ''),
    ...text.split(/[\s.@_+-]+/),
  ])
  return ['kontor', ...pieces].filter(word => word.length >= 3).sort((a, b) => b.length - a.length)
}
