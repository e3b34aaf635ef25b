import { expect, test } from 'vitest'
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts'
import { makeSigningKey, NoteError, openNote, parseSigningKey, parseVerifierKey, signNote, splitNotes } from './note.ts'

/** The example in the documentation of golang.org/x/mod/sumdb/note. */
const skey = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const peter =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const enoch =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n'
const note = `${text}\n${peter}`
const key = parseSigningKey(skey)
const verifier = parseVerifierKey(vkey)

test('keys and signatures are those of the published example, byte for byte', () => {
  expect(key.vkey).toBe(vkey)
  expect(key.skey).toBe(skey)
  expect(signNote(text, key)).toBe(note)
  expect(openNote(note, verifier)).toBe(text)
})

test('signatures of other keys are passed over, and none of ours is refused', () => {
  expect(openNote(`${text}\n${enoch}${peter}`, verifier)).toBe(text)
  expect(() => openNote(`${text}\n${enoch}`, verifier)).toThrow('not signed by the key PeterNeumann+c74f20a3')
})

test('a note of which any bit is changed is refused', () => {
  const bytes = Buffer.from(note)
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = changed[at]! ^ (1 << (at % 8))
    expect(() => openNote(changed.toString('utf8'), verifier), `byte ${at}`).toThrow(NoteError)
  }
})

test.each([
  ['', 'nothing'],
  [text, 'no signature'],
  [note.slice(0, -1), 'no line break at the end'],
  [`${note}\n`, 'an empty line after the signatures'],
  [note.replace('— ', '- '), 'a hyphen for the dash'],
  [note.replace('AM=', 'AN='), 'bits in the base64 that nobody reads'],
  [note.replace('\n\n', '\n \n'), 'no empty line before the signatures'],
  [note.replace('If', 'I\0f'), 'a control character'],
  [note.replaceAll('\n', '\r\n'), 'line breaks of Windows'],
])('%j is no note: %s', wrong => {
  expect(() => openNote(wrong, verifier)).toThrow(NoteError)
})

test('a part of a key, or one with any character changed, is no key', () => {
  for (let begin = 0; begin < skey.length; begin++) {
    for (let end = begin + 1; end <= skey.length; end++) {
      if (begin > 0 || end < skey.length) expect(() => parseSigningKey(skey.slice(begin, end))).toThrow(NoteError)
      if (begin > 0 || end < vkey.length) expect(() => parseVerifierKey(vkey.slice(begin, end))).toThrow(NoteError)
      if (end > vkey.length) break
    }
  }
  for (let at = 0; at < vkey.length; at++) {
    const changed = vkey.slice(0, at) + String.fromCharCode(vkey.charCodeAt(at) + 1) + vkey.slice(at + 1)
    expect(() => parseVerifierKey(changed), changed).toThrow(NoteError)
  }
  expect(() => parseVerifierKey('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toThrow(
    NoteError,
  )
})

test('a new key signs what it opens, under a name without spaces and plus', () => {
  const made = makeSigningKey('kontor.example.eu/audit')
  expect(openNote(signNote('ä\n\nb\n', made), parseVerifierKey(made.vkey))).toBe('ä\n\nb\n')
  expect(parseSigningKey(made.skey).vkey).toBe(made.vkey)
  for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\nb']) expect(() => makeSigningKey(name)).toThrow(NoteError)
})

test('the published checkpoint is read as what it says', () => {
  const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='
  expect(parseCheckpoint(`example.com/behind-the-sofa\n20852163\n${root}\n`)).toEqual({
    origin: 'example.com/behind-the-sofa',
    size: 20_852_163,
    root: Buffer.from(root, 'base64'),
  })
})

const root = Buffer.alloc(32, 7)
const hash = root.toString('base64')
test.each([
  `o\n01\n${hash}\n`,
  `o\n-1\n${hash}\n`,
  `o\n+1\n${hash}\n`,
  `o\n1.0\n${hash}\n`,
  `o\n9007199254740993\n${hash}\n`,
  `\n1\n${hash}\n`,
  `o\n1\n${hash.slice(0, -4)}\n`,
  `o\n1\n${hash.replace('c=', 'd=')}\n`,
  `o\n1\n${hash}\nextension\n`,
  `o\n1\n${hash}`,
])('%j is no checkpoint', wrong => {
  expect(() => parseCheckpoint(wrong)).toThrow(NoteError)
})

test('a file of checkpoints is read one by one, and anything between them is refused', () => {
  const notes = [0, 5, 600].map(size => signCheckpoint({ origin: 'o', size, root }, key))
  expect(splitNotes(notes.join(''))).toEqual(notes)
  expect(splitNotes(notes.join('\n'))).toEqual(notes)
  expect(splitNotes(`${notes.join('\n\n')}\n`)).toEqual(notes)
  expect(splitNotes('')).toEqual([])
  expect(openCheckpoint(notes[2]!, verifier)).toEqual({ origin: 'o', size: 600, root })
  expect(() => splitNotes(`${notes.join('')}${notes[0]!.slice(0, -9)}`)).toThrow(NoteError)
  expect(() => splitNotes(`${notes[0]}left\n\n\n${notes[1]}`)).toThrow(NoteError)
  expect(() => formatCheckpoint({ origin: 'a\nb', size: 1, root })).toThrow(NoteError)
})
