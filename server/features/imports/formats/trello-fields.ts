import type { Field } from './compose-description.ts'
import { homeZone, readDate } from './dates.ts'
import { type JsonObject, listOf, objectOf, stringOf } from './json.ts'

/** Reads the custom fields of a card: values are strings, and those of a list are the id of an option. */
export function readFieldReader(board: JsonObject): (card: JsonObject) => Field[] {
  const definitions = listOf(board.customFields)
  const byId = new Map(definitions.map((definition, order) => [stringOf(definition.id), { definition, order }]))
  return card =>
    listOf(card.customFieldItems)
      .map(item => ({ item, found: byId.get(stringOf(item.idCustomField)) }))
      .toSorted((a, b) => (a.found?.order ?? 0) - (b.found?.order ?? 0))
      .map(({ item, found }) => ({
        name: stringOf(found?.definition.name) || 'Custom field',
        value: readValue(item, found?.definition ?? {}),
      }))
      .filter(({ value }) => value !== '')
}

function readValue(item: JsonObject, definition: JsonObject): string {
  const option = listOf(definition.options).find(({ id }) => id === item.idValue)
  if (option) return stringOf(objectOf(option.value).text)
  const { text, number, date, checked } = objectOf(item.value)
  if (checked !== undefined) return checked === 'true' || checked === true ? 'yes' : 'no'
  if (date === undefined) return stringOf(text ?? number)
  const read = readDate(stringOf(date), { order: 'dmy', zone: homeZone })
  if (!read?.instant) return read?.day ?? stringOf(date)
  const local = Temporal.Instant.from(read.instant).toZonedDateTimeISO(homeZone)
  return read.timed ? `${read.day} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}` : read.day
}
