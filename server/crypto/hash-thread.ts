import { constants, platform, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { hashSync, verifySync } from '@node-rs/argon2'
import type { HashResult, HashTask, Urgency } from './hash-threads.ts'

// A thread that does nothing but Argon2, started by hash-threads.ts. On Linux a priority is of one thread; elsewhere it
// is of the whole process, which keeps its own.
if (platform() === 'linux' && (workerData as Urgency) === 'patient') setPriority(0, constants.priority.PRIORITY_LOW)

parentPort?.on('message', (task: HashTask) => parentPort?.postMessage(resultOf(task)))

function resultOf(task: HashTask): HashResult {
  try {
    const isHash = task.kind === 'hash'
    return { value: isHash ? hashSync(task.password, task.parameters) : verifySync(task.stored, task.password) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}
