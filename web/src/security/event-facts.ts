/** What a security event says beside its kind; empty where it says nothing of it. */
export type EventFacts = {
  /** How somebody signed in, or what was wrong: `password`, `second_factor`, `passkey`, `single_sign_on`. */
  method: string
  isNewDevice: boolean
  until: string
  by: string
  name: string
  device: string
  count: number
  from: string
  to: string
  token: string
  workspace: string
  network: string
}
