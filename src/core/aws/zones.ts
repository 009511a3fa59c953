/** An availability zone: its name as this account sees it, and the id that is the same for every account. */
export interface Zone {
  readonly name: string
  readonly id: string
}

// The letters an account usually sees; any other region has three zones, a to c. Source: AWS's list of regions and zones.
const LETTERS: Readonly<Record<string, string>> = {
  'us-east-1': 'abcdef',
  'us-west-1': 'ac',
  'us-west-2': 'abcd',
  'ap-northeast-1': 'acd',
  'ap-northeast-2': 'abcd',
  'ca-central-1': 'abd',
  'cn-north-1': 'abd',
}

const DIRECTIONS: Readonly<Record<string, string>> = {
  north: 'n',
  northeast: 'ne',
  east: 'e',
  southeast: 'se',
  south: 's',
  southwest: 'sw',
  west: 'w',
  northwest: 'nw',
  central: 'c',
}

/** The zones of a region, in the order of `Fn::GetAZs`. AWS shuffles ids per account; here the first name has the first id. */
export function zonesOf(region: string): readonly Zone[] {
  const code = regionCode(region)
  return [...(LETTERS[region] ?? 'abc')].map((letter, index) => ({
    name: `${region}${letter}`,
    id: `${code}-az${index + 1}`,
  }))
}

/** `eu-central-1` → `euc1`, `us-gov-west-1` → `usgw1`: the form that zone ids begin with. */
function regionCode(region: string): string {
  return region
    .split('-')
    .map((part, index) => (index === 0 ? part : (DIRECTIONS[part] ?? (/^\d+$/.test(part) ? part : part.slice(0, 1)))))
    .join('')
}
