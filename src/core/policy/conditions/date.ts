import { orderedOperators } from './ordered.ts'

/** W3C dates (`2026-01-01T00:00:00Z`, shorter forms too) and seconds since 1970. */
export const dateOperators = orderedOperators('Date', (text) => {
  if (/^\d+(\.\d+)?$/.test(text) && text.length > 4) return Number(text) * 1000
  if (!/^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?)?)?$/.test(text)) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
})
