import { importLimits } from '../import-plan.ts'
import { decodeText } from './decode-text.ts'
import { ImportRefused } from './refused.ts'

export type Json = null | boolean | number | string | Json[] | JsonObject
export type JsonObject = { [key: string]: Json | undefined }

const deepest = 100

/** Reads a file as JSON, or throws what is wrong with it. */
export function readJson(bytes: Uint8Array): Json {
  if (bytes.length > importLimits.fileBytes) throw new ImportRefused('The file is larger than 50 MB: split it.')
  const { text, damaged } = decodeText(bytes)
  if (damaged) throw new ImportRefused('The file holds bytes that are no text.')
  const bare = text.trim()
  if (depthOf(bare) > deepest) throw new ImportRefused(`The JSON is nested deeper than ${deepest} levels.`)
  try {
    return JSON.parse(bare) as Json
  } catch (error) {
    throw new ImportRefused(`The file is no JSON: ${(error as Error).message.slice(0, 200)}.`)
  }
}

/** The JSON of a CSV cell; undefined where the cell holds none. */
export function parseCellJson(text: string): Json | undefined {
  const bare = text.trim()
  if (!/^[[{]/.test(bare) || !/[\]}]$/.test(bare) || depthOf(bare) > deepest) return undefined
  try {
    return JSON.parse(bare) as Json
  } catch {
    return undefined
  }
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects of a list; whatever else stands in it, or in its place, is none. */
export function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

export function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

export function stringOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

export function numberOf(value: Json | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}

export function stringsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}

/** Whether a value says anything: zero, false and what is empty do not. */
export function saysSomething(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(saysSomething)
  if (isJsonObject(value)) return Object.values(value).some(saysSomething)
  return value !== undefined && value !== null && value !== '' && value !== false && value !== 0
}

/** Counted before parsing: a deep value overflows whatever walks it later. */
function depthOf(text: string): number {
  let depth = 0
  let most = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (quoted) {
      if (unit === 0x5c) at += 1
      else if (unit === 0x22) quoted = false
    } else if (unit === 0x22) quoted = true
    else if (unit === 0x5b || unit === 0x7b) most = Math.max(most, ++depth)
    else if (unit === 0x5d || unit === 0x7d) depth -= 1
  }
  return most
}
