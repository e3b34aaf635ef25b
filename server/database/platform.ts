import { Kysely } from 'kysely'
import type pg from 'pg'
import { type Connections, isFatal } from '#server/database/connections.ts'
import { ask, createDialect } from '#server/database/dialect.ts'
import type { Login } from '#server/database/server.ts'
import type { PlatformTables } from '#server/database/tables.gen.ts'

export type PlatformDatabase = Kysely<PlatformTables>

/** Accounts, sessions and the directory of workspaces. This login reaches no workspace's data. */
export type Platform = {
  db: PlatformDatabase
  transact<T>(work: (db: PlatformDatabase) => Promise<T>): Promise<T>
  /**
   * Looks something up together with what others look up: what is asked for while an answer is on its way goes out after
   * it in one piece, and the same question once. None is older than who asked it, so nothing is remembered.
   * @param question names all that `ask` depends on.
   */
  lookUp<T>(question: string, ask: (db: PlatformDatabase) => Promise<T>): Promise<T>
}

export function openPlatform(connections: Connections, login: Login): Platform {
  const use = <T>(work: (client: pg.Client) => Promise<T>) => connections.use('kontor_platform', login, work)
  const on = (client: pg.Client) => new Kysely<PlatformTables>({ dialect: createDialect(run => run(client)) })
  return {
    db: new Kysely<PlatformTables>({ dialect: createDialect(use) }),
    lookUp: createLookUps(work => use(client => work(on(client)))),
    transact: work =>
      use(async client => {
        await ask(client, 'begin')
        try {
          const result = await work(on(client))
          await ask(client, 'commit')
          return result
        } catch (error) {
          await ask(client, 'rollback')
          throw error
        }
      }),
  }
}

type Question = { ask: (db: PlatformDatabase) => Promise<unknown> } & PromiseWithResolvers<unknown>

function createLookUps(lend: (work: (db: PlatformDatabase) => Promise<unknown>) => Promise<unknown>) {
  let waiting = new Map<string, Question>()
  let isAsking = false

  return function lookUp<T>(name: string, ask: (db: PlatformDatabase) => Promise<T>): Promise<T> {
    const question = waiting.get(name) ?? { ask, ...Promise.withResolvers<unknown>() }
    waiting.set(name, question)
    // Who asks in the same turn of the event loop goes along.
    if (!isAsking) setImmediate(askAll)
    isAsking = true
    return question.promise as Promise<T>
  }

  async function askAll(): Promise<void> {
    const questions = [...waiting.values()]
    waiting = new Map()
    try {
      await lend(async db => {
        const failures: unknown[] = []
        const failed = (question: Question) => (error: unknown) => {
          question.reject(error)
          failures.push(error)
        }
        await Promise.all(questions.map(question => question.ask(db).then(question.resolve, failed(question))))
        // Whoever lends the connection is told, above all, that it is lost.
        if (failures.length > 0) throw failures.find(isFatal) ?? failures[0]
      })
    } catch (error) {
      for (const { reject } of questions) reject(error)
    }
    isAsking = waiting.size > 0
    if (isAsking) void askAll()
  }
}
