import type { KeyObject } from 'node:crypto'
import { fieldKey } from './derive.ts'
import { encryptFernet, FernetError, readFernet } from './fernet.ts'
import type { KeyRing } from './keys.ts'
import { type SealedField, sealedColumns } from './sealed-columns.ts'

/**
 * Seals fields with the newest key, and those of a workspace with its own key too; opens them with the keys that they
 * name. `now` is the application clock.
 */
export function createSealer({ keys, workspaceKey, now = () => Temporal.Now.instant() }: Parts): Sealer {
  function keyOf(field: SealedField, { version, ofWorkspace }: Seal): Buffer {
    const master = keys.get(version)
    if (!master) throw new MissingKeyError(version)
    return fieldKey(master, field, ofWorkspace ? workspaceKey(field.workspace) : undefined)
  }

  function sealAt(field: SealedField, plaintext: Buffer, madeAt: Temporal.Instant): string {
    const seal = { version: keys.newest, ofWorkspace: field.workspace !== 'platform' }
    return `${prefixOf(seal)}${encryptFernet(keyOf(field, seal), plaintext, { now: madeAt })}`
  }

  function read(field: SealedField, sealed: string): { plaintext: Buffer; madeAt: Temporal.Instant } {
    requireDeclared(field)
    const { token, ...seal } = parseSealed(sealed)
    if (seal.ofWorkspace && field.workspace === 'platform') throw new SealBrokenError(field.column)
    try {
      return readFernet(keyOf(field, seal), token)
    } catch (error) {
      throw error instanceof FernetError ? new SealBrokenError(field.column) : error
    }
  }

  return {
    seal(field, plaintext) {
      requireDeclared(field)
      if (!plaintext.isWellFormed()) throw new TypeError('Only well-formed Unicode can be sealed.')
      return sealAt(field, Buffer.from(plaintext, 'utf8'), now())
    },
    open: (field, sealed) => read(field, sealed).plaintext.toString('utf8'),
    reseal(field, sealed) {
      const { plaintext, madeAt } = read(field, sealed)
      return sealAt(field, plaintext, madeAt)
    },
    prefix: scope => prefixOf({ version: keys.newest, ofWorkspace: scope === 'workspace' }),
  }
}

type Parts = {
  keys: KeyRing
  /** The workspace's own key; throws where it is missing. */
  workspaceKey: (workspaceId: string) => KeyObject
  now?: () => Temporal.Instant
}

export type Sealer = {
  /** `k<version>:<Fernet token>`, in a workspace `k<version>w:<Fernet token>`: what a column of the domain `sealed` takes. */
  seal(field: SealedField, plaintext: string): string
  /** Throws `MissingKeyError` or `SealBrokenError`; there is no fallback. */
  open(field: SealedField, sealed: string): string
  /** The same content under the newest key with a new IV; keeps the timestamp, as MultiFernet's rotation does. */
  reseal(field: SealedField, sealed: string): string
  /** What everything begins with that is sealed now; what does not is to be sealed anew. */
  prefix(scope: 'platform' | 'workspace'): string
}

export class MissingKeyError extends Error {
  override name = 'MissingKeyError'
  readonly version: number
  constructor(version: number) {
    super(`Key version ${version} is missing: add it to the key file again.`)
    this.version = version
  }
}

/** The value was changed, or belongs to another row, column or workspace. */
export class SealBrokenError extends Error {
  override name = 'SealBrokenError'
  constructor(place: string) {
    super(`A sealed value of ${place} does not open: it was changed, or belongs to another field.`)
  }
}

type Seal = { version: number; ofWorkspace: boolean }

function prefixOf({ version, ofWorkspace }: Seal): string {
  return `k${version}${ofWorkspace ? 'w' : ''}:`
}

function parseSealed(sealed: string): Seal & { token: string } {
  const match = /^k([1-9]\d{0,8})(w?):([\w=-]+)$/.exec(sealed)
  if (!match?.[1] || !match[3]) throw new SealBrokenError('an unknown column')
  return { version: Number(match[1]), ofWorkspace: match[2] === 'w', token: match[3] }
}

/** The types say the same; a cast or plain SQL text can get past them, and a field must never be sealed out of place. */
function requireDeclared({ workspace, column }: SealedField): void {
  const scope = workspace === 'platform' ? 'platform' : 'workspace'
  const declared = sealedColumns.some(each => each.scope === scope && `${each.table}.${each.column}` === column)
  if (!declared) throw new TypeError(`${column} is not declared as a sealed column of a ${scope}.`)
}
