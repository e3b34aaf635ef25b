import { execFile } from 'node:child_process'
import { createKeyRing, type KeyRing, type Keys, KeysError, readKeys } from './keys.ts'

const limitMs = 10_000
const notAgainMs = 10_000

/**
 * The keys that a command prints, as from a vault: the lines of a key file on its standard output, within 10 seconds. It
 * runs without a shell, its words parted at spaces, and again when a version turns up that is not known, at most every
 * 10 seconds. Throws `KeysError`.
 */
export async function loadKeysFromCommand(command: string): Promise<KeyRing> {
  let lastRun = performance.now()
  return createKeyRing(await runForKeys(command), {
    check: () => undefined,
    async fetch() {
      if (performance.now() - lastRun < notAgainMs) return undefined
      lastRun = performance.now()
      return await runForKeys(command)
    },
  })
}

async function runForKeys(command: string): Promise<Keys> {
  const output = await run(command)
  try {
    return readKeys(output)
  } catch (error) {
    if (!(error instanceof KeysError)) throw error
    throw new KeysError(`KONTOR_KEYS_COMMAND printed no keys that can be used. ${error.message}`)
  }
}

/** What the command says on standard error is dropped: it may be anything, and its words may hold a secret too. */
function run(command: string): Promise<string> {
  const [file = '', ...words] = command.split(/\s+/).filter(Boolean)
  const options = { timeout: limitMs, killSignal: 'SIGKILL', maxBuffer: 65_536, env: environment() } as const
  return new Promise((resolve, reject) => {
    const child = execFile(file, words, options, (error, stdout) => {
      if (error) reject(new KeysError(`KONTOR_KEYS_COMMAND ${reasonOf(error)}`))
      else resolve(stdout)
    })
    child.stdin?.end()
  })
}

function reasonOf(error: Error & { code?: unknown; killed?: boolean }): string {
  if (error.code === 'ENOENT') return 'names no program that is there: give its full path.'
  if (error.code === 'EACCES') return 'names a file that may not be run: make it executable.'
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return 'printed more than 64 KiB: it has to print the lines of the keys and nothing else.'
  if (error.killed) return 'took longer than 10 seconds: run it by hand to see what it waits for.'
  return `ended with ${typeof error.code === 'number' ? `status ${error.code}` : 'a signal'}: run it by hand to see why.`
}

/** It needs the vault's settings, and none of ours. */
function environment(): NodeJS.ProcessEnv {
  const ours = /^(KONTOR_|(DATABASE|SOCKET)_OF_KONTOR$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
}
