import { parentPort, workerData } from 'node:worker_threads'
import type { Parsed, ParseRequest } from '../parse-file.ts'
import { detectFormat, planImport, previewImport } from './index.ts'

// Runs in a thread of its own (parse-file.ts): reading 50 MB takes seconds, in which a server must not stand still.
const { what, bytes, fileName, mapping, ...request }: ParseRequest = workerData
const format = request.format === 'auto' ? detectFormat(bytes, fileName) : request.format
const file = { bytes, fileName }
const preview = format && what === 'preview' ? previewImport(format, file) : undefined
// A file that leaves nothing to choose is previewed by its plan.
const plan = format && !preview ? planImport(format, file, mapping) : undefined
parentPort?.postMessage({ format, plan, preview } satisfies Parsed)
