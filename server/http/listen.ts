import type { FastifyInstance } from 'fastify'
import type { Config } from '#server/config/config.ts'
import { ConfigError } from '#server/config/env.ts'

/** Listens where the configuration says. @returns the address. */
export async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new ConfigError(`Port ${port} is taken: stop what uses it, or set KONTOR_PORT to another.`)
    if (code === 'EACCES') throw new ConfigError(`Port ${port} needs more rights: set KONTOR_PORT to 1024 or above.`)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new ConfigError(`KONTOR_HOST ${host} is no address of this machine.`)
    throw error
  }
}
