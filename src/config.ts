/**
 * The environment, read once: every variable checked, every fault in one message. The only place that sees
 * `process.env`. Secrets nobody configured are made once and kept under `DATA_DIR`, readable by their owner only.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { DEFAULT_POLICY, type Policy } from './domain/policy.ts';
import { parsePolicy } from './domain/policy-file.ts';
import { STAFF_ROLES, type StaffRole } from './domain/ticket.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says. Paths are absolute; secrets null when they are to be generated. */
export type Settings = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Without a slash at the end. Null: `publicUrlOf` makes it from host and port. */
  readonly publicUrl: string | null;
  /** Null: an embedded PostgreSQL under `dataDir`. Holds a password: never log it. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly demoData: 'yes' | 'no' | 'when-embedded-and-empty';
  readonly timeZone: string;
  readonly policy: Policy;
  readonly staffToken: string | null;
  /** 32 bytes. */
  readonly piiKey: Uint8Array | null;
  readonly allowedOrigins: readonly string[];
  /** Where pages are posted as JSON; null: nowhere. */
  readonly pageWebhookUrl: string | null;
  /** Where messages to phones are posted as JSON, for an SMS gateway to send; null: somebody phones instead. */
  readonly smsWebhookUrl: string | null;
  /** The WeChat Official Account; null: WeChat is off, or goes by `wechatPuppet`. All but the app id and the address are secrets. */
  readonly wechat: {
    readonly appId: string;
    readonly appSecret: string;
    readonly token: string;
    /** Null: callbacks come in the clear. */
    readonly aesKey: string | null;
    readonly apiBase: string;
  } | null;
  /** An npm package with a puppet of wechaty, in place of the Official Account. */
  readonly wechatPuppet: string | null;
  /** Null: Slack is off. The tokens and the signing secret are secrets. */
  readonly slack: {
    readonly botToken: string;
    readonly signingSecret: string;
    /** Set: Socket Mode. */
    readonly appToken: string | null;
    readonly apiUrl: string;
    /** Where handoffs are shown; null: nowhere. */
    readonly deskChannel: string | null;
    /** Where people are called; null: nowhere. */
    readonly urgentChannel: string | null;
    /** Who of the staff they are, besides whom their e-mail finds. */
    readonly staff: readonly { readonly userId: string; readonly email: string; readonly role: StaffRole }[];
  } | null;
  /** An OpenAI-compatible endpoint that may be asked what an unclear message means; null: nobody is. `apiKey` is a secret. */
  readonly model: { readonly baseUrl: string; readonly name: string; readonly apiKey: string | null } | null;
  readonly logLevel: LogLevel;
};

/** Everything the program needs to start. `staffTokenFile` is where the generated token can be read, null when it was given. */
export type Config = Omit<Settings, 'staffToken' | 'piiKey'> & {
  readonly staffToken: string;
  readonly staffTokenFile: string | null;
  readonly piiKey: Uint8Array;
};

/** `message` names every fault, one a line, in English; never a value that may be secret. */
export type Loaded<Value> = { readonly kind: 'ready'; readonly value: Value } | { readonly kind: 'faults'; readonly message: string };

/** The text of a file, or null when there is none. Throws when it can't be read. */
export type ReadText = (path: string) => string | null;

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const STAFF_TOKEN_CHARACTERS_MIN = 8;
const PII_KEY_BYTES = 32;
const ORIGINS_MAX = 100;
const PROJECT_ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The configuration of this process: `.env` in the project root where present, the real environment over it. */
export function loadConfigOfProcess(): Loaded<Config> {
  const loaded = loadConfig(process.env, readTextFile, PROJECT_ROOT);
  return loaded.kind === 'ready' ? keepSecrets(loaded.value) : loaded;
}

/** Checks an environment. Relative paths start at `root`. An empty variable counts as unset, one we don't know is ignored. */
export function loadConfig(environment: Environment, readText: ReadText, root: string): Loaded<Settings> {
  const faults: string[] = [];
  const variables = withDotEnv(environment, readText, root, faults);
  const policyFile = variables['POLICY_FILE'];
  const policy = policyFile === undefined ? DEFAULT_POLICY : readPolicy(resolve(root, policyFile), readText, faults);
  faults.push(...wechatFaults(variables), ...slackFaults(variables));
  const parsed = schemaFor(root).safeParse(variables);
  if (!parsed.success) faults.push(...parsed.error.issues.map((issue) => `${String(issue.path[0] ?? 'environment')}: ${issue.message}`));
  if (!parsed.success || faults.length > 0) return faulty(faults);
  const it = parsed.data;
  return {
    kind: 'ready',
    value: {
      host: it.HOST,
      port: it.PORT,
      publicUrl: it.PUBLIC_URL ?? null,
      databaseUrl: it.DATABASE_URL ?? null,
      dataDir: it.DATA_DIR,
      demoData: it.DEMO_DATA,
      timeZone: it.TIME_ZONE,
      policy,
      staffToken: it.STAFF_TOKEN ?? null,
      piiKey: it.PII_KEY ?? null,
      allowedOrigins: it.ALLOWED_ORIGINS,
      pageWebhookUrl: it.PAGE_WEBHOOK_URL ?? null,
      smsWebhookUrl: it.SMS_WEBHOOK_URL ?? null,
      model:
        it.MODEL_BASE_URL === undefined || it.MODEL_NAME === undefined
          ? null
          : { baseUrl: it.MODEL_BASE_URL, name: it.MODEL_NAME, apiKey: it.MODEL_API_KEY ?? null },
      wechat:
        it.WECHAT_APP_ID === undefined || it.WECHAT_APP_SECRET === undefined || it.WECHAT_TOKEN === undefined
          ? null
          : {
              appId: it.WECHAT_APP_ID,
              appSecret: it.WECHAT_APP_SECRET,
              token: it.WECHAT_TOKEN,
              aesKey: it.WECHAT_AES_KEY ?? null,
              apiBase: it.WECHAT_API_BASE,
            },
      wechatPuppet: it.WECHATY_PUPPET ?? null,
      slack:
        it.SLACK_BOT_TOKEN === undefined || it.SLACK_SIGNING_SECRET === undefined
          ? null
          : {
              botToken: it.SLACK_BOT_TOKEN,
              signingSecret: it.SLACK_SIGNING_SECRET,
              appToken: it.SLACK_APP_TOKEN ?? null,
              apiUrl: it.SLACK_API_URL,
              deskChannel: it.SLACK_DESK_CHANNEL ?? null,
              urgentChannel: it.SLACK_URGENT_CHANNEL ?? it.SLACK_DESK_CHANNEL ?? null,
              staff: it.SLACK_STAFF,
            },
      logLevel: it.LOG_LEVEL,
    },
  };
}

const WECHAT = ['WECHAT_APP_ID', 'WECHAT_APP_SECRET', 'WECHAT_TOKEN'] as const;

/** Half an account is a mistake nobody would notice: the channel would only be silent. */
function wechatFaults(variables: Environment): readonly string[] {
  const missing = WECHAT.filter((it) => variables[it] === undefined);
  const isHalf = missing.length > 0 && (missing.length < WECHAT.length || variables['WECHAT_AES_KEY'] !== undefined);
  const halves = isHalf ? missing.map((it) => `${it}: is missing; WeChat needs ${WECHAT.join(', ')}`) : [];
  const isBoth = variables['WECHATY_PUPPET'] !== undefined && missing.length < WECHAT.length;
  return isBoth ? [...halves, 'WECHATY_PUPPET: stands in place of an Official Account; unset WECHAT_APP_ID or this'] : halves;
}

const SLACK = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'] as const;
const SLACK_MORE = ['SLACK_APP_TOKEN', 'SLACK_DESK_CHANNEL', 'SLACK_URGENT_CHANNEL', 'SLACK_STAFF'] as const;

function slackFaults(variables: Environment): readonly string[] {
  const missing = SLACK.filter((it) => variables[it] === undefined);
  const isWanted = missing.length < SLACK.length || SLACK_MORE.some((it) => variables[it] !== undefined);
  return isWanted ? missing.map((it) => `${it}: is missing; Slack needs ${SLACK.join(', ')}`) : [];
}

/** The address put in links, once the port is known. A server on every interface is reached as localhost. */
export function publicUrlOf(config: Pick<Settings, 'publicUrl' | 'host'>, boundPort: number): string {
  if (config.publicUrl !== null) return config.publicUrl;
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`;
}

const secretText = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'must be printable characters without a space');

const slackChannel = z.string().regex(/^[A-Z][\w-]{1,63}$/, 'must be the id of a channel, such as C0123456789');

const SLACK_STAFF_MAX = 500;
const SLACK_STAFF = /^([A-Z][\w-]{1,63}):([^\s:,@]+@[^\s:,@]+):([a-z]+)$/;

/** Null when an entry is not `userId:email:role`, or names somebody twice. */
function slackStaffOf(text: string): NonNullable<Settings['slack']>['staff'] | null {
  const entries = text
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '');
  const staff = entries.flatMap((it) => {
    const [, userId = '', email = '', named = ''] = SLACK_STAFF.exec(it) ?? [];
    const role = STAFF_ROLES.find((known) => known === named);
    return role === undefined ? [] : [{ userId, email: email.toLowerCase(), role }];
  });
  const isWhole = staff.length === entries.length && staff.length <= SLACK_STAFF_MAX;
  return isWhole && new Set(staff.map((it) => it.userId)).size === staff.length ? staff : null;
}

function schemaFor(root: string) {
  return z.object({
    HOST: z
      .string()
      .regex(/^[A-Za-z0-9.:_-]{1,255}$/, 'must be a host name or an IP address')
      .default('127.0.0.1'),
    PORT: z
      .string()
      .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, 'must be a port number, 0 to 65535')
      .transform(Number)
      .default(3978),
    PUBLIC_URL: z
      .string()
      .refine((text) => isWebUrl(text), 'must be an http or https URL')
      .transform((text) => text.replace(/\/+$/, ''))
      .optional(),
    DATABASE_URL: z
      .string()
      .refine((text) => /^postgres(?:ql)?:$/.test(urlOf(text)?.protocol ?? ''), 'must be a postgresql:// URL')
      .optional(),
    DATA_DIR: z
      .string()
      .transform((text) => resolve(root, text))
      .default(resolve(root, 'data')),
    DEMO_DATA: z
      .enum(['1', '0'], 'must be 1 or 0')
      .transform((text): Settings['demoData'] => (text === '1' ? 'yes' : 'no'))
      .default('when-embedded-and-empty'),
    TIME_ZONE: z.string().refine(isTimeZone, 'must be a time zone such as Asia/Shanghai').default('Asia/Shanghai'),
    STAFF_TOKEN: z
      .string()
      .refine((text) => text.length >= STAFF_TOKEN_CHARACTERS_MIN && /^[\x21-\x7e]+$/.test(text), {
        message: `must have at least ${STAFF_TOKEN_CHARACTERS_MIN} printable characters and no space`,
      })
      .optional(),
    PII_KEY: z
      .string()
      .refine((text) => keyOf(text) !== null, 'must be 32 bytes in base64, as `openssl rand -base64 32` prints')
      .transform((text) => keyOf(text) ?? new Uint8Array())
      .optional(),
    ALLOWED_ORIGINS: z
      .string()
      .transform((text) =>
        text
          .split(',')
          .map((it) => it.trim())
          .filter((it) => it !== ''),
      )
      .refine((list) => list.length <= ORIGINS_MAX && list.every((it) => originOf(it) !== null), {
        message: `must be at most ${ORIGINS_MAX} origins such as https://shop.example, with commas between`,
      })
      .transform((list) => list.flatMap((it) => originOf(it) ?? []))
      .default([]),
    PAGE_WEBHOOK_URL: z.string().refine(isWebUrl, 'must be an http or https URL').optional(),
    SMS_WEBHOOK_URL: z.string().refine(isWebUrl, 'must be an http or https URL').optional(),
    MODEL_BASE_URL: z.string().refine(isModelUrl, 'must be an http or https URL such as https://model.example/v1').optional(),
    MODEL_NAME: z.string().max(200, 'must have at most 200 characters').optional(),
    MODEL_API_KEY: z
      .string()
      .regex(/^[\x21-\x7e]{1,1000}$/, 'must be printable characters without a space')
      .optional(),
    WECHAT_APP_ID: secretText.optional(),
    WECHAT_APP_SECRET: secretText.optional(),
    WECHAT_TOKEN: z
      .string()
      .regex(/^[A-Za-z0-9]{3,32}$/, 'must be 3 to 32 letters and digits, as in the console of the platform')
      .optional(),
    WECHAT_AES_KEY: z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}$/, 'must be the 43 characters of EncodingAESKey')
      .optional(),
    WECHAT_API_BASE: z
      .string()
      .refine(isWebUrl, 'must be an http or https URL')
      .transform((text) => text.replace(/\/+$/, ''))
      .default('https://api.weixin.qq.com'),
    WECHATY_PUPPET: z
      .string()
      .regex(/^(?:@[a-z0-9._-]{1,50}\/)?wechaty-puppet-[a-z0-9._-]{1,50}$/, 'must be an npm package named wechaty-puppet-…')
      .optional(),
    SLACK_BOT_TOKEN: secretText.optional(),
    SLACK_SIGNING_SECRET: secretText.optional(),
    SLACK_APP_TOKEN: secretText.optional(),
    SLACK_API_URL: z
      .string()
      .refine(isWebUrl, 'must be an http or https URL')
      .transform((text) => `${text.replace(/\/+$/, '')}/`)
      .default('https://slack.com/api/'),
    SLACK_DESK_CHANNEL: slackChannel.optional(),
    SLACK_URGENT_CHANNEL: slackChannel.optional(),
    SLACK_STAFF: z
      .string()
      .refine((text) => slackStaffOf(text) !== null, `must be userId:email:role, with commas between; a role is ${STAFF_ROLES.join(', ')}`)
      .transform((text) => slackStaffOf(text) ?? [])
      .default([]),
    LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  });
}

function withDotEnv(environment: Environment, readText: ReadText, root: string, faults: string[]): Environment {
  const text = readOrFault(join(root, '.env'), '.env', readText, faults);
  const entries = [
    ...Object.entries(text === null ? {} : parseEnv(text)),
    ...Object.entries(environment).filter(([, value]) => value !== ''),
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== ''));
}

function readPolicy(path: string, readText: ReadText, faults: string[]): Policy {
  const before = faults.length;
  const text = readOrFault(path, 'POLICY_FILE', readText, faults);
  if (text === null) {
    if (faults.length === before) faults.push(`POLICY_FILE: there is no file ${path}`);
    return DEFAULT_POLICY;
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    faults.push(`POLICY_FILE: ${path} is not JSON`);
    return DEFAULT_POLICY;
  }
  const parsed = parsePolicy(json);
  if (parsed.kind === 'policy') return parsed.policy;
  faults.push(...parsed.faults.map((fault) => `POLICY_FILE: ${fault}`));
  return DEFAULT_POLICY;
}

function readOrFault(path: string, name: string, readText: ReadText, faults: string[]): string | null {
  try {
    return readText(path);
  } catch (error) {
    faults.push(`${name}: ${path} can't be read (${codeOf(error)})`);
    return null;
  }
}

function faulty(faults: readonly string[]): { readonly kind: 'faults'; readonly message: string } {
  return { kind: 'faults', message: ['The configuration has faults:', ...faults.map((fault) => `  ${fault}`)].join('\n') };
}

// ---- secrets nobody configured -----------------------------------------------------------------------------------

/** Fills in the secrets from `DATA_DIR`, making what is missing. Processes starting at once end up with the same ones. */
export function keepSecrets(settings: Settings): Loaded<Config> {
  const tokenFile = join(settings.dataDir, 'staff-token');
  const keyFile = join(settings.dataDir, 'pii-key');
  const faults: string[] = [];
  const staffToken = settings.staffToken ?? keptSecret('STAFF_TOKEN', tokenFile, () => randomBytes(24).toString('base64url'), faults);
  const piiKey = settings.piiKey ?? keyOf(keptSecret('PII_KEY', keyFile, () => randomBytes(PII_KEY_BYTES).toString('base64'), faults));
  if (faults.length === 0 && piiKey === null)
    faults.push(`PII_KEY: ${keyFile} does not hold 32 bytes in base64; restore it, what it sealed can't be read without it`);
  if (faults.length === 0 && staffToken.length < STAFF_TOKEN_CHARACTERS_MIN)
    faults.push(`STAFF_TOKEN: ${tokenFile} holds no token; delete it to have one made`);
  if (faults.length > 0 || piiKey === null) return faulty(faults);
  return { kind: 'ready', value: { ...settings, staffToken, staffTokenFile: settings.staffToken === null ? tokenFile : null, piiKey } };
}

function keptSecret(name: string, path: string, make: () => string, faults: string[]): string {
  try {
    return readTextFile(path)?.trim() ?? createdSecret(path, make());
  } catch (error) {
    faults.push(`${name}: ${path} can't be kept (${codeOf(error)}); set ${name}, or a DATA_DIR that can be written`);
    return '';
  }
}

/** Written whole under another name, then linked: whoever comes second finds the file and takes what is in it. */
function createdSecret(path: string, secret: string): string {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    writeDurably(draft, `${secret}\n`);
    linkSync(draft, path);
    return secret;
  } catch (error) {
    const first = codeOf(error) === 'EEXIST' ? readTextFile(path) : null;
    if (first !== null) return first.trim();
    if (!LINKLESS.includes(codeOf(error))) throw error;
    writeDurably(path, `${secret}\n`);
    return secret;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Some shared and foreign file systems know no second name for a file. */
const LINKLESS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function readTextFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

// ---- values ------------------------------------------------------------------------------------------------------

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isWebUrl(text: string): boolean {
  return /^https?:$/.test(urlOf(text)?.protocol ?? '');
}

/** `fetch` takes no address with a name and password in it. */
function isModelUrl(text: string): boolean {
  const url = urlOf(text);
  return isWebUrl(text) && url?.username === '' && url.password === '';
}

function originOf(text: string): string | null {
  const url = isWebUrl(text) ? urlOf(text) : null;
  return url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' ? url.origin : null;
}

/** Names only: dayjs does not know offsets such as +08:00. */
function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '' && /^[A-Za-z]/.test(text);
  } catch {
    return false;
  }
}

function keyOf(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === PII_KEY_BYTES ? new Uint8Array(bytes) : null;
}
