import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { ConfigError, type Env, readChoice, readInteger, readText, readUrl, refuseUnknown } from '#server/config/env.ts'
import { isLoopback } from '#server/config/loopback.ts'
import { readMailFrom, readSmtpUrl } from '#server/config/smtp.ts'

const root = join(import.meta.dirname, '../..')

export type Plan = 'starter' | 'pro' | 'business'
export const plans = ['starter', 'pro', 'business'] as const satisfies readonly Plan[]

export { isLoopback }

/** All that is configurable, checked. Built once at the start; nothing else reads the environment. */
export type Config = ReturnType<typeof readConfig>

const names = [
  'KONTOR_HOST',
  'KONTOR_PORT',
  'KONTOR_PUBLIC_URL',
  'KONTOR_DATA_DIR',
  'KONTOR_DATABASE_URL',
  'KONTOR_KEYS_FILE',
  'KONTOR_KEYS',
  'KONTOR_KEYS_COMMAND',
  'KONTOR_SMTP_URL',
  'KONTOR_MAIL_FROM',
  'KONTOR_STORAGE_URL',
  'KONTOR_DEFAULT_PLAN',
  'KONTOR_DEMO',
  'KONTOR_PROCESSES',
  'KONTOR_TRUSTED_PROXIES',
  'KONTOR_LOG_LEVEL',
  'KONTOR_SIGNUPS_PER_HOUR_PER_IP',
  'KONTOR_SIGNUPS_PER_HOUR_PER_DOMAIN',
  'KONTOR_MAX_UPLOAD_BYTES',
  'KONTOR_STORAGE_BYTES_PER_WORKSPACE',
  'KONTOR_AUDIT_ADDRESSES',
  'KONTOR_TEST_CLOCK',
] as const

/**
 * Reads the environment (docs/operating.md lists the variables).
 * @throws ConfigError with one sentence that says what to do.
 */
export function readConfig(env: Env) {
  refuseUnknown(env, names)
  const host = readText(env, 'KONTOR_HOST', '127.0.0.1')
  const port = readInteger(env, 'KONTOR_PORT', 8080, [0, 65_535])
  // The default belongs to this copy of Kontor, wherever a command is typed; what is given is as the shell means it.
  const dataDir = resolve(readText(env, 'KONTOR_DATA_DIR') ?? join(root, 'data'))
  return {
    host,
    port,
    dataDir,
    publicUrl: publicUrl(env, host, port),
    databaseUrl: readUrl(env, 'KONTOR_DATABASE_URL', ['postgres:', 'postgresql:']),
    keysFile: resolve(readText(env, 'KONTOR_KEYS_FILE', resolve(dataDir, 'keys'))),
    keys: readText(env, 'KONTOR_KEYS'),
    keysCommand: keysCommand(env),
    smtpUrl: readSmtpUrl(env),
    mailFrom: readMailFrom(env),
    storageDir: storageDir(env, dataDir),
    defaultPlan: readChoice(env, 'KONTOR_DEFAULT_PLAN', 'starter', plans),
    demo: readChoice(env, 'KONTOR_DEMO', 'on', ['on', 'off']) === 'on',
    processes: readInteger(env, 'KONTOR_PROCESSES', 1, [1, 64]),
    trustedProxies: trustedProxies(env),
    logLevel: readChoice(env, 'KONTOR_LOG_LEVEL', 'info', [
      'fatal',
      'error',
      'warn',
      'info',
      'debug',
      'trace',
      'silent',
    ]),
    signupsPerHour: {
      perAddress: readInteger(env, 'KONTOR_SIGNUPS_PER_HOUR_PER_IP', 5, [1, 1_000_000]),
      perDomain: readInteger(env, 'KONTOR_SIGNUPS_PER_HOUR_PER_DOMAIN', 20, [1, 1_000_000]),
    },
    storageBytesPerWorkspace: readInteger(env, 'KONTOR_STORAGE_BYTES_PER_WORKSPACE', 53_687_091_200, [
      1,
      Number.MAX_SAFE_INTEGER,
    ]),
    maxUploadBytes: readInteger(env, 'KONTOR_MAX_UPLOAD_BYTES', 104_857_600, [1, Number.MAX_SAFE_INTEGER]),
    auditAddresses: readChoice(env, 'KONTOR_AUDIT_ADDRESSES', 'full', ['full', 'network', 'off']),
    testClock: readText(env, 'KONTOR_TEST_CLOCK'),
  }
}

/** Whether nobody else can use this server: it listens on loopback, and no proxy publishes it under another name. */
export function isForThisMachineOnly({ host, publicUrl, trustedProxies }: Config): boolean {
  return isLoopback(host) && trustedProxies.length === 0 && (!publicUrl || isLoopback(publicUrl.hostname))
}

function publicUrl(env: Env, host: string, port: number): URL | undefined {
  const url = readUrl(env, 'KONTOR_PUBLIC_URL', ['http:', 'https:'])
  if (url && (url.pathname !== '/' || url.search || url.hash)) {
    throw new ConfigError('KONTOR_PUBLIC_URL has a path: give the origin only, such as https://kontor.example.eu.')
  }
  if (!url && !isLoopback(host)) {
    throw new ConfigError('KONTOR_HOST is reachable from elsewhere: set KONTOR_PUBLIC_URL to the address people open.')
  }
  // Port 0 picks a free port, so the address is known only once the server listens.
  return url ?? (port === 0 ? undefined : new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}`))
}

/** Keys come from one place: of two, the one that is not read would be the one that somebody relies on. */
function keysCommand(env: Env): string | undefined {
  const given = ['KONTOR_KEYS_FILE', 'KONTOR_KEYS', 'KONTOR_KEYS_COMMAND'].filter(name => readText(env, name))
  if (given.length > 1) throw new ConfigError(`${given.join(' and ')} are set: keep one place for the keys.`)
  return readText(env, 'KONTOR_KEYS_COMMAND')
}

function trustedProxies(env: Env): string[] {
  const entries = (readText(env, 'KONTOR_TRUSTED_PROXIES') ?? '')
    .split(',')
    .map(entry => entry.trim())
    .filter(Boolean)
  const wrong = entries.find(entry => !/^[0-9a-fA-F.:]+(\/\d{1,3})?$/.test(entry) || isIP(entry.split('/')[0]!) === 0)
  if (wrong)
    throw new ConfigError(`KONTOR_TRUSTED_PROXIES names "${wrong}": give addresses or networks such as 10.0.0.0/8.`)
  return entries
}

function storageDir(env: Env, dataDir: string): string {
  const text = readText(env, 'KONTOR_STORAGE_URL')
  if (text === undefined) return resolve(dataDir, 'attachments')
  if (!text.startsWith('file:')) {
    throw new ConfigError(
      'KONTOR_STORAGE_URL: this version stores attachments in a folder; give file:/path/of/the/folder.',
    )
  }
  const path = text.slice('file:'.length).replace(/^\/\/(?=\/)/, '')
  if (!path) throw new ConfigError('KONTOR_STORAGE_URL names no folder: give file:/path/of/the/folder.')
  return resolve(path)
}
