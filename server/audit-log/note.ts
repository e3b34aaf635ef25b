import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject, sign, verify } from 'node:crypto'
import { decodeBase64 } from './base64.ts'

/** Signed notes (https://c2sp.org/signed-note), with Ed25519 and nothing else. */
export class NoteError extends Error {}

/** `vkey` is how a public key is written: `<name>+<id, 8 hex digits>+<base64 of 0x01 ‖ public key>`. */
export type VerifierKey = { name: string; id: Buffer; vkey: string; publicKey: KeyObject }
/** `skey` is how a private key is kept: `PRIVATE+KEY+<name>+<id>+<base64 of 0x01 ‖ seed>`. */
export type SigningKey = VerifierKey & { skey: string; privateKey: KeyObject }

/** The keys that a signature may be of: those of an installation, or the only one. */
export type VerifierKeys = VerifierKey | readonly VerifierKey[]

/** Signs a text, which ends with a line break. @returns the note. */
export function signNote(text: string, key: SigningKey): string {
  if (!text.endsWith('\n') || !isNoteText(text)) throw new NoteError('This text cannot be signed as a note.')
  const signature = Buffer.concat([key.id, sign(null, Buffer.from(text), key.privateKey)])
  return `${text}\n— ${key.name} ${signature.toString('base64')}\n`
}

/** The text of a note, once the signature of one of these keys was found good. Those of other keys are passed over. */
export function openNote(note: string, keys: VerifierKeys): string {
  if (note.length > 1_000_000 || !isNoteText(note)) throw new NoteError('This is not a signed note.')
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) throw new NoteError('The note has no signatures.')
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length > 100) throw new NoteError('The note has more than 100 signatures.')
  const known = [keys].flat()
  const ours = lines.map(readSignature).flatMap(({ name, id, bytes }) => {
    const key = known.find(each => each.name === name && each.id.equals(id))
    return key ? [{ key, bytes }] : []
  })
  if (ours.length === 0) throw new NoteError(`The note is not signed by the key ${known.map(idOf).join(' or ')}.`)
  const isGood = ours.every(
    ({ key, bytes }) => bytes.length === 64 && verify(null, Buffer.from(text), key.publicKey, bytes),
  )
  if (!isGood) throw new NoteError('The signature is wrong: the note was changed, or another key signed it.')
  return text
}

/** Several notes, one after the other, as a file of checkpoints holds them: texts without empty lines. */
export function splitNotes(text: string): string[] {
  const notes = text.match(/(?:[^\n]+\n)+\n(?:— [^\n]*\n)+/g) ?? []
  if (notes.join('') !== text.replaceAll(/^\n+|(?<=\n— [^\n]*\n)\n+/g, ''))
    throw new NoteError('There is something between the notes that is none.')
  return notes
}

/** @throws NoteError where the text is not exactly how the public key of a name is written. */
export function parseVerifierKey(vkey: string): VerifierKey {
  const [, name = '', id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? []
  const bytes = decodeBase64(encoded, 33)
  if (!isKeyName(name) || bytes?.[0] !== 1) throw new NoteError('This is not the public key of a signed note.')
  const key = verifierKey(name, bytes.subarray(1))
  if (key.vkey !== `${name}+${id}+${encoded}`) throw new NoteError('The public key is damaged: its id is of another.')
  return key
}

/** @throws NoteError where the text is not exactly how the private key of a name is written. */
export function parseSigningKey(skey: string): SigningKey {
  const [, name = '', id, encoded] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(skey) ?? []
  const bytes = decodeBase64(encoded, 33)
  if (!isKeyName(name) || bytes?.[0] !== 1) throw new NoteError('This is not the private key of a signed note.')
  const key = signingKey(name, bytes.subarray(1))
  if (key.id.toString('hex') !== id) throw new NoteError('The private key is damaged: its id is of another.')
  return key
}

/** A new random key. */
export function makeSigningKey(name: string): SigningKey {
  if (!isKeyName(name)) throw new NoteError(`"${name}" cannot be the name of a key.`)
  const { d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return signingKey(name, Buffer.from(d!, 'base64url'))
}

// Ed25519 keys are DER with a fixed beginning (RFC 8410, section 10).
const publicBeginning = Buffer.from('302a300506032b6570032100', 'hex')
const privateBeginning = Buffer.from('302e020100300506032b657004220420', 'hex')

function verifierKey(name: string, raw: Uint8Array): VerifierKey {
  const publicKey = createPublicKey({ key: Buffer.concat([publicBeginning, raw]), format: 'der', type: 'spki' })
  const bytes = Buffer.concat([Buffer.of(1), raw])
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), bytes]), 'buffer').subarray(0, 4)
  return { name, id, vkey: `${name}+${id.toString('hex')}+${bytes.toString('base64')}`, publicKey }
}

function signingKey(name: string, seed: Uint8Array): SigningKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([privateBeginning, seed]), format: 'der', type: 'pkcs8' })
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  const verifier = verifierKey(name, Buffer.from(x!, 'base64url'))
  const encoded = Buffer.concat([Buffer.of(1), seed]).toString('base64')
  return { ...verifier, privateKey, skey: `PRIVATE+KEY+${name}+${verifier.id.toString('hex')}+${encoded}` }
}

/** How a key is called: its name, and the beginning of its hash. */
export function idOf({ name, id }: VerifierKey): string {
  return `${name}+${id.toString('hex')}`
}

function readSignature(line: string): { name: string; id: Buffer; bytes: Buffer } {
  const [, name = '', encoded] = /^— (\S+) (\S+)$/.exec(line) ?? []
  const bytes = decodeBase64(encoded)
  if (!isKeyName(name) || !bytes || bytes.length < 5) throw new NoteError('The note has a line that is no signature.')
  return { name, id: bytes.subarray(0, 4), bytes: bytes.subarray(4) }
}

function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\t-\r\u0085+\p{Z}]/u.test(name)
}

/** No control characters but line breaks, and nothing that has no UTF-8. */
function isNoteText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.isWellFormed() && !/[\0-\x09\x0b-\x1f]/.test(text)
}
