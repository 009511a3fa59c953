/** By node, the nodes that come before it. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Visits every node once, after all nodes it comes after were visited, and side by side with those it has no business with. A visit that
 * answers `false` keeps the nodes after it from being visited. Nothing after a node is visited before `pause` of its visit is over.
 */
export async function walk(
  graph: Graph,
  visit: (node: string) => boolean | Promise<boolean>,
  pause: () => Promise<void>,
): Promise<void> {
  const begun = new Map<string, Promise<boolean>>()
  const arrive = (node: string): Promise<boolean> => {
    const arrival = begun.get(node) ?? go(node)
    begun.set(node, arrival)
    return arrival
  }
  const go = async (node: string): Promise<boolean> => {
    const before = [...(graph.get(node) ?? [])].filter((other) => graph.has(other))
    const arrived = await Promise.all(before.map(arrive))
    if (!arrived.every(Boolean)) return false
    const passable = await visit(node)
    await pause()
    return passable
  }
  await Promise.all([...graph.keys()].map(arrive))
}

/** The same nodes, each after what came after it: the order of deletion. */
export function reversed(graph: Graph): Graph {
  const result = new Map([...graph.keys()].map((node) => [node, new Set<string>()]))
  for (const [node, before] of graph) for (const other of before) result.get(other)?.add(node)
  return result
}

/**
 * The graph without the edges that would close a circle. Templates have none, but what different revisions of a stack left behind may
 * point both ways, and has to go in some order.
 */
export function acyclic(graph: Graph): Graph {
  const result = new Map<string, Set<string>>()
  const open = new Set<string>()
  const visit = (node: string) => {
    const kept = new Set<string>()
    result.set(node, kept)
    open.add(node)
    for (const before of graph.get(node) ?? []) {
      if (!graph.has(before) || open.has(before)) continue
      if (!result.has(before)) visit(before)
      kept.add(before)
    }
    open.delete(node)
  }
  for (const node of graph.keys()) if (!result.has(node)) visit(node)
  return result
}
