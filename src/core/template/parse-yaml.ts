import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, Scalar } from 'yaml'
import { MAX_DEPTH } from './limits.ts'
import { buildList, buildMap, type ReadValue, readScalarValue } from './node-builder.ts'
import { notWellFormed } from './not-well-formed.ts'
import type { ParseOptions } from './parse-options.ts'
import { type Position, positionOfMember, positionsOf } from './position.ts'
import { readScalar } from './read-scalar.ts'
import { refuseDeepText } from './refuse-deep-text.ts'

/** Reads YAML into values with positions: short functions (`!Sub`) in their long form, aliases and merge keys resolved. */
export function parseYaml(text: string, { file, shortFunctions = true }: ParseOptions = {}): ReadValue {
  refuseDeepText(text, file)
  const lines = new LineCounter()
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { ...(file !== undefined && { file }), line, column: col }
  }
  const document = parseDocument(text, {
    schema: 'core',
    strict: true,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: lines,
    keepSourceTokens: false,
    // The library compares each key with all before it; the reader below asks a set.
    uniqueKeys: false,
  })
  const [error] = document.errors
  if (error) throw notWellFormed(place(error.pos[0]), error.message)
  if (!document.contents) return { value: null, position: place(0), size: 1 }
  return new YamlReader(place, shortFunctions).read(document.contents, 0)
}

type Entries = Parameters<typeof buildMap>[0]

class YamlReader {
  readonly #place: (offset: number) => Position
  /** By name. An anchor without a value is being read: an alias to it would be a circle. */
  readonly #anchors = new Map<string, ReadValue | undefined>()

  readonly #shortFunctions: boolean

  constructor(place: (offset: number) => Position, shortFunctions: boolean) {
    this.#place = place
    this.#shortFunctions = shortFunctions
  }

  read(node: Node, depth: number): ReadValue {
    const position = this.#positionOf(node)
    if (depth > MAX_DEPTH) throw notWellFormed(position, `more than ${MAX_DEPTH} maps and lists inside each other`)
    if (isAlias(node)) return this.#resolve(node.source, position)

    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined
    if (anchor) this.#anchors.set(anchor, undefined)
    const read = this.#applyTag(node, this.#readPlain(node, position, depth))
    if (anchor) this.#anchors.set(anchor, read)
    return read
  }

  #readPlain(node: Node, position: Position, depth: number): ReadValue {
    if (isMap(node)) {
      const keys = new Set<string>()
      const entries = (node.items as Pair<Node, Node | null>[]).flatMap((pair) => this.#readPair(pair, keys, depth))
      return buildMap(entriesByPrecedence(entries), position)
    }
    if (isSeq(node)) {
      const items = (node.items as Node[]).map((item) => this.read(item, depth + 1))
      return buildList(items, position)
    }
    if (!isScalar(node)) throw notWellFormed(position, 'not a value')
    if (node.type === Scalar.PLAIN && !node.tag) return readScalarValue(readScalar(node.source ?? ''), position)
    return readScalarValue({ value: typeof node.value === 'string' ? node.value : (node.source ?? String(node.value)) }, position)
  }

  #readPair(pair: Pair<Node, Node | null>, keys: Set<string>, depth: number): MergeableEntry[] {
    const { key, value } = pair
    const keyNode = isAlias(key) ? this.#resolve(key.source, this.#positionOf(key)).value : key
    const position = this.#positionOf(key)
    if (keyNode !== null && typeof keyNode === 'object' && !isScalar(keyNode)) throw notWellFormed(position, 'a key must be text')
    const plain = isScalar(keyNode) && keyNode.type === Scalar.PLAIN
    const name = isScalar(keyNode) ? String(plain ? (keyNode.source ?? '') : keyNode.value) : String(keyNode)
    const keyIsText = !plain || typeof readScalar(name).value === 'string'
    // The number 1 is another key than the text "1".
    const identity = `${keyIsText ? 'text' : 'other'} ${name}`
    if (keys.has(identity)) throw notWellFormed(position, `the key ${name} is there twice`)
    keys.add(identity)

    const read = value ? this.read(value, depth + 1) : readScalarValue({ value: null }, position)
    if (plain && name === '<<') return mergedEntries(read)
    // An empty value has no place of its own worth showing: the key's place says more.
    const at = read.value === null ? position : read.position
    return [{ ...read, position: at, key: name, keyIsText, merged: false }]
  }

  #resolve(anchor: string, position: Position): ReadValue {
    const found = this.#anchors.get(anchor)
    if (!found) throw notWellFormed(position, `the alias *${anchor} has no anchor before it`)
    return found
  }

  /** `!Sub x` is `{"Fn::Sub": x}`; `!Ref` and `!Condition` have no prefix. Which functions exist is not the reader's business. */
  #applyTag(node: Node, read: ReadValue): ReadValue {
    const tag = isScalar(node) || isMap(node) || isSeq(node) ? node.tag : undefined
    if (!tag || CORE_TAGS.has(tag)) return read
    const name = tag.slice(1)
    if (!tag.startsWith('!') || !this.#shortFunctions || WITHOUT_SHORT_FORM.test(name))
      throw notWellFormed(read.position, `the tag ${tag} is not supported`)
    const argument = name === 'GetAtt' && typeof read.value === 'string' ? splitAttribute(read) : read
    const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`
    return buildMap([{ ...argument, key, keyIsText: true }], read.position)
  }

  #positionOf(node: Node): Position {
    return this.#place(node.range?.[0] ?? 0)
  }
}

/**
 * Functions that only the `AWS::LanguageExtensions` transform knows are written out.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-aws-languageextensions.html
 */
const WITHOUT_SHORT_FORM = /^(Length|ToJsonString|ForEach(::.*)?)$/

const CORE_TAGS = new Set(['str', 'map', 'seq', 'int', 'float', 'bool', 'null'].map((name) => `tag:yaml.org,2002:${name}`))

/** `Resource.Attribute.Part` is resource and attribute, parted at the first dot. */
function splitAttribute(read: ReadValue): ReadValue {
  const text = String(read.value)
  const dot = text.indexOf('.')
  const parts = dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)]
  return buildList(
    parts.map((value) => ({ value, position: read.position, size: 1 })),
    read.position,
  )
}

type MergeableEntry = Entries[number] & { readonly merged: boolean }

/** What `<<: *base` brings in: members of a map, or of several with the first counting most. */
function mergedEntries(read: ReadValue): MergeableEntry[] {
  const maps = Array.isArray(read.value) ? [...read.value].reverse() : [read.value]
  return maps.flatMap((map) => {
    if (typeof map !== 'object' || map === null || Array.isArray(map))
      throw notWellFormed(read.position, 'only a map can be merged')
    const { otherKeys } = positionsOf(map) ?? {}
    return Object.entries(map).map(([key, value], index) => ({
      key,
      value,
      keyIsText: !otherKeys?.includes(key),
      position: positionOfMember(map, key) ?? read.position,
      // The whole is counted once.
      size: index === 0 ? read.size : 0,
      merged: true,
    }))
  })
}

function entriesByPrecedence(entries: readonly MergeableEntry[]): Entries {
  const own = new Set(entries.filter(({ merged }) => !merged).map(({ key }) => key))
  return entries.filter(({ key, merged }) => !merged || !own.has(key))
}
