import type { ErrorComponentProps } from '@tanstack/react-router'
import { ClosingPage } from '#web/entrance/closing-page.tsx'
import { SecondFactorPage } from '#web/entrance/second-factor-page.tsx'
import { isClosing, lacksFactor } from '#web/entrance/shut.ts'
import { ErrorPage } from '#web/feedback/error-page.tsx'

/** What stands where a workspace cannot be entered: why, and what to do about it. */
export function EntrancePage(props: ErrorComponentProps) {
  if (isClosing(props.error)) return <ClosingPage />
  if (lacksFactor(props.error)) return <SecondFactorPage />
  return <ErrorPage {...props} />
}
