import { badRequest } from '../refusals.ts'
import { type Importing, listAt, mapAt, textAt } from './importing.ts'

/** What stands before the paths of the definition: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html */
export function basePathOf(importing: Importing, mode: string | undefined): string {
  const written = trimmed(textAt(importing.document['basePath']) ?? serverPath(importing))
  switch (mode?.toLowerCase() ?? 'ignore') {
    case 'ignore':
      return ''
    case 'prepend':
      return written
    case 'split':
      // The first segment is taken to be the stage.
      return written.replace(/^\/[^/]*/, '')
    default:
      // unverified: the words.
      throw badRequest(`Invalid basepath parameter specified: ${mode}. Must be one of: [ignore, prepend, split]`)
  }
}

/** OpenAPI 3 has no base path: a `basePath` variable stands for it even where the URL does not use it, else the URL's own path counts. */
function serverPath(importing: Importing): string {
  const [server] = listAt(importing, importing.document['servers']).map((node) => mapAt(importing, node))
  if (!server) return ''
  const variable = textAt(mapAt(importing, mapAt(importing, server['variables'])['basePath'])['default'])
  if (variable !== undefined) return variable
  return /^(?:[a-z]+:\/\/)?[^/]*(\/.*)?$/.exec(textAt(server['url']) ?? '')?.[1] ?? ''
}

function trimmed(path: string): string {
  const inner = path.replace(/^\/+|\/+$/g, '')
  return inner === '' ? '' : `/${inner}`
}
