import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { checkText } from '#server/http/body.ts'
import type { Operation, Upload } from '#server/http/operation.ts'
import { fieldProblem, problem } from '#server/http/problems.ts'
import { badRequest, compileCheck } from '#server/http/validation.ts'

/** How an operation receives the one file of a multipart request: as a stream, with the text fields before it. */
export function createReceiver({ upload }: Operation): (request: FastifyRequest) => Promise<Upload> {
  // Compiled once: every compiled schema is kept for as long as the process lives.
  const check = upload && compileCheck(upload, 'querystring')
  return request => receiveUpload(request, check)
}

async function receiveUpload(
  request: FastifyRequest,
  check: ReturnType<typeof compileCheck> | undefined,
): Promise<Upload> {
  if (!request.isMultipart()) throw problem('unsupported-media-type', 'Send multipart/form-data with a field "file".')
  const fields: Record<string, string> = {}
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      const value = String(part.value)
      checkText(value, `/${part.fieldname}`)
      fields[part.fieldname] = value
      continue
    }
    if (part.fieldname !== 'file')
      throw fieldProblem(`/${part.fieldname}`, 'is not a field that is known here; the file goes in "file"')
    const errors = check?.(fields) ?? []
    if (errors.length > 0) throw badRequest(errors.map(e => ({ ...e, pointer: e.pointer.replace(/^\/query/, '') })))
    const fileName = part.filename ?? ''
    checkText(fileName, '/file')
    return { fileName, mediaType: part.mimetype, stream: part.file as Readable, fields }
  }
  throw fieldProblem('/file', 'is missing')
}
