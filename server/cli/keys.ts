import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Command, print } from '#server/cli/command.ts'
import { CommandError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { createKeysFile } from '#server/crypto/keys-file.ts'
import { countSealed } from '#server/keys/count-sealed.ts'

export const keysInit: Command = {
  usage: 'keys init',
  summary: 'Make the key file of a new installation',
  async run({ config, json }) {
    if (config.keys) throw new CommandError('The keys are given in KONTOR_KEYS: nothing to make.')
    if (existsSync(config.keysFile))
      throw new CommandError(`There is a key file at ${config.keysFile}: it is left as it is.`)
    mkdirSync(dirname(config.keysFile), { recursive: true, mode: 0o700 })
    const ring = createKeysFile(config.keysFile)
    print(
      json,
      { file: config.keysFile, newest: ring.newest },
      `Made ${config.keysFile}. Keep a copy outside this machine: without it, what is sealed stays sealed.`,
    )
  },
}

export const keysStatus: Command = {
  usage: 'keys status',
  summary: 'How many sealed fields and logins use each key version',
  async run({ config, json }) {
    const rows = await withServices(config, countSealed)
    const lines = rows.map(
      row =>
        `key ${row.version}: ${row.fields} sealed fields, ${row.logins} logins${row.newest ? ' (newest)' : ''}${row.missing ? ' — MISSING from the key file' : ''}`,
    )
    print(json, { keys: rows }, lines.join('\n'))
  },
}
