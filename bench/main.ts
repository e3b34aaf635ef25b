import { measureFleet } from './fleet.ts'
import { measureLimits, measureStart } from './limits.ts'
import { type Options, readOptions, usage } from './options.ts'
import { writeReport } from './report.ts'
import { openResults, type Results } from './results.ts'
import { compare } from './turns.ts'

/**
 * `npm run bench [-- parts] [options]`: what Kontor does by the second, beside what its own SQL, a bare Fastify and a
 * reference stack do on the same machine in the same run. docs/performance.md says what the parts are.
 */
async function bench(options: Options): Promise<void> {
  const { seconds, rounds, connections, processes } = options
  const results = openResults(options.folder, options.resume, { seconds, rounds, connections, processes })
  const began = performance.now()
  const sides = options.parts.filter(part => ['kontor', 'pgbench', 'fastify', 'peer'].includes(part))
  if (sides.length > 0) await attempt(results, 'compare', () => compare(options, results))
  const others = { limits: measureLimits, start: measureStart, fleet: measureFleet }
  for (const [part, work] of Object.entries(others))
    if (options.parts.includes(part)) await attempt(results, part, () => work(options, results))
  if (options.report) writeReport(results)
  console.error(`${((performance.now() - began) / 60_000).toFixed(1)} minutes`)
  if (results.failures.size > 0) {
    console.error(`${results.failures.size} measurements failed; --resume tries them again:`)
    for (const [key, why] of results.failures) console.error(`  ${key}: ${why}`)
    process.exitCode = 1
  }
}

// What fails in one part must not cost the others.
async function attempt(results: Results, part: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    results.fail(part, error)
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const options = readOptions(process.argv.slice(2))
if (options.help) console.log(usage)
else await bench(options)
