import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { idSql } from './ids.ts'
import { copyOf, start, workspacesIn } from './installation.ts'
import { drawnValues, kontorRequest, type Operation, pgbenchDraws } from './operations.ts'
import type { Recorded } from './record-statements.ts'

/** What an operation does to the database, as a script for pgbench, and the body of its answer. */
export type Script = {
  text: string
  /** Values for pgbench's `-D`. */
  constants: Record<string, string>
  statements: number
  body: string
}

type Asked = ReturnType<typeof kontorRequest>

// All different, so that no value in a statement can stand for two of them.
const recorded = { task: 1234, project: 17, assignee: 12, tag: 5, status: 2, word: 137 }

/** Records each operation's statements at a Kontor of its own, on a copy of the data. */
export async function recordScripts(
  seededDir: string,
  operations: readonly Operation[],
): Promise<Record<string, Script>> {
  const folder = copyOf(seededDir, 'recording')
  const file = join(folder, 'statements.ndjson')
  const preload = `--import=${join(import.meta.dirname, 'record-statements.ts')}`
  const running = await start(folder, { NODE_OPTIONS: preload, BENCH_STATEMENTS: file })
  const [workspace] = workspacesIn(folder)
  try {
    const scripts: Record<string, Script> = {}
    for (const operation of operations) {
      // The first one warms up: it notes the use of the token, and reads what the caller may do.
      await ask(running.port, kontorRequest(operation, workspace!, { ...recorded, task: 99, status: 1 }))
      const body = await ask(running.port, kontorRequest(operation, workspace!, recorded), operation.name)
      const all = readFileSync(file, 'utf8').trim().split('\n')
      const own = all
        .map(each => JSON.parse(each) as Recorded)
        .filter(({ mark, login }) => mark === operation.name && login === workspace!.schema)
      scripts[operation.name] = { ...toScript(own, body, workspace!.number), body }
    }
    return scripts
  } finally {
    await running.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function ask(port: number, { method = 'GET', path, authorization, body }: Asked, mark = ''): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json', 'x-bench-mark': mark },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`)
  return text
}

function toScript(statements: readonly Recorded[], body: string, workspace: number): Omit<Script, 'body'> {
  const madeId = (JSON.parse(body) as { id?: string }).id
  const made = statements.some(({ text }) => /^insert/i.test(text)) ? madeId : undefined
  const drawn = drawnValues(recorded, workspace)
  const constants: Record<string, string> = {}
  const used = new Set<string>()
  const sqlOf = (value: string | null, name: string): string => {
    if (value === null) return 'null'
    if (value === made) {
      used.add('made')
      return idSql('made', workspace, ':made::bigint')
    }
    for (const { value: stood, sql, uses, inText } of drawn) {
      const parts = value.split(stood)
      if (parts.length === 1 || (!inText && value !== stood)) continue
      used.add(uses)
      if (value === stood) return sql
      return `(${parts.map(part => `'${part.replaceAll("'", "''")}'`).join(` || (${sql})::text || `)})`
    }
    constants[name] = value
    return `:${name}`
  }
  const lines = statements.map(
    ({ text, values }, n) => `${text.replace(/\$(\d+)/g, (_, place) => sqlOf(values[place - 1]!, `c${n}_${place}`))};`,
  )
  const draws = [...used].map(name =>
    name === 'made' ? '\\set made :begun + :n * 64 + :client_id' : pgbenchDraws[name],
  )
  if (used.has('made')) draws.unshift('\\set n :n + 1')
  return { text: [...draws, ...lines, ''].join('\n'), constants, statements: statements.length }
}
