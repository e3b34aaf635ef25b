import { createRequire } from 'node:module'

/** This version of Kontor. */
export const version: string = createRequire(import.meta.url)('../package.json').version
