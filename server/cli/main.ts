import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { CommandInput } from '#server/cli/command.ts'
import { commands } from '#server/cli/commands.ts'
import { CommandError, UsageError } from '#server/cli/errors.ts'
import { readConfig } from '#server/config/config.ts'
import { ConfigError } from '#server/config/env.ts'
import { KeysError } from '#server/crypto/keys.ts'
import { ProblemError } from '#server/http/problems.ts'
import { EmbeddedError } from '#server/postgres/embedded-error.ts'
import { version } from '#server/version.ts'

process.exitCode = await main(process.argv.slice(2))

/** Runs one command. @returns 0 done, 1 failed, 2 wrong usage. */
async function main(args: string[]): Promise<number> {
  try {
    if (args.length === 0 || args[0] === 'help' || args.includes('--help'))
      return say(await help(args.filter(a => !a.startsWith('-'))))
    if (args[0] === '--version' || args[0] === 'version') return say(version)
    const { command, rest } = await findCommand(args)
    const { values, positionals } = parse(rest, command.options)
    const named = command.arguments ?? []
    const required = named.filter(name => !name.startsWith('[')).length
    if (positionals.length < required || positionals.length > named.length)
      throw new UsageError(`usage: kontor ${command.usage}`)
    for (const name of command.required ?? []) {
      if (values[name] === undefined) throw new UsageError(`--${name} is missing; usage: kontor ${command.usage}`)
    }
    await command.run({
      // Read when it is asked for: to verify a file, nobody has to have Kontor set up.
      get config() {
        return readConfig(process.env)
      },
      values,
      positionals,
      json: values.json === true,
    })
    return Number(process.exitCode ?? 0)
  } catch (error) {
    return report(error)
  }
}

async function findCommand(args: string[]) {
  const two = commands[`${args[0]} ${args[1]}`]
  if (two) return { command: await two(), rest: args.slice(2) }
  const one = commands[args[0]!]
  if (one) return { command: await one(), rest: args.slice(1) }
  throw new UsageError(`There is no command "${args.slice(0, 2).join(' ')}"; \`kontor help\` lists them.`)
}

function parse(args: string[], options: ParseArgsOptionsConfig = {}) {
  try {
    const parsed = parseArgs({
      args,
      options: { ...options, json: { type: 'boolean' } },
      allowPositionals: true,
      strict: true,
    })
    return { values: parsed.values as CommandInput['values'], positionals: parsed.positionals }
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

async function help([first = '']: string[]): Promise<string> {
  const matching = Object.entries(commands).filter(([name]) => first === 'help' || name.startsWith(first))
  const found = await Promise.all(matching.map(([, load]) => load()))
  const width = Math.max(...found.map(({ usage }) => usage.length))
  const lines = found.map(command => `  kontor ${command.usage.padEnd(width)}  ${command.summary}`)
  return `Kontor ${version}\n\n${lines.join('\n')}\n\nExit status: 0 done, 1 failed, 2 wrong usage. Settings: docs/operating.md.`
}

function say(text: string): number {
  console.log(text)
  return 0
}

function report(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(error.message)
    return 2
  }
  const expected =
    error instanceof CommandError ||
    error instanceof ProblemError ||
    error instanceof ConfigError ||
    error instanceof KeysError ||
    error instanceof EmbeddedError
  console.error(expected ? error.message : error)
  return 1
}
