import { hash } from 'node:crypto'
import {
  backslash,
  base64Values,
  beginnings,
  changePrefix,
  closing,
  colon,
  colonBetween,
  comma,
  erasedChange,
  eventBegins,
  fieldsBegin,
  leafEnds,
  lineBegins,
  lineBreak,
  lineEnds,
  type Member,
  members,
  nothing,
  opening,
  pruneBegins,
  quote,
  saltEnds,
  saltsBegin,
} from './line-shape.ts'

/** `leaf` is in latin1, which compares fastest. */
export type EventLine = { index: number; leaf: string; isPrune: boolean }

/** Longer lines are rare, and what they cost lies in their hashes. */
const longest = 16_384

/**
 * Reads leaves straight from the bytes of events' lines. A line has its members in one order and its values in their
 * canonical form, so nothing has to be parsed and written again, which is several times as fast.
 */
export function createLineReader() {
  let line: Buffer
  let at = 0
  /** What of the line stands in the leaf: begin and end of stretches. */
  const facts = new Uint32Array(2 * members.length)
  let factCount = 0
  let factsBeforeFields = 0
  /** Of each field: whether it is a change, begin and end of its name, begin and end of its value. */
  const fields = new Uint32Array(longest / 8)
  let fieldCount = 0
  /** A commitment takes no more than twice the room of its value and salt; the first byte stays 0, as in every leaf. */
  const leaf = Buffer.alloc(3 * longest)
  let written = 0
  const salted = Buffer.allocUnsafe(16 + longest)
  const leafUpTo = beginnings(leaf)
  const saltedUpTo = beginnings(salted)

  /**
   * `end` is where the line break stands. Undefined for a line that is not in the usual form (something is erased, or
   * damaged): `readEventLine` looks at those closely.
   */
  return function readLine(bytes: Buffer, begin: number, end: number): EventLine | undefined {
    if (end - begin > longest) return undefined
    line = bytes
    at = begin
    factCount = fieldCount = 0
    if (!passText(lineBegins)) return undefined
    const index = passNumber()
    if (!passText(eventBegins)) return undefined
    for (const member of members) {
      if (!passMember(member)) return undefined
    }
    written = 1
    for (let i = 0; i < factsBeforeFields; i++) copyFact(i)
    if (!passText(saltsBegin) || !copyFields() || at !== end) return undefined
    for (let i = factsBeforeFields; i < factCount; i++) copyFact(i)
    writeText(leafEnds)
    const isPrune = standsAt(facts[0]!, pruneBegins)
    return { index, leaf: hash('sha256', leafUpTo(written), 'latin1'), isPrune }
  }

  function passMember({ key, kind }: Member): boolean {
    const begin = at
    // A fact goes into the leaf with its key, so that the hash tells whether it was the right one.
    if (kind === 'fact') at += key.length
    else if (!passText(key)) return false
    if (kind === 'changes') return passChanges()
    if (kind === 'erased') {
      factsBeforeFields = factCount
      return true
    }
    const value = at
    if (!(line[at] === quote ? passString() : passText(nothing))) return false
    if (kind === 'fact') addFact(begin, at)
    else if (line[value] === quote) addField(0, begin + 2, value - 2, value)
    return true
  }

  /** Facts that stand side by side are copied at once. */
  function addFact(begin: number, end: number): void {
    if (factCount === 0 || facts[2 * factCount - 1] !== begin) facts[2 * factCount++] = begin
    facts[2 * factCount - 1] = end
  }

  function addField(isChange: 0 | 1, nameBegin: number, nameEnd: number, value: number): void {
    const first = 5 * fieldCount++
    fields[first] = isChange
    fields[first + 1] = nameBegin
    fields[first + 2] = nameEnd
    fields[first + 3] = value
    fields[first + 4] = at
  }

  function passChanges(): boolean {
    if (line[at] === closing) {
      at++
      return true
    }
    for (;;) {
      const name = at + 1
      if (!passString()) return false
      const nameEnd = at - 1
      if (line[at++] !== colon || standsAt(at, erasedChange)) return false
      const value = at
      if (!passObject()) return false
      addField(1, name, nameEnd, value)
      const next = line[at++]
      if (next === closing) return true
      if (next !== comma) return false
    }
  }

  /** To the end of an object, whatever is in it: its hash tells whether it is the right one. */
  function passObject(): boolean {
    if (line[at] !== opening) return false
    for (let depth = 0; at < line.length; ) {
      const byte = line[at]!
      if (byte === quote) {
        if (!passString()) return false
        continue
      }
      at++
      if (byte === lineBreak) return false
      if (byte === opening) depth++
      else if (byte === closing && --depth === 0) return true
    }
    return false
  }

  function passString(): boolean {
    const bytes = line
    if (bytes[at] !== quote) return false
    for (let i = at + 1; i < bytes.length; i++) {
      const byte = bytes[i]!
      if (byte === quote) {
        at = i + 1
        return true
      }
      if (byte === backslash) i++
      else if (byte < 0x20) return false
    }
    return false
  }

  /** 15 digits are below 2^53; more, or a 0 before others, is not how a number is written here. */
  function passNumber(): number {
    const begin = at
    let value = 0
    for (; line[at]! >= 0x30 && line[at]! <= 0x39; at++) value = value * 10 + line[at]! - 0x30
    const isCanonical = at > begin && at - begin <= 15 && (line[begin] !== 0x30 || at === begin + 1)
    return isCanonical ? value : -1
  }

  function passText(text: Uint8Array): boolean {
    const from = at
    if (!standsAt(from, text)) return false
    at = from + text.length
    return true
  }

  function standsAt(place: number, text: Uint8Array): boolean {
    const bytes = line
    for (let i = 0; i < text.length; i++) if (bytes[place + i] !== text[i]) return false
    return true
  }

  /** The salts stand in the order of the fields, which is that of their names. */
  function copyFields(): boolean {
    writeText(fieldsBegin)
    for (let i = 0; i < fieldCount; i++) {
      if (i > 0) {
        leaf[written++] = comma
        if (line[at++] !== comma) return false
      }
      const name = written
      leaf[written++] = quote
      if (fields[5 * i]) writeText(changePrefix)
      copy(fields[5 * i + 1]!, fields[5 * i + 2]!)
      writeText(colonBetween)
      if (!passWritten(name)) return false
      if (!passSalt()) return false
      writeCommitment(fields[5 * i + 3]!, fields[5 * i + 4]!)
    }
    leaf[written++] = closing
    return passText(lineEnds)
  }

  /** What was written last into the leaf stands in the line, too. */
  function passWritten(from: number): boolean {
    const bytes = line
    const place = at - from
    const end = written
    for (let i = from; i < end; i++) if (bytes[place + i] !== leaf[i]) return false
    at += end - from
    return true
  }

  /** 24 characters of base64, of which the last two fill up. Strict: the bits that nobody reads are 0. */
  function passSalt(): boolean {
    const bytes = line
    const from = at
    let bits = 0
    let to = 0
    for (let i = 0; i < 22; i++) {
      const value = base64Values[bytes[from + i]!]!
      if (value > 63) return false
      bits = (bits << 6) | value
      if (i % 4 === 0) continue
      salted[to++] = (bits >> (6 - 2 * (i % 4))) & 0xff
    }
    at = from + 22
    return (bits & 15) === 0 && passText(saltEnds)
  }

  function writeCommitment(begin: number, end: number): void {
    line.copy(salted, 16, begin, end)
    const commitment = hash('sha256', saltedUpTo(16 + end - begin), 'base64')
    written += leaf.write(commitment, written, 'latin1')
    leaf[written++] = quote
  }

  function copyFact(i: number): void {
    copy(facts[2 * i]!, facts[2 * i + 1]!)
  }

  function copy(begin: number, end: number): void {
    written += line.copy(leaf, written, begin, end)
  }

  function writeText(text: Uint8Array): void {
    const from = written
    for (let i = 0; i < text.length; i++) leaf[from + i] = text[i]!
    written = from + text.length
  }
}
