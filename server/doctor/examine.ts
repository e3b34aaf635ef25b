import { access, constants, mkdir, statfs } from 'node:fs/promises'
import pg from 'pg'
import type { Config } from '#server/config/config.ts'
import { smtpOptions } from '#server/config/smtp.ts'
import type { KeyRing } from '#server/crypto/keys.ts'
import { newestWorkspaceVersion } from '#server/database/migrate.ts'
import { type DatabaseServer, type FixedRole, loginAs } from '#server/database/server.ts'
import { examineAuditLogs } from '#server/doctor/audit-log.ts'
import { examineKeys } from '#server/doctor/keys.ts'
import { features } from '#server/features/index.ts'
import { joinInstallation } from '#server/installation.ts'
import { checkRelay } from '#server/mail/transport.ts'

export type Finding = { level: 'ok' | 'warning' | 'error'; check: string; detail: string }

/** Looks at everything an installation depends on. Changes nothing. */
export async function examine(config: Config): Promise<Finding[]> {
  const findings: Finding[] = [
    {
      level: 'ok',
      check: 'operations',
      detail: `${features.reduce((sum, feature) => sum + feature.operations.length, 0)} declared`,
    },
    await storage(config),
    await disk(config),
    await mail(config),
  ]
  let installation: Awaited<ReturnType<typeof joinInstallation>>
  try {
    installation = await joinInstallation(config)
  } catch (error) {
    return [...findings, { level: 'error', check: 'installation', detail: (error as Error).message }]
  }
  const { server, keys, stop } = installation
  try {
    findings.push(...(await database(config, server, keys)))
  } finally {
    await stop()
  }
  return findings
}

async function database(config: Config, server: DatabaseServer, keys: KeyRing): Promise<Finding[]> {
  return using(server.admin, async (admin): Promise<Finding[]> => {
    const one = async (text: string, values: unknown[] = []) => (await admin.query(text, values)).rows[0]
    const { version, fsync, full_page_writes, synchronous_commit } = await one(
      `select current_setting('server_version') as version, current_setting('fsync') as fsync,
         current_setting('full_page_writes') as full_page_writes, current_setting('synchronous_commit') as synchronous_commit`,
    )
    const durable = fsync === 'on' && full_page_writes === 'on' && synchronous_commit !== 'off'
    const findings: Finding[] = [
      { level: 'ok', check: 'database', detail: `PostgreSQL ${version}` },
      durable
        ? { level: 'ok', check: 'durability', detail: 'what is acknowledged is on disk' }
        : {
            level: 'error',
            check: 'durability',
            detail: 'set fsync, full_page_writes and synchronous_commit to on: a crash loses acknowledged changes',
          },
    ]
    const there = await one(`select to_regclass('platform.workspace') is not null as migrated`)
    if (!there.migrated)
      return [
        ...findings,
        { level: 'warning', check: 'schema', detail: 'not there yet: run `kontor migrate`, or start the server' },
      ]
    for (const role of ['kontor_platform', 'kontor_provisioner', 'kontor_jobs'] as const)
      findings.push(await login(server, keys, role))
    findings.push(await privileges(admin), await workspaces(admin), ...(await examineKeys(config, keys, admin)))
    findings.push(...(await examineAuditLogs(config, admin)))
    return findings
  }).catch((error: Error) => [{ level: 'error', check: 'database', detail: error.message } as Finding])
}

async function login(server: DatabaseServer, keys: KeyRing, role: FixedRole): Promise<Finding> {
  try {
    return await using(
      loginAs(server, keys, role),
      async (): Promise<Finding> => ({ level: 'ok', check: role, detail: 'logs in' }),
    )
  } catch (error) {
    return {
      level: 'error',
      check: role,
      detail: `cannot log in (${(error as Error).message}): is this the key file of this database?`,
    }
  }
}

async function privileges(admin: pg.Client): Promise<Finding> {
  const { rows: open } = await admin.query(
    `select p.proname from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace
       and p.proname in ('set_config', 'query_to_xml', 'ts_stat', 'lo_import', 'pg_sleep') and has_function_privilege('public', p.oid, 'execute')`,
  )
  const { rows: strong } = await admin.query(
    `select rolname from pg_roles where (rolname ~ '^w_[a-z2-7]{16}$' or rolname in ('kontor_platform', 'kontor_jobs'))
       and (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication
         or exists (select from pg_auth_members m where m.member = pg_roles.oid))`,
  )
  if (strong.length > 0)
    return {
      level: 'error',
      check: 'privileges',
      detail: `these logins have more rights than they should: ${strong.map(r => r.rolname).join(', ')}`,
    }
  if (open.length > 0)
    return {
      level: 'warning',
      check: 'privileges',
      detail: `PUBLIC may still call ${open.map(r => r.proname).join(', ')}: only a superuser can take that away (sql/cluster/functions.sql)`,
    }
  return { level: 'ok', check: 'privileges', detail: 'no login can reach beyond its own schema' }
}

async function workspaces(admin: pg.Client): Promise<Finding> {
  const { rows } = await admin.query(
    `select count(*)::int as total, count(*) filter (where status = 'broken')::int as broken,
       count(*) filter (where status = 'active' and schema_version <> $1)::int as behind from platform.workspace`,
    [newestWorkspaceVersion()],
  )
  const { total, broken, behind } = rows[0]
  if (broken > 0)
    return {
      level: 'error',
      check: 'workspaces',
      detail: `${broken} of ${total} are set aside: run \`kontor migrate\` and read what it says`,
    }
  if (behind > 0) return { level: 'warning', check: 'workspaces', detail: `${behind} of ${total} wait to be migrated` }
  return { level: 'ok', check: 'workspaces', detail: `${total}, all at ${newestWorkspaceVersion()}` }
}

async function storage({ storageDir }: Config): Promise<Finding> {
  try {
    await mkdir(storageDir, { recursive: true, mode: 0o700 })
    await access(storageDir, constants.W_OK)
    return { level: 'ok', check: 'attachments', detail: storageDir }
  } catch (error) {
    return {
      level: 'error',
      check: 'attachments',
      detail: `${storageDir} cannot be written: ${(error as Error).message}`,
    }
  }
}

async function disk({ dataDir }: Config): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir).catch(() => statfs('.'))
  const free = (bavail * bsize) / 2 ** 30
  return {
    level: free < 1 ? 'error' : free < 5 ? 'warning' : 'ok',
    check: 'disk',
    detail: `${free.toFixed(1)} GiB free`,
  }
}

async function mail({ smtpUrl, dataDir }: Config): Promise<Finding> {
  if (!smtpUrl)
    return { level: 'warning', check: 'mail', detail: `no KONTOR_SMTP_URL: mails are files in ${dataDir}/mail` }
  const { host, port, auth } = smtpOptions(smtpUrl)
  const found = (level: Finding['level'], detail: string) => ({
    level,
    check: 'mail',
    detail: `${host}:${port} ${detail}`,
  })
  return checkRelay(smtpUrl).then(
    () => found('ok', auth ? 'answers and lets us in' : 'answers'),
    (error: Error) => found('error', `does not take mail from us: ${error.message}`),
  )
}

async function using<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
