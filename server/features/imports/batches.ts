const largest = 512

/**
 * Cuts rows into batches of 512, 256, … 1. Each size is a statement text that every connection prepares and keeps, so
 * there are ten of them for a table and not hundreds. A batch is far from the limit of 65,535 parameters.
 */
export function* batchesOf<T>(rows: readonly T[]): Generator<readonly T[]> {
  let start = 0
  for (let size = largest; start < rows.length; ) {
    if (rows.length - start < size) size /= 2
    else {
      yield rows.slice(start, start + size)
      start += size
    }
  }
}
