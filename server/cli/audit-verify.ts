import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { type Checkpoint, openCheckpoint } from '#server/audit-log/checkpoint.ts'
import { NoteError, parseVerifierKey, splitNotes, type VerifierKey, type VerifierKeys } from '#server/audit-log/note.ts'
import { verifyExport } from '#server/audit-log/verify-export.ts'
import { describeExport, describeWorkspace } from '#server/cli/audit-verdicts.ts'
import { type Command, type CommandInput, print, textOf } from '#server/cli/command.ts'
import { CommandError, UsageError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { verifyWorkspace } from '#server/features/audit/verify-workspace.ts'
import { ProblemError } from '#server/http/problems.ts'

const usage = 'audit verify <export> --key K [--checkpoint C]  or  audit verify --workspace S'
/** Small enough to stay in the processor's cache while it is hashed twice. */
const readBytes = 256 * 1024

/** With a file it reads nothing else: no setting, no server, no database, no network. */
export const auditVerify: Command = {
  usage,
  summary: 'Verify an exported history with only its file and the public key, or that of a workspace of this server',
  options: { key: { type: 'string' }, checkpoint: { type: 'string' }, workspace: { type: 'string' } },
  arguments: ['[export]'],
  async run(input) {
    const [file] = input.positionals
    const slug = textOf(input.values, 'workspace')
    if (file !== undefined && slug === undefined) return verifyFile(input, file)
    if (file === undefined && slug !== undefined) return verifyHere(input, slug)
    throw new UsageError(`usage: kontor ${usage}`)
  },
}

async function verifyFile({ values, json }: CommandInput, file: string): Promise<void> {
  const given = textOf(values, 'key')
  if (given === undefined) throw new UsageError(`--key is missing; usage: kontor ${usage}`)
  const keys = readKeys(given)
  const kept = readKept(textOf(values, 'checkpoint'), keys)
  const stream = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: readBytes })
  const verdict = await verifyExport(stream, keys, kept).catch(explain(file))
  const isGood = verdict.problems.length === 0
  print(json, { ok: isGood, ...verdict }, shown(describeExport(verdict)))
  if (!isGood) process.exitCode = 1
}

async function verifyHere(input: CommandInput, slug: string): Promise<void> {
  for (const name of ['key', 'checkpoint']) {
    if (input.values[name] !== undefined) throw new UsageError(`--${name} is for an exported file: leave it out.`)
  }
  const verdict = await withServices(input.config, services => verifyWorkspace(services, slug, showProgress())).catch(
    error => {
      throw error instanceof ProblemError ? new CommandError(error.message) : error
    },
  )
  const isGood = verdict.problems.length === 0
  print(input.json, { ok: isGood, ...verdict }, shown(describeWorkspace(verdict)))
  if (!isGood) process.exitCode = 1
}

/** The key itself, or a file that has it, and those before it, as `kontor audit key` prints them: each in a line. */
function readKeys(given: string): VerifierKey[] {
  const text = given.includes('+') && !existsSync(given) ? given : readText(given)
  try {
    return text.trim().split('\n').map(parseVerifierKey)
  } catch (error) {
    if (!(error instanceof NoteError)) throw error
    throw new UsageError(`--key takes what \`kontor audit key\` prints, or a file with it. ${error.message}`)
  }
}

function readKept(path: string | undefined, keys: VerifierKeys): Checkpoint[] {
  if (path === undefined) return []
  try {
    const notes = splitNotes(readText(path))
    if (notes.length === 0) throw new CommandError(`There is no checkpoint in ${path}.`)
    return notes.map(note => openCheckpoint(note, keys))
  } catch (error) {
    if (!(error instanceof NoteError)) throw error
    throw new CommandError(`A checkpoint in ${path} does not hold. ${error.message}`)
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    return explain(path)(error)
  }
}

function explain(path: string) {
  return (error: unknown): never => {
    const { code, message } = error as NodeJS.ErrnoException
    if (code && /^(ENOENT|EACCES|EISDIR|ENOTDIR|EIO)$/.test(code))
      throw new CommandError(`${path} cannot be read: ${message}.`)
    throw error
  }
}

/** What a file says is somebody else's: it must not steer the terminal. */
function shown(sentences: readonly string[]): string {
  return sentences.map(sentence => sentence.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd')).join('\n')
}

const progressEveryMs = 1_000

function showProgress() {
  let last = performance.now()
  return (done: number, size: number) => {
    if (performance.now() - last < progressEveryMs && done < size) return
    last = performance.now()
    console.error(`Verifying: ${done} of ${size} events`)
  }
}
