import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { root } from './setup.mjs'

/**
 * How much V8 may take, in MB. Left alone it collects late where the machine has much memory: docs/performance.md,
 * "Memory". The same as in bin/kontor.
 */
export const heapFlags = ['--max-semi-space-size=16', '--no-parallel-scavenge', '--max-old-space-size=1024']

/**
 * Runs Node 26 in our place: same terminal, same end. Resolves with the exit code a shell would show.
 * Whatever ends us ends it too, once: a signal, or the death of the npm that started us.
 */
export function runInstead(node, args, options = {}) {
  const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: environmentFor(node), ...options })
  const end = endOnce(signal => child.kill(signal), { sameGroup: true })
  return new Promise(resolve => {
    child.once('error', error => {
      console.error(error.message)
      resolve(1)
    })
    child.once('exit', (code, signal) => {
      end.forget()
      resolve(code ?? 128 + (signalNumbers[signal] ?? 1))
    })
  })
}

/** Programs that this one starts by the name `node` are Node 26 as well. What it compiled is kept, as in bin/kontor. */
export function environmentFor(node) {
  return {
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.compiled'),
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
  }
}

/**
 * Calls back at most once, with the first reason to end: SIGINT, SIGTERM, SIGHUP, or that our parent is gone.
 * `sameGroup`: what the callback ends hears the terminal's Ctrl-C itself.
 */
export function endOnce(callback, { sameGroup = false } = {}) {
  let ended = false
  const end = signal => {
    if (ended) return
    ended = true
    callback(signal)
  }
  const handlers = Object.keys(signalNumbers).map(signal => [
    signal,
    () => {
      // The child has it already, and a second one may mean "at once".
      if (signal === 'SIGINT' && sameGroup && process.stdin.isTTY) return
      end(signal)
    },
  ])
  for (const [signal, handler] of handlers) process.on(signal, handler)
  const parents = parentsNow()
  const watch = setInterval(() => parentsNow() !== parents && end('SIGTERM'), 500)
  watch.unref()
  return {
    forget() {
      clearInterval(watch)
      for (const [signal, handler] of handlers) process.off(signal, handler)
    },
  }
}

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }

/** Our parent and, below npm, which puts a shell between itself and us, the shell's. */
function parentsNow() {
  const parent = process.ppid
  return process.env.npm_lifecycle_event ? `${parent} ${parentOf(parent)}` : `${parent}`
}

function parentOf(pid) {
  try {
    // The name before it, in parentheses, may hold anything.
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ')[1]
    return execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return 'none'
  }
}
