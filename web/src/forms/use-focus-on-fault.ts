import { type SyntheticEvent, useEffect, useRef } from 'react'

/** Takes the focus to the first field that is at fault, so that its error is read out and need not be looked for. */
export function useFocusOnFault(errors: object) {
  const sent = useRef<HTMLFormElement>(null)
  const wanted = useRef(false)
  // An effect: a field is marked only once it is drawn with its error.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the errors are what it waits for.
  useEffect(() => {
    if (!wanted.current) return
    wanted.current = false
    sent.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [errors])
  return {
    /** The form that is being sent. */
    within: (event: SyntheticEvent<HTMLFormElement> | undefined) => {
      sent.current = event?.currentTarget ?? null
    },
    /** It was refused: the errors that come now are looked at. */
    soon: () => {
      wanted.current = true
    },
  }
}
