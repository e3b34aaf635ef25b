/** A description may be long, and an event has it twice; a line beyond that is no event's. */
const longestLine = 256 * 1024 * 1024

/** Cuts a stream so that every piece ends with a line break; only the last may lack it. Copies no more than it has to. */
export async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let begun: Uint8Array[] = []
  let begunBytes = 0
  for await (const bytes of chunks) {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const first = chunk.indexOf(0x0a) + 1
    const end = chunk.lastIndexOf(0x0a) + 1
    if (end > 0) {
      yield Buffer.concat([...begun, chunk.subarray(0, first)])
      if (end > first) yield chunk.subarray(first, end)
      begun = []
      begunBytes = 0
    }
    // A copy, so that not all of the chunk has to stay for its last line.
    begun.push(Uint8Array.from(chunk.subarray(end)))
    begunBytes += chunk.length - end
    if (begunBytes > longestLine) break
  }
  if (begunBytes > 0) yield Buffer.concat(begun)
}
