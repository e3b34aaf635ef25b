import { readFileSync } from 'node:fs'
import { isHashable, LONGEST_PASSWORD } from './password.ts'

/**
 * Why a new password is refused, as a sentence for the person, or undefined when it is fine. Length and a blocklist, no
 * composition rules (https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver); lengths are code points after NFC.
 */
export function passwordProblem(password: string, { email, name, secondFactor = false }: Owner): string | undefined {
  if (!password.isWellFormed()) return 'Use characters that are valid Unicode.'
  if (!isHashable(password)) return `Use at most ${LONGEST_PASSWORD} characters.`
  const text = password.normalize('NFC')
  const length = [...text].length
  const shortest = secondFactor ? SHORTEST : SHORTEST_ALONE
  if (length < shortest) return `Use at least ${shortest} characters; a few unrelated words work well.`
  if (length > LONGEST_PASSWORD) return `Use at most ${LONGEST_PASSWORD} characters.`
  const lower = text.toLowerCase()
  if (isCommon(lower)) return 'This is a well-known password that is tried first; choose a few unrelated words instead.'
  if (isPattern(lower, Math.ceil(shortest / 2)))
    return 'This is a simple pattern that is tried early; choose a few unrelated words instead.'
  if (isPersonal(lower, ownWords(email, name)))
    return 'This is little more than your name, e-mail address or Kontor; choose a few unrelated words instead.'
  return undefined
}

/** Whether a password is long enough only beside a second factor. */
export function isShortPassword(password: string): boolean {
  return [...password.normalize('NFC')].length < SHORTEST_ALONE
}

const SHORTEST_ALONE = 15
const SHORTEST = 8

/** Whose password it is; with a second factor 8 characters suffice. */
export type Owner = { email: string; name: string; secondFactor?: boolean }

/** A listed password: alone, repeated, spelled with digits for letters, or with up to 8 digits and signs around it. */
function isCommon(lower: string): boolean {
  const core = lower.replace(/^\P{L}+|\P{L}+$/gu, '')
  const candidates = [lower, withoutSigns(lower)]
  if (lower.length - core.length <= 8) candidates.push(core, withoutSigns(core))
  return candidates.flatMap(each => [each, unleet(each), unit(each)]).some(each => blocklist().has(each))
}

/** Few different characters, one short piece over and over, or mostly runs as `12345`, `aaaa`, `azerty`. */
function isPattern(lower: string, fewestRuns: number): boolean {
  const characters = [...lower]
  const runs = countRuns(characters)
  return (
    new Set(characters).size < 5 || [...unit(lower)].length < 6 || runs < fewestRuns || runs * 3 <= characters.length
  )
}

/** Fewer than 8 characters remain when the person's own words are taken out. */
function isPersonal(lower: string, words: string[]): boolean {
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), lower)
  return rest !== lower && [...rest].length < 8
}

function ownWords(email: string, name: string): string[] {
  const address = email.normalize('NFC').toLowerCase()
  const [local = '', domain = ''] = address.split('@')
  const names = name.normalize('NFC').toLowerCase().split(/\s+/)
  const words = [
    'kontor',
    address,
    local,
    ...local.split(/[._+-]+/),
    ...domain.split('.').slice(0, -1),
    names.join(''),
    ...names,
  ]
  return words.filter(word => word.length >= 3).sort((a, b) => b.length - a.length)
}

function withoutSigns(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '')
}

function unleet(text: string): string {
  return text.replace(/[@0135$]/g, sign => LEET[sign] ?? sign)
}

/** The shortest piece whose repetition, cut off anywhere, is the text; the text itself when it does not repeat. */
function unit(text: string): string {
  for (let size = 1; size <= text.length / 2; size++) {
    if (text.slice(size) === text.slice(0, -size)) return text.slice(0, size)
  }
  return text
}

/** How many runs of one character, of consecutive code points or of keyboard neighbours the text consists of. */
function countRuns(characters: string[]): number {
  let runs = 1
  let direction: number | undefined
  for (const [index, character] of characters.entries()) {
    const previous = characters[index - 1]
    if (previous === undefined) continue
    const step = stepBetween(previous, character)
    if (direction !== undefined && step !== direction) {
      runs += 1
      direction = undefined
    } else if (step === undefined) {
      runs += 1
    } else {
      direction = step
    }
  }
  return runs
}

/** 0 for the same character, ±1 for neighbours in the alphabet, among the digits or on a keyboard row. */
function stepBetween(a: string, b: string): number | undefined {
  const difference = (b.codePointAt(0) ?? 0) - (a.codePointAt(0) ?? 0)
  if (Math.abs(difference) <= 1) return difference
  if (ROWS.some(row => row.includes(a + b))) return 1
  return ROWS.some(row => row.includes(b + a)) ? -1 : undefined
}

const LEET: Record<string, string> = { '@': 'a', '0': 'o', '1': 'i', '3': 'e', '5': 's', $: 's' }
const ROWS = [
  '12345678901',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  'qwertzuiop',
  'yxcvbnm',
]

let loaded: Set<string> | undefined

/** Read at the first use: 10,000 entries, under 10 ms. */
function blocklist(): Set<string> {
  const lines = () => readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8').split('\n')
  loaded ??= new Set(lines().filter(line => line !== '' && !line.startsWith('#')))
  return loaded
}
