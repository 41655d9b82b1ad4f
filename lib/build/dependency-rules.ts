import type { IConfiguration } from 'dependency-cruiser'

/** Folders of lib that are not entities: transports, commands, tools and shared ground. */
const OTHERS = ['api', 'bench', 'build', 'cli', 'database', 'demo', 'http', 'i18n', 'server', 'testing', 'web'].join('|')

/** Every other folder is an entity, or an engine on top of them (gate, oidc, explain): its inside is nobody else's business. */
const ENTITIES = `(?!(?:${OTHERS})/)[^/]+`

/** Files of an entity that are open past its index: pure zod and pure data for forms and the seed, fixtures for tests. */
const PURE = '(schemas|permissions|testing)\\.ts$'

/** Tests, and the fixtures that an entity offers to the tests of others. */
const TEST = '(\\.test\\.tsx?|/testing[a-z-]*\\.ts)$'

/** The arrows of docs/ARCHITECTURE.md, as rules: `npm run verify` checks the whole tree, dependency-rules.test.ts checks the rules. */
export const rules: NonNullable<IConfiguration['forbidden']> = [
  {
    name: 'no-cycle',
    comment: 'A cycle means that two modules are one. Types vanish before anything runs, so they may refer to each other.',
    severity: 'error',
    from: { path: '^(app|components|lib|server\\.ts)' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'entity-through-index',
    comment: 'Another entity is used through its index.ts; its other files may change any day. Pure schemas are open to forms.',
    severity: 'error',
    from: { path: '^lib/([^/]+)/' },
    to: { path: `^lib/(${ENTITIES})/`, pathNot: ['^lib/$1/', `^lib/(${ENTITIES})/(index\\.ts$|${PURE})`] },
  },
  {
    name: 'pages-through-index',
    comment: "Pages call an entity's index.ts or lib/web, never a file inside an entity.",
    severity: 'error',
    from: { path: '^(app|components|server\\.ts|lib/[^/]+\\.ts$)' },
    to: { path: `^lib/(${ENTITIES})/`, pathNot: `^lib/(${ENTITIES})/(index\\.ts$|${PURE})` },
  },
  {
    name: 'entity-below-transports',
    comment: 'Entities know leaves and other entities: not the transports, the commands or the engines above them.',
    severity: 'error',
    from: { path: `^lib/(?!(?:explain|gate|oidc)/)(${ENTITIES})/`, pathNot: TEST },
    to: { path: '^lib/(api|bench|build|cli|demo|gate|oidc|server|testing|web)/' },
  },
  {
    name: 'engines-below-transports',
    comment: 'The gate and the provider do not know who mounts them.',
    severity: 'error',
    from: { path: '^lib/(explain|gate|oidc)/', pathNot: TEST },
    to: { path: '^lib/(api|bench|build|cli|demo|server|testing|web)/' },
  },
  {
    name: 'lib-below-pages',
    comment: 'lib never imports pages or their pieces.',
    severity: 'error',
    from: { path: '^lib/' },
    to: { path: '^(app|components)/' },
  },
  {
    name: 'components-below-app',
    severity: 'error',
    from: { path: '^components/' },
    to: { path: '^app/' },
  },
  {
    name: 'schemas-are-pure',
    comment: 'schemas.ts is zod and values only, so that forms can import it in the browser.',
    severity: 'error',
    from: { path: '^lib/.+/schemas\\.ts$' },
    to: {
      path: ['^lib/(?!(?:errors|search|text-line)\\.ts)[^/]+\\.ts$', '^prisma/', '/(index|internal)\\.ts$', '\\.sql\\.ts$'],
      pathNot: ['^lib/i18n/', '(^|/)node_modules/'],
    },
  },
  {
    name: 'schemas-without-node',
    severity: 'error',
    from: { path: '^lib/.+/schemas\\.ts$' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'prisma-in-db-only',
    comment: 'lib/db.ts constructs the client and re-exports its types; nobody else names the generated code.',
    severity: 'error',
    from: { pathNot: ['^lib/db\\.ts$', '^prisma/'] },
    to: { path: '^prisma/generated' },
  },
  {
    name: 'no-database-in-pages',
    severity: 'error',
    from: { path: '^(app|components|lib/web)/', pathNot: TEST },
    to: { path: ['^lib/db\\.ts$', '(^|/)node_modules/(pg|@prisma)/', '\\.sql\\.ts$'] },
  },
  {
    name: 'provider-in-oidc-only',
    severity: 'error',
    from: { path: '^(app|components|lib|server\\.ts)', pathNot: '^lib/(oidc|bench)/' },
    to: { path: '(^|/)node_modules/(@types/)?oidc-provider/' },
  },
  {
    name: 'hono-in-api-only',
    severity: 'error',
    from: { path: '^(app|components|lib|server\\.ts)', pathNot: '^lib/api/' },
    to: { path: '(^|/)node_modules/(hono|@hono)/' },
  },
  {
    name: 'next-in-web-only',
    comment: 'lib/web speaks Next for the pages; lib/server only starts it.',
    severity: 'error',
    from: { path: '^lib/', pathNot: ['^lib/web/', '^lib/server/', TEST] },
    to: { path: '(^|/)node_modules/(next|next-auth|next-intl)/' },
  },
  {
    name: 'development-tools-stay-out',
    comment: 'The server runs after `npm install --omit=dev`.',
    severity: 'error',
    from: { path: '^(app|components|lib|server\\.ts)', pathNot: [TEST, '^lib/(testing|bench|build)/', '^app/dev/'] },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(^|/)node_modules/@types/' },
  },
  {
    name: 'fixtures-in-tests-only',
    severity: 'error',
    from: { path: '^(app|components|lib|server\\.ts)', pathNot: [TEST, '^lib/(testing|bench)/'] },
    to: { path: '^lib/(testing/|[^/]+/testing[a-z-]*\\.ts$)' },
  },
  {
    name: 'resolvable',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: ['^prisma/generated'] },
  },
]

/** How the tree is read; the same for the command and for the test of the rules. */
export const options: NonNullable<IConfiguration['options']> = {
  parser: 'swc',
  tsPreCompilationDeps: true,
  combinedDependencies: false,
  doNotFollow: { path: ['node_modules', '^prisma/generated'] },
  exclude: { path: ['\\.next/', '\\.css$'] },
  enhancedResolveOptions: {
    extensions: ['.ts', '.tsx', '.mdx', '.mjs', '.js', '.json'],
    exportsFields: ['exports'],
    conditionNames: ['types', 'import', 'require', 'node', 'default'],
    mainFields: ['types', 'module', 'main'],
  },
}
