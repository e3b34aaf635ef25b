/** A description may be long, and an event has it twice; a line beyond that is no event's. */
const longestLine = 256 * 1024 * 1024

/** Cuts a stream so that every piece ends with a line break; only the last may lack it. */
export async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let begun: Uint8Array[] = []
  let begunBytes = 0
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(0x0a) + 1
    if (end > 0) {
      yield Buffer.concat([...begun, chunk.subarray(0, end)])
      begun = []
      begunBytes = 0
    }
    // The reader may use its block again.
    begun.push(Uint8Array.from(chunk.subarray(end)))
    begunBytes += chunk.length - end
    if (begunBytes > longestLine) break
  }
  if (begunBytes > 0) yield Buffer.concat(begun)
}
