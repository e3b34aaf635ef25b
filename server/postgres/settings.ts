/** The server's settings, given on its command line: ALTER SYSTEM cannot undo a promise. */
export function settingsFor(durable: boolean): Record<string, string> {
  return durable ? { ...common, ...kept } : { ...common, ...lost }
}

const common = {
  listen_addresses: '127.0.0.1',
  // A socket in /tmp would be there for every user of the machine.
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: '200',
  shared_buffers: '128MB',
  shared_preload_libraries: 'pg_stat_statements',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
  // What people wrote stays out of the log: no statements, no parameters, no DETAIL with the row that failed.
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
} satisfies Record<string, string>

/** In the data folder, which nobody but the server's user and root may enter; a password is asked for there as well. */
export const socketInCluster = { unix_socket_directories: '.' } satisfies Record<string, string>

/** Whether the socket's path is one that every system takes: some end at 104 bytes, with the zero at its end. */
export function hasSocket(cluster: string): boolean {
  return process.platform !== 'win32' && Buffer.byteLength(`${cluster}/.s.PGSQL.65535`) < 104
}

const kept = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' } satisfies Record<string, string>

const lost = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
} satisfies Record<string, string>
