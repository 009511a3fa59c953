// Errors as Lambda's Node.js runtime shows them: in answers, and in the log.
import { types } from 'node:util'

/** An error of the runtime's own, such as `Runtime.HandlerNotFound`. */
export function runtimeError(kind, cause) {
  // The cause as text, with its name: `Error: Cannot find module 'index'`, as Lambda words it.
  const error = new Error(String(cause))
  error.name = `Runtime.${kind}`
  return error
}

const looksLikeError = (value) =>
  types.isNativeError(value) || ['name', 'message', 'stack'].every((key) => typeof value?.[key] === 'string' && value[key])

/** The body that the caller of the function gets. */
export function errorAnswer(error) {
  try {
    if (looksLikeError(error)) return { errorType: error.name, errorMessage: error.message, trace: error.stack.split('\n') }
    return { errorType: typeof error, errorMessage: error.toString(), trace: [] }
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    }
  }
}

/** The line in the log, behind `Invoke Error`: a tab, then the error with all that the user hung onto it. */
export function errorLine(thrown) {
  const error = thrown instanceof Error ? thrown : new Error(thrown)
  try {
    return `\t${JSON.stringify(error, (_, value) => (value instanceof Error ? opened(value) : value))}`
  } catch {
    return `\t${JSON.stringify(errorAnswer(error))}`
  }
}

function opened(error) {
  const { name: errorType, message: errorMessage, code, stack } = error
  return { errorType, errorMessage, code, ...error, ...(typeof stack === 'string' && { stack: stack.split('\n') }) }
}
