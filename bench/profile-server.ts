import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'

// Loaded into a server (`node --import`) that is profiled from one SIGUSR2 to the next, without its start and its end.
const file = process.env.BENCH_PROFILE
if (file) {
  const session = new Session()
  let isRunning = false
  process.on('SIGUSR2', async () => {
    isRunning = !isRunning
    if (isRunning) {
      session.connect()
      await session.post('Profiler.enable')
      await session.post('Profiler.setSamplingInterval', { interval: 500 })
      await session.post('Profiler.start')
    } else {
      const { profile } = await session.post('Profiler.stop')
      writeFileSync(file, JSON.stringify(profile))
      session.disconnect()
    }
  })
}
