import { parseCronItems } from 'graphile-worker'

/** Everything that happens by the clock, on one page. Times are UTC. */
export const schedules = parseCronItems([
  {
    task: 'send-waiting-mail',
    match: '* * * * *',
    options: { backfillPeriod: 0, jobKey: 'send-waiting-mail', queueName: 'mail' },
  },
  {
    task: 'tell-security-events',
    match: '* * * * *',
    options: { backfillPeriod: 0, jobKey: 'tell-security-events', queueName: 'tell-security-events' },
  },
  { task: 'send-waiting-resets', match: '* * * * *', options: { backfillPeriod: 0, jobKey: 'send-waiting-resets' } },
  { task: 'finish-provisioning', match: '* * * * *', options: { backfillPeriod: 0, jobKey: 'finish-provisioning' } },
  {
    task: 'rotate-keys',
    match: '* * * * *',
    options: { backfillPeriod: 0, jobKey: 'rotate-keys', queueName: 'rotate-keys' },
  },
  { task: 'clean-up', match: '17 * * * *', options: { backfillPeriod: 0, jobKey: 'clean-up' } },
  { task: 'prune-audit', match: '11 1 * * *', options: { backfillPeriod: 86_400_000, jobKey: 'prune-audit' } },
  { task: 'sweep-files', match: '43 2 * * *', options: { backfillPeriod: 0, jobKey: 'sweep-files' } },
])
