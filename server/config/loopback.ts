const loopback = /^(127(\.\d+){3}|::1|localhost)$/

/** Whether a host is this machine, seen from itself. */
export function isLoopback(host: string): boolean {
  return loopback.test(host.replace(/^\[|\]$/g, ''))
}
