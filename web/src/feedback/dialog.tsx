import { Modal, type ModalProps } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useMessages } from '#web/messages/language.ts'

/** A dialog that is there as long as it is mounted. Then whoever opened it goes on from where they were. */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  const { actions } = useMessages()
  useFocusBack()
  return <Modal opened closeButtonProps={{ 'aria-label': actions.close }} {...props} />
}

// Mantine gives the focus back when `opened` changes; a dialog that goes with its content would leave it nowhere.
function useFocusBack(): void {
  const [from] = useState(whereFocusIs)
  // An effect: only once the dialog is gone is the focus nobody's.
  useEffect(
    () => () =>
      void setTimeout(() => {
        if (document.activeElement === document.body) from()?.focus({ preventScroll: true })
      }),
    [from],
  )
}

/** The entry of a menu is gone by then: its button stands for it. */
function whereFocusIs() {
  const focused = document.activeElement as HTMLElement | null
  const button = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  return () => (button ? document.getElementById(button) : focused)
}
