import type { WebhookDelivery } from '#client'

export const deliveryStatuses = ['pending', 'delivered', 'failed', 'given_up'] as const satisfies readonly Status[]

type Status = WebhookDelivery['status']
export type DeliveriesSearch = { status?: Status }

export function readDeliveriesSearch({ status }: Record<string, unknown>): DeliveriesSearch {
  const known = deliveryStatuses.find(each => each === status)
  return known ? { status: known } : {}
}
