import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWeb } from './build.mjs'
import { endOnce, environmentFor } from './run.mjs'
import { root, SetupError, setUp } from './setup.mjs'

// `npm test`: every check. The last line is `N passed, N failed`: each test counts, and each step before them.
const limitMinutes = 20
const totals = { passed: 0, failed: 0, tests: 0 }
const scratch = mkdtempSync(join(tmpdir(), 'kontor-checks-'))
let current

endOnce(signal => stop(`Stopped by ${signal}.`))
setTimeout(() => stop(`Not done after ${limitMinutes} minutes: stopped.`), limitMinutes * 60_000).unref()

const node = await step('Setup', () => setUp())
if (node) {
  await step('Lint and format (Biome)', () => run(tool('@biomejs/biome/bin/biome'), 'check', '.'))
  await step('Types of the server (tsc)', () => run(tool('typescript/bin/tsc'), '-p', '.'))
  if (existsSync(join(root, 'web', 'tsconfig.json'))) {
    await step('Types of the web client (tsc)', () => run(tool('typescript/bin/tsc'), '-p', 'web'))
  }
  await step('Build of the web client (Vite)', () => buildWeb(node))
  await runTests(process.argv.slice(2))
}
finish()

/** Counts as one check, and never ends the run: what comes after is worth knowing too. */
async function step(name, work) {
  const began = Date.now()
  try {
    const result = await work()
    report(true, name, began)
    totals.passed++
    return result
  } catch (error) {
    console.log(error instanceof SetupError ? error.message : (error.stack ?? error))
    report(false, name, began)
    totals.failed++
    return undefined
  }
}

async function runTests(patterns) {
  const began = Date.now()
  const file = join(scratch, 'vitest.json')
  const code = await start(
    [
      tool('vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...patterns,
    ],
    'inherit',
  )
  const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 }
  totals.tests = result.numPassedTests + result.numFailedTests
  totals.passed += result.numPassedTests
  totals.failed += result.numFailedTests
  // A file that does not load, or an error outside of any test, fails the run without a failed test.
  if (result.numFailedTests === 0 && (code !== 0 || totals.tests === 0)) totals.failed++
  report(
    code === 0 && totals.tests > 0,
    `Tests (Vitest): ${result.numPassedTests} passed, ${result.numFailedTests} failed`,
    began,
  )
}

/** Shows the output of a program only when it fails. */
async function run(...args) {
  let output = ''
  const code = await start(args, 'pipe', text => {
    output += text
  })
  if (code !== 0) throw new SetupError(output.trim() || `It ended with ${code}.`)
}

/** In a group of its own, so that all it started can be ended with it. */
function start(args, output, onText) {
  current = spawn(node, args, {
    cwd: root,
    env: { ...environmentFor(node), NODE_ENV: 'test' },
    stdio: ['ignore', output, output],
    detached: true,
  })
  current.stdout?.setEncoding('utf8').on('data', onText)
  current.stderr?.setEncoding('utf8').on('data', onText)
  return new Promise((resolve, reject) => current.once('error', reject).once('close', code => resolve(code ?? 1)))
}

function report(passed, name, began) {
  console.log(`${passed ? '✓' : '✗'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
}

/** Ends the step that runs, politely at first: the tests stop their PostgreSQL. */
async function stop(reason) {
  const group = current?.exitCode === null && current.signalCode === null ? current.pid : undefined
  for (const signal of group ? ['SIGTERM', 'SIGKILL'] : []) {
    try {
      process.kill(-group, signal)
    } catch {
      break
    }
    for (let waited = 0; waited < 5_000 && current.exitCode === null && current.signalCode === null; waited += 100) {
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
  console.log(`✗ ${reason}`)
  totals.failed++
  finish()
}

function finish() {
  rmSync(scratch, { recursive: true, force: true })
  console.log(`\n${totals.passed} passed, ${totals.failed} failed`)
  process.exit(totals.failed > 0 || totals.tests === 0 ? 1 : 0)
}

function tool(path) {
  return join(root, 'node_modules', path)
}
