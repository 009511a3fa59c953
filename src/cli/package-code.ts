import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { isMap, isScalar, isSeq, parseDocument, type Scalar, visit, type YAMLMap } from 'yaml'
import yazl from 'yazl'
import { CommandFailed } from './exit.ts'

/** Where a packaged folder went. */
export interface Uploaded {
  readonly bucket: string
  readonly key: string
}

interface Packageable {
  readonly property: string
  readonly write: (at: Uploaded) => string
  readonly zipped: boolean
  readonly required?: boolean
}

/**
 * The properties that may name a local file or folder, and how the upload is written in its place: the same ones, written the same
 * way, as by `aws cloudformation package`. `zipped: false` marks documents that go as they are.
 */
const PACKAGEABLE: Readonly<Record<string, Packageable>> = {
  'AWS::Serverless::Function': { property: 'CodeUri', write: s3Uri, zipped: true, required: true },
  'AWS::Serverless::LayerVersion': { property: 'ContentUri', write: s3Uri, zipped: true },
  'AWS::Serverless::Api': { property: 'DefinitionUri', write: s3Uri, zipped: false },
  'AWS::Serverless::HttpApi': { property: 'DefinitionUri', write: s3Uri, zipped: false },
  'AWS::Lambda::Function': {
    property: 'Code',
    write: ({ bucket, key }) => `{"S3Bucket": "${bucket}", "S3Key": "${key}"}`,
    zipped: true,
  },
  'AWS::ApiGateway::RestApi': {
    property: 'BodyS3Location',
    write: ({ bucket, key }) => `{"Bucket": "${bucket}", "Key": "${key}"}`,
    zipped: false,
  },
}

/** What `AWS::Include` names. Who only looks at the template reads it where it is. */
const SNIPPET: Packageable = { property: 'Location', write: s3Uri, zipped: false }

function s3Uri({ bucket, key }: Uploaded): string {
  return `"s3://${bucket}/${key}"`
}

/**
 * Uploads the local code that a template names and answers the template with the uploads in its place. A folder that several resources
 * name is uploaded once.
 *
 * @throws CommandFailed where a named file is not there, unless `missing` says to leave it as it is; where one cannot be read
 */
export async function packageCode(
  file: string,
  text: string,
  upload: (bytes: Uint8Array) => Promise<Uploaded>,
  { missing = 'refuse' }: { missing?: 'refuse' | 'leave' } = {},
): Promise<string> {
  const uploads = new Map<string, Promise<Uploaded>>()
  return relocateCode(text, async ({ node, rule, where }) => {
    if (rule === SNIPPET && missing === 'leave') return undefined
    const path = resolve(dirname(file), String(node.value))
    if (!existsSync(path)) {
      if (missing === 'leave') return undefined
      throw new CommandFailed(`${where} names \`${node.value}\`, which is not there`, {
        mend: `make ${relative('.', path) || path}, or correct ${file}`,
      })
    }
    const known = uploads.get(path) ?? bytesOf(path, rule.zipped).then(upload)
    uploads.set(path, known)
    return known
  })
}

/** The template as it is once packaged, for whom the code itself does not matter. */
export function packagedSomewhere(text: string): Promise<string> {
  const somewhere = { bucket: 'packages', key: '00000000000000000000000000000000' }
  return relocateCode(text, async ({ rule }) => (rule === SNIPPET ? undefined : somewhere))
}

/**
 * Writes another place for each local file that a template names, where `locate` answers one. Everything else stays letter for letter
 * where it was, so that lines in later messages are the lines of the user's file.
 */
async function relocateCode(text: string, locate: (reference: LocalReference) => Promise<Uploaded | undefined>): Promise<string> {
  const document = parseDocument(text, { strict: false, uniqueKeys: false, logLevel: 'silent', customTags: [] })
  // A template that cannot be read is the engine's to refuse, in AWS's words.
  if (document.errors.length > 0 || !isMap(document.contents)) return text
  const edits: { start: number; end: number; text: string }[] = []
  for (const reference of localReferences(document.contents)) {
    const at = await locate(reference)
    const [start, end] = reference.node.range as [number, number, number]
    if (at) edits.push({ start, end, text: reference.rule.write(at) })
  }
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce((edited, edit) => edited.slice(0, edit.start) + edit.text + edited.slice(edit.end), text)
}

interface LocalReference {
  readonly node: Scalar
  readonly rule: Packageable
  /** The template path, for messages. */
  readonly where: string
}

function localReferences(template: YAMLMap): LocalReference[] {
  const found: LocalReference[] = []
  const look = (properties: unknown, rule: Packageable, path: string) => {
    const node = isMap(properties) ? properties.get(rule.property, true) : undefined
    if (isScalar(node) && typeof node.value === 'string' && !node.tag?.startsWith('!') && !/^(s3|https?):\/\//.test(node.value)) {
      found.push({ node, rule, where: `${path}.${rule.property}` })
    }
  }
  const functionRule = PACKAGEABLE['AWS::Serverless::Function']
  if (functionRule) look(template.getIn(['Globals', 'Function'], true), functionRule, 'Globals.Function')
  for (const [path, resource] of resourcesIn(template.get('Resources', true), 'Resources')) {
    const rule = PACKAGEABLE[String(resource.get('Type'))]
    if (rule) look(resource.get('Properties', true), rule, `${path}.Properties`)
  }
  visit(template, {
    Map: (_key, map) => {
      if (map.get('Name') === 'AWS::Include') look(map.get('Parameters', true), SNIPPET, 'AWS::Include')
    },
  })
  return found
}

/** Those of loops too, as the loops write them. */
function resourcesIn(section: unknown, path: string): (readonly [path: string, resource: YAMLMap])[] {
  if (!isMap(section)) return []
  return section.items.flatMap(({ key, value }) => {
    const here = `${path}.${key}`
    if (isMap(value)) return [[here, value] as const]
    return isSeq(value) && String(key).startsWith('Fn::ForEach::') ? resourcesIn(value.items[2], here) : []
  })
}

async function bytesOf(path: string, zipped: boolean): Promise<Uint8Array> {
  try {
    if (!zipped || isZip(path)) return readFileSync(path)
    return await zipOf(path)
  } catch (error) {
    throw new CommandFailed(`cannot read the code: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

function isZip(path: string): boolean {
  return statSync(path).isFile() && readFileSync(path).subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))
}

/** Everything below a folder, or one file, as a zip whose bytes follow from the contents alone: unchanged code gives the same hash. */
export async function zipOf(path: string): Promise<Uint8Array> {
  const zip = new yazl.ZipFile()
  const files = statSync(path).isDirectory() ? filesBelow(path) : [path]
  const root = statSync(path).isDirectory() ? path : dirname(path)
  const unchanging = new Date(1980, 0, 1)
  for (const file of files) {
    const mode = statSync(file).mode & 0o111 ? 0o100755 : 0o100644
    zip.addReadStream(createReadStream(file), relative(root, file).split(sep).join('/'), { mtime: unchanging, mode })
  }
  zip.end()
  return buffer(zip.outputStream as NodeJS.ReadableStream)
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return statSync(path).isDirectory() ? filesBelow(path) : [path]
    })
}
