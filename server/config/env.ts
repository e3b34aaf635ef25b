// The variables that configure Kontor, each read and checked by itself. Step one of three: text → values.

export type Env = Record<string, string | undefined>

/** A wrong configuration: the message is one sentence that says what to do, and stops the start. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

export function readText(env: Env, name: string, fallback: string): string
export function readText(env: Env, name: string): string | undefined
export function readText(env: Env, name: string, fallback?: string): string | undefined {
  const value = env[name]?.trim()
  return value ? value : fallback
}

/** A whole number between `min` and `max`, both included. */
export function readInteger(env: Env, name: string, fallback: number, [min, max]: [number, number]): number {
  const text = readText(env, name)
  if (text === undefined) return fallback
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new ConfigError(`${name} is "${text}": give a whole number from ${min} to ${max}.`)
  }
  return value
}

export function readChoice<const T extends string>(env: Env, name: string, fallback: T, choices: readonly T[]): T {
  const text = readText(env, name)
  if (text === undefined) return fallback
  const found = choices.find(choice => choice === text)
  if (!found) throw new ConfigError(`${name} is "${text}": give one of ${choices.join(', ')}.`)
  return found
}

/** A URL of one of the given protocols (`https:`), or undefined when the variable is not set. */
export function readUrl(env: Env, name: string, protocols: readonly string[]): URL | undefined {
  const text = readText(env, name)
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  // The value may hold a password, so the sentence does not repeat it.
  if (!url || !protocols.includes(url.protocol)) {
    throw new ConfigError(`${name} is not a URL that begins with ${protocols.map(p => `${p}//`).join(' or ')}.`)
  }
  return url
}

const known = /^KONTOR_/

/** Refuses a misspelt variable, which would otherwise be silently without effect. */
export function refuseUnknown(env: Env, names: readonly string[]): void {
  const stranger = Object.keys(env).find(name => known.test(name) && !names.includes(name))
  if (stranger) throw new ConfigError(`${stranger} is not a setting of Kontor: see docs/operating.md, or unset it.`)
}
