import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { operations } from './operations.ts'

export const parts = ['kontor', 'pgbench', 'fastify', 'peer', 'limits', 'start', 'fleet'] as const

export const usage = `npm run bench -- [parts] [options]
  parts             ${parts.join(',')} (default: all of them)
  --seconds N       of each measurement (default 3)
  --rounds N        the median of so many counts (default 3)
  --operations a,b  only these of a to h
  --connections N   of the load generator and of pgbench (default 16)
  --processes N     HTTP processes of Kontor (default: as many as processors, at most 4)
  --sizes 10,100    workspaces of the fleet (default 10,100,1000,2000)
  --long            ten minutes of load for the memory, instead of one
  --folder F        where data sets and results are kept (default: kontor-bench in the folder for temporary files)
  --resume          goes on with the run before, and measures what failed or is missing
  --no-report       leaves docs/performance.md as it is`

export type Options = ReturnType<typeof readOptions>

/** @throws an error whose message is a sentence for whoever typed the command. */
export function readOptions(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '3' },
      rounds: { type: 'string', default: '3' },
      operations: { type: 'string', default: operations.map(({ name }) => name).join(',') },
      connections: { type: 'string', default: '16' },
      processes: { type: 'string', default: String(Math.min(4, availableParallelism())) },
      sizes: { type: 'string', default: '10,100,1000,2000' },
      folder: { type: 'string', default: join(tmpdir(), 'kontor-bench') },
      long: { type: 'boolean', default: false },
      resume: { type: 'boolean', default: false },
      'no-report': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const chosen: readonly string[] = positionals.length > 0 ? positionals.flatMap(list => list.split(',')) : parts
  const stranger = chosen.find(part => !(parts as readonly string[]).includes(part))
  if (stranger) throw new Error(`There is no part "${stranger}".\n${usage}`)
  return {
    parts: chosen,
    operations: values.operations.split(','),
    seconds: number('seconds', values.seconds),
    rounds: number('rounds', values.rounds),
    connections: number('connections', values.connections),
    processes: number('processes', values.processes),
    sizes: values.sizes.split(',').map(size => number('sizes', size)),
    folder: values.folder,
    long: values.long,
    resume: values.resume,
    report: !values['no-report'],
    help: values.help,
  }
}

function number(name: string, text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new Error(`--${name} is "${text}": give a number above 0.\n${usage}`)
  return value
}
