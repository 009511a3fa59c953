/*
 * What is read out of a path's text. Without regular expressions where these would begin again at every character: a path may be
 * as long as the template.
 */

export function withoutEndingSlashes(path: string): string {
  let end = path.length
  while (path.endsWith('/', end)) end -= 1
  return path.slice(0, end)
}

/** The names in braces: `id` of `/entities/{id}`. */
export function parameterNames(path: string): string[] {
  return path.split('\n').flatMap((line) => {
    const names: string[] = []
    let open = line.indexOf('{')
    for (let close = line.indexOf('}', open); open >= 0 && close >= 0; close = line.indexOf('}', open)) {
      names.push(line.slice(open + 1, close))
      open = line.indexOf('{', close)
    }
    return names
  })
}

/** The resource whose `Arn` a text of `Fn::Sub` names first. */
export function arnOwner(text: string): string | undefined {
  for (let dot = text.indexOf('.Arn'); dot >= 0; dot = text.indexOf('.Arn', dot + 1)) {
    let start = dot
    while (start > 0 && /[A-Za-z0-9]/.test(text[start - 1]!)) start -= 1
    if (start < dot) return text.slice(start, dot)
  }
  return undefined
}
