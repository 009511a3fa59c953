// What the SAM transform costs, and whether that grows with the template only: `node bench/sam.mjs`, after a build, or in `npm run bench`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const SELF = fileURLToPath(import.meta.url)
const SIZES = [10, 100, 1000]
/** Resources of the template that has a budget. */
const BUDGETED = 500
const median = (values) => values.slice().sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** Functions, each with a method of the one API that SAM makes for them. */
const templateOf = (functions) =>
  JSON.stringify({
    Transform: 'AWS::Serverless-2016-10-31',
    Globals: { Function: { Runtime: 'nodejs22.x', Handler: 'index.handler' } },
    Resources: Object.fromEntries(
      Array.from({ length: functions }, (_, index) => [
        `Function${index}`,
        {
          Type: 'AWS::Serverless::Function',
          Properties: {
            CodeUri: 's3://code/key.zip',
            Environment: { Variables: { NAME: { 'Fn::Sub': '${AWS::StackName}-entities' } } },
            Events: { Get: { Type: 'Api', Properties: { Path: `/entities${index}/{id}`, Method: 'get' } } },
          },
        },
      ]),
    ),
  })

const { transform } = await import('../dist/core/exports/sam.js')
const { parse } = await import('../dist/core/exports/template.js')

/** Milliseconds of the processor that one transform takes: it waits for nothing, and so a busy machine does not show. */
function measure(template) {
  const began = process.cpuUsage()
  const result = transform(template, { region: 'eu-central-1' })
  if (!result.ok) throw new Error(result.message)
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1000
}

/** Milliseconds by the number of functions, sizes taking turns; `first` is that of the budgeted one in a process of its own. */
export function samFigures(rounds) {
  const templates = new Map([...SIZES, BUDGETED].map((size) => [size, parse(templateOf(size))]))
  const times = new Map([...templates.keys()].map((size) => [size, []]))
  for (let round = -1; round < rounds; round += 1) {
    for (const [size, template] of templates) {
      // A small template is over before the clock moves: as many of them as make a large one.
      const repeats = Math.max(1, BUDGETED / size)
      let sum = 0
      for (let repeat = 0; repeat < repeats; repeat += 1) sum += measure(template)
      // The first round is for the engine to get warm.
      if (round >= 0) times.get(size).push(sum / repeats)
    }
  }
  const first = Array.from({ length: rounds }, () =>
    Number(spawnSync(process.execPath, [SELF, 'first'], { encoding: 'utf8' }).stdout),
  )
  return { ms: new Map([...times].map(([size, all]) => [size, median(all)])), first: median(first) }
}

/** Rows of the table of `run.mjs`: figure, Postern, L1, L2, budget. */
export function samRows({ ms, first }) {
  const perFunction = (size) => ms.get(size) / size
  return [
    ...SIZES.map((size) => [`SAM transform of ${size} functions, ms`, ms.get(size).toFixed(size < 100 ? 2 : 1), '', '', '']),
    [`SAM transform of ${BUDGETED} resources, ms`, ms.get(BUDGETED).toFixed(1), '', '', '<= 150'],
    ['the same, first in its process, ms', first.toFixed(1), '', '', ''],
    ['ms per function, 1000 : 100 functions', (perFunction(1000) / perFunction(100)).toFixed(2), '', '', '<= 1.5'],
  ]
}

if (process.argv[1] === SELF) {
  if (process.argv[2] === 'first') {
    console.log(measure(parse(templateOf(BUDGETED))))
  } else {
    for (const [figure, postern, , , budget] of samRows(samFigures(Number(process.env.BENCH_ROUNDS ?? 5))))
      console.log(figure.padEnd(42), postern.padStart(8), ` ${budget}`.trimEnd())
  }
}
