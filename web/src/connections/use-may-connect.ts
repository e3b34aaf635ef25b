import { useCan, usePermission } from '#web/shell/use-permission.ts'

/** Whether the caller may connect a receiver: it is sent what happens everywhere, so they have to be able to read that. */
export function useMayConnect(resource: 'webhook' | 'integration'): boolean {
  const write = useCan(resource, 'write')
  const readsAll = usePermission('audit', 'read') === 'all'
  return write && readsAll
}

/** Whether the caller may see what webhooks were sent: that is the history itself. */
export function useReadsDeliveries(): boolean {
  const reads = useCan('webhook', 'read')
  const readsAll = usePermission('audit', 'read') === 'all'
  return reads && readsAll
}
