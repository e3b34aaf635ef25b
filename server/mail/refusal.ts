type SmtpError = Error & {
  code?: string
  command?: string
  response?: string
  responseCode?: number
  permanent?: boolean
}

// About the session, not about the mail: who is to sign in, or to encrypt, is for the operator to set right.
const ofTheSession = new Set([530, 534, 535, 538])

/** Whether this mail will never be taken: its recipient, or it itself, was refused for good. */
export function isRefusal(error: unknown): boolean {
  const { code, command, responseCode, permanent } = error as SmtpError
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return false
  // Without an answer of the relay it is an address or a size that cannot be sent at all.
  if (responseCode === undefined) return true
  // The sender is the same for all mails: a relay that refuses it may be told otherwise.
  return permanent === true && command !== 'MAIL FROM' && !ofTheSession.has(responseCode)
}

/** What a log may say of a failure: codes, and not the sentence, which repeats addresses. */
export function shortReason(error: unknown): { code?: string; command?: string; status?: number; enhanced?: string } {
  const { name, code = name, command, response, responseCode: status } = error as SmtpError
  // RFC 3463: class, subject, detail.
  const enhanced = response?.match(/^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/)?.[1]
  return { code, ...(command ? { command } : {}), ...(status ? { status } : {}), ...(enhanced ? { enhanced } : {}) }
}
