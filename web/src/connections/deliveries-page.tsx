import { Alert, NativeSelect, Text, Title } from '@mantine/core'
import { IconKey, IconSend } from '@tabler/icons-react'
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { Webhook } from '#client'
import { deliveryStatuses, readDeliveriesSearch } from '#web/connections/deliveries-search.ts'
import { DeliveryActions } from '#web/connections/delivery-actions.tsx'
import { DeliveryBadge } from '#web/connections/delivery-facts.tsx'
import { DeliveryRow } from '#web/connections/delivery-row.tsx'
import { useMayConnect } from '#web/connections/use-may-connect.ts'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { NotFoundPage } from '#web/feedback/not-found-page.tsx'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { deliveriesQuery, webhooksQuery } from '#web/queries/settings.ts'
import { SettingsFrame } from '#web/settings/settings-frame.tsx'
import { LoadMore } from '#web/tasks/load-more.tsx'
import classes from './deliveries.module.css'

const from = '/signed-in/w/$workspace/settings/webhooks/$webhook'

/** What a webhook was sent, and what it answered. */
export function DeliveriesPage() {
  const { workspace, webhook: id } = useParams({ from })
  const { data: webhooks } = useSuspenseQuery(webhooksQuery(workspace))
  const webhook = webhooks.find(one => one.id === id)
  return webhook ? <Deliveries webhook={webhook} /> : <NotFoundPage />
}

function Deliveries({ webhook }: { webhook: Webhook }) {
  const { deliveries } = useMessages()
  const { dateTime } = useFormats()
  const mayWrite = useMayConnect('webhook')
  const { url, previousSecretUntil: until } = webhook
  return (
    <SettingsFrame>
      <header className={classes.head}>
        <div className={classes.heading}>
          <Title order={2} className={classes.url}>
            {url}
          </Title>
          <DeliveryBadge of={webhook} />
        </div>
        {mayWrite && <DeliveryActions webhook={webhook} />}
      </header>
      {until && (
        <Alert variant="light" mb="md" icon={<IconKey size={18} />}>
          {deliveries.bothSecrets(dateTime(until))}
        </Alert>
      )}
      <DeliveryLog webhook={webhook} mayWrite={mayWrite} />
    </SettingsFrame>
  )
}

function DeliveryLog({ webhook, mayWrite }: { webhook: Webhook; mayWrite: boolean }) {
  const { deliveries } = useMessages()
  const { workspace } = useParams({ from })
  const { status } = useSearch({ from })
  const navigate = useNavigate()
  const log = useInfiniteQuery(deliveriesQuery(workspace, webhook.id, status))
  const items = log.data?.pages.flatMap(page => page.items) ?? []
  const choose = (chosen: string) =>
    navigate({ from: '/w/$workspace/settings/webhooks/$webhook', search: readDeliveriesSearch({ status: chosen }) })
  if (log.isPending) return <RowsSkeleton rows={4} />
  if (items.length === 0 && !status)
    return <EmptyState icon={IconSend} title={deliveries.none} hint={deliveries.noneHint} />
  return (
    <>
      <div className={classes.filter}>
        <Text c="dimmed" size="sm">
          {deliveries.hint}
        </Text>
        <NativeSelect
          aria-label={deliveries.status}
          value={status ?? ''}
          onChange={event => choose(event.currentTarget.value)}
          data={[
            { value: '', label: deliveries.all },
            ...deliveryStatuses.map(each => ({ value: each, label: deliveries.statuses[each] })),
          ]}
        />
      </div>
      {items.length === 0 && <Text c="dimmed">{deliveries.noneOfThese}</Text>}
      <ol className={classes.log} aria-label={deliveries.log}>
        {items.map(delivery => (
          <DeliveryRow key={delivery.id} delivery={delivery} mayReplay={mayWrite && webhook.active} />
        ))}
      </ol>
      <LoadMore hasMore={log.hasNextPage} loading={log.isFetchingNextPage} load={log.fetchNextPage} />
    </>
  )
}
