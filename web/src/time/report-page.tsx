import { Button, Table } from '@mantine/core'
import { IconCopy, IconReportAnalytics } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { Page } from '#web/shell/page.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { ReportControls } from '#web/time/report-controls.tsx'
import { toCsv } from '#web/time/report-csv.ts'
import { toReportFilters } from '#web/time/report-filters.ts'
import { timeReportQuery } from '#web/time/time-queries.ts'
import { TimeTabs } from '#web/time/time-tabs.tsx'
import { rowKey, useRowName } from '#web/time/use-row-name.ts'
import classes from './report-page.module.css'

/** Time summed up: how much on what, by whom, and what it is worth. */
export function ReportPage() {
  const { work, actions } = useMessages()
  const formats = useFormats()
  const search = useSearch({ from: '/signed-in/w/$workspace/time/report' })
  const filters = toReportFilters(search)
  const by = search.by ?? 'project'
  const {
    data: report,
    isPending,
    error,
  } = useQuery({ ...timeReportQuery(useWorkspace(), filters), placeholderData: keepPreviousData })
  const nameOf = useRowName(by, report?.rows ?? [])
  if (error && !report) throw error
  const copy = async () => {
    const head = [work.report.groups[by], work.report.hours, work.report.billableHours, work.report.amount]
    const rows = report!.rows.map(row => [
      nameOf(row),
      hours(row.durationSeconds),
      hours(row.billableSeconds),
      row.amountCents / 100,
    ])
    await navigator.clipboard.writeText(toCsv([head, ...rows]))
    notifyDone(actions.copied)
  }
  return (
    <Page
      title={work.time.title}
      actions={
        <Button variant="default" leftSection={<IconCopy size={16} />} disabled={!report?.rows.length} onClick={copy}>
          {work.report.copyCsv}
        </Button>
      }
    >
      <TimeTabs />
      <ReportControls search={search} />
      {isPending ? (
        <RowsSkeleton />
      ) : !report?.rows.length ? (
        <EmptyState icon={IconReportAnalytics} title={work.report.empty} hint={work.report.emptyHint} />
      ) : (
        <div className={classes.table}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{work.report.groups[by]}</Table.Th>
                <Table.Th ta="right">{work.report.duration}</Table.Th>
                <Table.Th ta="right" className={classes.wide}>
                  {work.report.billable}
                </Table.Th>
                <Table.Th ta="right">{work.report.amount}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {report.rows.map(row => (
                <Table.Tr key={rowKey(row)}>
                  <Table.Td>{nameOf(row)}</Table.Td>
                  <Table.Td ta="right">{formats.duration(row.durationSeconds)}</Table.Td>
                  <Table.Td ta="right" className={classes.wide}>
                    {formats.duration(row.billableSeconds)}
                  </Table.Td>
                  <Table.Td ta="right">{formats.money(row.amountCents)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
            <Table.Tfoot>
              <Table.Tr>
                <Table.Th>{work.time.total}</Table.Th>
                <Table.Th ta="right">{formats.duration(report.total.durationSeconds)}</Table.Th>
                <Table.Th ta="right" className={classes.wide}>
                  {formats.duration(report.total.billableSeconds)}
                </Table.Th>
                <Table.Th ta="right">{formats.money(report.total.amountCents)}</Table.Th>
              </Table.Tr>
            </Table.Tfoot>
          </Table>
        </div>
      )}
    </Page>
  )
}

function hours(seconds: number): number {
  return Math.round((seconds / 3600) * 100) / 100
}
