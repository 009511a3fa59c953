// Finds the handler that `index.handler`, `src/app.handler` or `index.a.b` names, as Lambda's Node.js runtime does.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runtimeError } from './errors.mjs'

const require = createRequire(import.meta.url)

/** Throws what belongs into the answer: `Runtime.ImportModuleError`, `Runtime.HandlerNotFound`, or the user's own error. */
export async function loadHandler(taskRoot, name) {
  if (name.includes('..'))
    throw runtimeError(
      'MalformedHandlerName',
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    )
  const file = basename(name)
  const dot = file.indexOf('.')
  if (dot < 0) throw runtimeError('MalformedHandlerName', 'Bad handler')
  const folder = name.slice(0, name.length - file.length)

  const module = await importUserModule(taskRoot, folder, file.slice(0, dot))
  const handler = file
    .slice(dot + 1)
    .split('.')
    .reduce((holder, key) => holder?.[key], module)
  if (!handler) throw runtimeError('HandlerNotFound', `${name} is undefined or not exported`)
  if (typeof handler !== 'function') throw runtimeError('HandlerNotFound', `${name} is not a function`)
  return handler
}

async function importUserModule(taskRoot, folder, name) {
  try {
    return await findModule(resolve(taskRoot, folder, name), taskRoot, name)
  } catch (error) {
    if (error instanceof SyntaxError) throw runtimeError('UserCodeSyntaxError', error)
    if (error?.code === 'MODULE_NOT_FOUND') throw runtimeError('ImportModuleError', error)
    throw error
  }
}

async function findModule(path, taskRoot, name) {
  const isModule = isInModulePackage(dirname(path), taskRoot)
  if (existsSync(path) && !existsAsFolder(path)) return require(path)
  if (existsSync(`${path}.js`)) return isModule ? import(pathToFileURL(`${path}.js`)) : require(`${path}.js`)
  if (existsSync(`${path}.mjs`)) return import(pathToFileURL(`${path}.mjs`))
  if (existsSync(`${path}.cjs`)) return require(`${path}.cjs`)
  return require(require.resolve(name, { paths: [taskRoot, dirname(path)] }))
}

function existsAsFolder(path) {
  try {
    readFileSync(path)
    return false
  } catch (error) {
    return error.code === 'EISDIR'
  }
}

/** The nearest `package.json` decides, up to the function's own root: what lies above it is not part of the function. */
function isInModulePackage(folder, taskRoot) {
  if (basename(folder) === 'node_modules') return false
  const file = join(folder, 'package.json')
  if (existsSync(file)) {
    try {
      return JSON.parse(readFileSync(file, 'utf8'))?.type === 'module'
    } catch (error) {
      console.warn(`${file} cannot be read, it will be ignored for ES module detection purposes.`, error)
      return false
    }
  }
  return folder !== taskRoot && folder !== dirname(folder) && isInModulePackage(dirname(folder), taskRoot)
}
