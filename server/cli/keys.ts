import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Command, print } from '#server/cli/command.ts'
import { CommandError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { createKeysFile } from '#server/crypto/keys-file.ts'
import { describeKeys, examineKeys } from '#server/keys/examine-keys.ts'

export const keysInit: Command = {
  usage: 'keys init',
  summary: 'Make the key file of a new installation',
  async run({ config, json }) {
    if (config.keys) throw new CommandError('The keys are given in KONTOR_KEYS: nothing to make.')
    if (config.keysCommand) throw new CommandError('The keys come from KONTOR_KEYS_COMMAND: nothing to make.')
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
  summary: 'What is sealed and who logs in under which key, column by column, and how far a rotation is',
  async run({ config, json }) {
    const state = await withServices(config, examineKeys)
    print(json, state, describeKeys(state))
  },
}
