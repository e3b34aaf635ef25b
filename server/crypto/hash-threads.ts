import { Worker } from 'node:worker_threads'

export type HashTask =
  | { kind: 'hash'; password: string; parameters: { memoryCost: number; timeCost: number; parallelism: number } }
  | { kind: 'verify'; password: string; stored: string }
export type HashResult = { value: string | boolean } | { error: string }
/** `patient`: takes what the event loop, libuv's threads and PostgreSQL leave of the machine. */
export type Urgency = 'quick' | 'patient'

/**
 * Runs Argon2 in threads of its own. They start when they are first needed, and keep no process alive that has nothing
 * else to do. Whoever calls sees to it that no more run at once than there should be threads (hash-slots.ts).
 */
export function createHashThreads(urgency: Urgency): (task: HashTask) => Promise<string | boolean> {
  const idle: Worker[] = []

  return async task => {
    const thread = idle.pop() ?? start(urgency)
    thread.ref()
    const result = await ask(thread, task)
    thread.unref()
    idle.push(thread)
    if ('error' in result) throw new Error(result.error)
    return result.value
  }
}

// What the process was started with (a debugger, another entry) is not for its threads.
function start(urgency: Urgency): Worker {
  return new Worker(new URL('./hash-thread.ts', import.meta.url), { workerData: urgency, execArgv: [] })
}

// A thread that ends instead of answering is not used again.
function ask(thread: Worker, task: HashTask): Promise<HashResult> {
  const { promise, resolve, reject } = Promise.withResolvers<HashResult>()
  const ended = () => reject(new Error('the thread that hashes passwords ended'))
  thread.on('message', resolve).on('error', reject).on('exit', ended)
  thread.postMessage(task)
  return promise.finally(() => thread.off('message', resolve).off('error', reject).off('exit', ended))
}
