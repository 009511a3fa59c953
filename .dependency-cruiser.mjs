// The architecture, executed: imports point down only. `cli → app → everything`, `io → engine, gateway`, and all of them
// `→ kit → core`. Siblings meet through a port that `app/` fills in.
const only = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.ts$' },
  to: { path: '^src/', pathNot: to },
})

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    only('core-is-pure', 'core is data in, data out', '^src/core/', ['^src/core/']),
    only('kit-knows-only-core', 'kit is shapes and ports', '^src/kit/', ['^src/(core|kit)/']),
    only('services-stay-apart', 'one service reaches another through a port', '^src/services/([^/]+)/', [
      '^src/(core|kit)/',
      '^src/services/($1|schemas|models)/',
    ]),
    only('engine-and-gateway', 'they get handlers as arguments', '^src/(engine|gateway)/', ['^src/(core|kit)/', '^src/$1/']),
    only('io-siblings-stay-apart', 'app introduces them', '^src/io/([^/]+)/', [
      '^src/(core|kit|engine|gateway)/',
      '^src/io/$1/',
      '^src/services/models/',
    ]),
    {
      name: 'machine-only-in-io',
      comment: 'only io, app and cli touch the machine',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(io|app|cli)/', '\\.test\\.ts$'] },
      to: { path: '^(node:)?(fs|net|dgram|dns|https?|http2|tls|child_process|worker_threads|os|process|sqlite)(/|$)' },
    },
    {
      name: 'core-imports-only-pure-packages',
      comment: 'parsing YAML and JSON Schema are data in, data out as well',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm', 'core'], pathNot: '^node_modules/(yaml|@cfworker/json-schema)/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  },
}
