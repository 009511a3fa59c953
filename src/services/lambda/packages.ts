import { createHash } from 'node:crypto'
import { fromBufferPromise } from 'yauzl'
import { ZipFile } from 'yazl'
import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import { invalid } from './names.ts'
import type { Package } from './records.ts'

/** Where a function's code comes from: bytes, or an object. */
export interface CodeSource {
  readonly ZipFile?: Uint8Array | undefined
  readonly S3Bucket?: string | undefined
  readonly S3Key?: string | undefined
  readonly S3ObjectVersion?: string | undefined
  readonly ImageUri?: string | undefined
}

const LARGEST_ZIP = 52_428_800
const LARGEST_UNZIPPED = 262_144_000
const MOST_ENTRIES = 65_535
/** One moment for every entry, so that the same source gives the same digest. The earliest that a zip can name. */
const EPOCH = new Date(1980, 0, 1)

/** Fetches and checks a deployment package, and keeps it. Of a container image, only the name is known. */
export async function storePackage(scope: Scope, source: CodeSource, ports: Pick<Ports, 'objects' | 'blobs'>): Promise<Package> {
  const { ImageUri: imageUri } = source
  if (imageUri !== undefined) return { blob: '', sha256: createHash('sha256').update(imageUri).digest('hex'), size: 0, imageUri }
  const bytes = await readPackage(scope, source, ports)
  return { blob: await ports.blobs.put(bytes), ...measured(bytes) }
}

/** Fetches and checks a deployment package, and says what `storePackage` would, but for where it is kept. */
export async function measurePackage(
  scope: Scope,
  source: CodeSource,
  ports: Pick<Ports, 'objects'>,
): Promise<Omit<Package, 'blob'>> {
  return measured(await readPackage(scope, source, ports))
}

async function readPackage(scope: Scope, source: CodeSource, ports: Pick<Ports, 'objects'>): Promise<Uint8Array> {
  const bytes = await bytesOf(scope, source, ports)
  await checkPackage(bytes)
  return bytes
}

function measured(bytes: Uint8Array): Omit<Package, 'blob'> {
  return { sha256: createHash('sha256').update(bytes).digest('base64'), size: bytes.length }
}

/** The source text of a template's `Code.ZipFile`, as the one file of a package. */
export async function packInlineSource(source: string, runtime = 'nodejs'): Promise<Uint8Array> {
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from(source), runtime.startsWith('python') ? 'index.py' : 'index.js', { mtime: EPOCH, mode: 0o100644 })
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function bytesOf(scope: Scope, source: CodeSource, { objects }: Pick<Ports, 'objects'>): Promise<Uint8Array> {
  const { ZipFile: given, S3Bucket: bucket, S3Key: key, S3ObjectVersion: versionId } = source
  if (given) {
    if (given.length > LARGEST_ZIP)
      throw new AwsError('RequestEntityTooLargeException', `Zipped size must be smaller than ${LARGEST_ZIP} bytes`, {
        status: 413,
      })
    return given
  }
  if (bucket === undefined || key === undefined) throw invalid('Please provide a source for function code.')
  try {
    return await objects.read(scope, { bucket, key, ...(versionId !== undefined && { versionId }) })
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw invalid(`Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`)
  }
}

/**
 * Refuses, by the archive's own table of contents, what must not be unpacked: no zip at all, names that leave the package, doubled
 * names, and more than Lambda takes. What the table conceals is found when the package is unpacked.
 */
export async function checkPackage(bytes: Uint8Array): Promise<void> {
  let size = 0
  const names = new Set<string>()
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {})
    if (zip.entryCount > MOST_ENTRIES) throw new Error(`it has ${zip.entryCount} entries`)
    // The reader checks each name: none is absolute, none has `..`.
    for await (const { fileName, uncompressedSize } of zip.eachEntry()) {
      if (names.has(fileName)) throw new Error(`\`${fileName}\` is in it twice`)
      names.add(fileName)
      size += uncompressedSize
    }
  } catch {
    throw invalid('Could not unzip uploaded file. Please check your file, then try to upload again.')
  }
  if (size >= LARGEST_UNZIPPED) throw invalid(`Unzipped size must be smaller than ${LARGEST_UNZIPPED} bytes`)
  if (names.size === 0) throw invalid('Uploaded file must be a non-empty zip')
}
