import type { ParseArgsOptionsConfig } from 'node:util'
import type { Config } from '#server/config/config.ts'

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>
export type CommandInput = { config: Config; values: Values; positionals: string[]; json: boolean }

export type Command = {
  usage: string
  summary: string
  options?: ParseArgsOptionsConfig
  /** Options that have to be given. */
  required?: readonly string[]
  /** Names of what is given without a dash; `[name]` may be left out. */
  arguments?: readonly string[]
  run(input: CommandInput): Promise<void>
}

/** Prints data as JSON with `--json`, else as the sentence. */
export function print(json: boolean, data: unknown, sentence: string): void {
  console.log(json ? JSON.stringify(data) : sentence)
}

/** A text option that was given, or undefined. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}
