import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Environment, keepSecrets, loadConfig, publicUrlOf, type Settings } from '../src/config.ts';
import { DEFAULT_POLICY } from '../src/domain/policy.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');

function load(environment: Environment, files: Readonly<Record<string, string>> = {}) {
  return loadConfig(environment, (path) => files[path] ?? null, '/srv/baoxiu');
}

function settingsOf(environment: Environment, files: Readonly<Record<string, string>> = {}): Settings {
  const loaded = load(environment, files);
  if (loaded.kind === 'faults') throw new Error(loaded.message);
  return loaded.value;
}

/** The names of the variables at fault, in the order of the lines. */
function faultsOf(environment: Environment, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const loaded = load(environment, files);
  return loaded.kind === 'ready'
    ? []
    : loaded.message
        .split('\n')
        .slice(1)
        .map((it) => it.trim().split(':')[0] ?? '');
}

describe('settings', () => {
  test('an empty environment has every default of the contract', () => {
    expect(settingsOf({})).toEqual({
      host: '127.0.0.1',
      port: 3978,
      publicUrl: null,
      databaseUrl: null,
      dataDir: '/srv/baoxiu/data',
      demoData: 'when-embedded-and-empty',
      timeZone: 'Asia/Shanghai',
      policy: DEFAULT_POLICY,
      staffToken: null,
      piiKey: null,
      allowedOrigins: [],
      pageWebhookUrl: null,
      smsWebhookUrl: null,
      wechat: null,
      wechatPuppet: null,
      slack: null,
      model: null,
      logLevel: 'info',
    });
  });

  test('a model is on when its address and its name are there, with a key or without', () => {
    const both = { MODEL_BASE_URL: 'https://model.example/v1', MODEL_NAME: 'qwen3-8b' };
    expect(settingsOf(both).model).toEqual({ baseUrl: 'https://model.example/v1', name: 'qwen3-8b', apiKey: null });
    expect(settingsOf({ ...both, MODEL_API_KEY: 'sk-1' }).model).toMatchObject({ apiKey: 'sk-1' });
    expect(settingsOf({ ...both, MODEL_NAME: '' }).model).toBeNull();
    expect(settingsOf({ MODEL_NAME: 'qwen3-8b', MODEL_API_KEY: 'sk-1' }).model).toBeNull();
    expect(faultsOf({ MODEL_BASE_URL: 'https://me:secret@model.example/v1', MODEL_API_KEY: 'two words' })).toEqual([
      'MODEL_BASE_URL',
      'MODEL_API_KEY',
    ]);
    expect(faultsOf({ ...both, MODEL_BASE_URL: 'model.example' })).toEqual(['MODEL_BASE_URL']);
  });

  test('WeChat is on when all of its account is there; half an account is a fault, and so is a second way in', () => {
    const account = { WECHAT_APP_ID: 'wx1', WECHAT_APP_SECRET: 'secret', WECHAT_TOKEN: 'token123' };
    const whole = { appId: 'wx1', appSecret: 'secret', token: 'token123', aesKey: null, apiBase: 'https://api.weixin.qq.com' };
    expect(settingsOf(account).wechat).toEqual(whole);
    const key = 'k'.repeat(43);
    expect(settingsOf({ ...account, WECHAT_AES_KEY: key, WECHAT_API_BASE: 'http://127.0.0.1:1/' }).wechat).toEqual({
      ...whole,
      aesKey: key,
      apiBase: 'http://127.0.0.1:1',
    });
    expect(faultsOf({ WECHAT_APP_ID: 'wx1' })).toEqual(['WECHAT_APP_SECRET', 'WECHAT_TOKEN']);
    expect(faultsOf({ WECHAT_AES_KEY: key })).toEqual(['WECHAT_APP_ID', 'WECHAT_APP_SECRET', 'WECHAT_TOKEN']);
    expect(faultsOf({ ...account, WECHAT_AES_KEY: 'short', WECHAT_TOKEN: 'no-dash', WECHAT_API_BASE: 'api' })).toEqual([
      'WECHAT_TOKEN',
      'WECHAT_AES_KEY',
      'WECHAT_API_BASE',
    ]);
    expect(settingsOf({ WECHATY_PUPPET: 'wechaty-puppet-mock' })).toMatchObject({ wechat: null, wechatPuppet: 'wechaty-puppet-mock' });
    expect(faultsOf({ ...account, WECHATY_PUPPET: 'wechaty-puppet-mock' })).toEqual(['WECHATY_PUPPET']);
    expect(faultsOf({ WECHATY_PUPPET: 'left-pad' })).toEqual(['WECHATY_PUPPET']);
  });

  test('every variable is read', () => {
    const environment = {
      HOST: '0.0.0.0',
      PORT: '8080',
      PUBLIC_URL: 'https://desk.example/',
      DATABASE_URL: 'postgresql://u:p@db:5432/baoxiu',
      DATA_DIR: '/var/lib/baoxiu',
      DEMO_DATA: '0',
      TIME_ZONE: 'Asia/Urumqi',
      POLICY_FILE: 'policy.json',
      STAFF_TOKEN: 'let-me-in-please',
      PII_KEY: KEY,
      ALLOWED_ORIGINS: 'https://shop.example, http://localhost:5173/',
      LOG_LEVEL: 'debug',
      SOMETHING_ELSE: 'is ignored',
    };
    const settings = settingsOf(environment, { '/srv/baoxiu/policy.json': '\uFEFF{"booking":{"horizonDays":7}}' });
    expect(settings).toMatchObject({
      host: '0.0.0.0',
      port: 8080,
      publicUrl: 'https://desk.example',
      databaseUrl: 'postgresql://u:p@db:5432/baoxiu',
      dataDir: '/var/lib/baoxiu',
      demoData: 'no',
      timeZone: 'Asia/Urumqi',
      staffToken: 'let-me-in-please',
      allowedOrigins: ['https://shop.example', 'http://localhost:5173'],
      logLevel: 'debug',
    });
    expect(settings.policy.booking.horizonDays).toBe(7);
    expect(settings.piiKey).toEqual(new Uint8Array(32).fill(7));
  });

  test('.env is read, the real environment wins, empty means unset', () => {
    const files = { '/srv/baoxiu/.env': '# ours\nPORT=4000\nHOST="0.0.0.0"\nLOG_LEVEL=warn\nDATA_DIR=\n' };
    expect(settingsOf({ PORT: '5000', LOG_LEVEL: '' }, files)).toMatchObject({
      port: 5000,
      host: '0.0.0.0',
      logLevel: 'warn',
      dataDir: '/srv/baoxiu/data',
    });
  });

  test('the public address is made from host and port', () => {
    expect(publicUrlOf({ publicUrl: null, host: '127.0.0.1' }, 3978)).toBe('http://127.0.0.1:3978');
    expect(publicUrlOf({ publicUrl: null, host: '0.0.0.0' }, 80)).toBe('http://localhost:80');
    expect(publicUrlOf({ publicUrl: null, host: '::1' }, 80)).toBe('http://[::1]:80');
    expect(publicUrlOf({ publicUrl: 'https://desk.example', host: '::1' }, 80)).toBe('https://desk.example');
  });
});

describe('faults', () => {
  test('every fault is in one message, each naming its variable', () => {
    const environment = {
      HOST: 'not a host',
      PORT: '70000',
      PUBLIC_URL: 'desk.example',
      DATABASE_URL: 'mysql://secret-password@db/x',
      DEMO_DATA: 'yes',
      TIME_ZONE: 'Mars/Olympus',
      STAFF_TOKEN: 'short',
      PII_KEY: 'c2hvcnQ=',
      ALLOWED_ORIGINS: 'https://shop.example/path,*',
      LOG_LEVEL: 'loud',
      POLICY_FILE: 'policy.json',
    };
    const files = { '/srv/baoxiu/policy.json': '{"booking":{"leadMinutes":-1},"colour":"red"}' };
    expect(faultsOf(environment, files).toSorted()).toEqual([...Object.keys(environment), 'POLICY_FILE'].toSorted());
    const loaded = load(environment, files);
    const message = loaded.kind === 'faults' ? loaded.message : '';
    expect(message).toContain('POLICY_FILE: colour: unknown key');
    expect(message).toContain('POLICY_FILE: booking.leadMinutes:');
    expect(message).not.toContain('secret-password');
    expect(message).not.toContain('c2hvcnQ');
  });

  test.each(['-1', '3978x', '1e3', ' 80', '65536'])('PORT=%j is none', (PORT) => {
    expect(faultsOf({ PORT })).toEqual(['PORT']);
  });

  test.each(['+08:00', 'Shanghai', '中国'])('TIME_ZONE=%j is none', (TIME_ZONE) => {
    expect(faultsOf({ TIME_ZONE })).toEqual(['TIME_ZONE']);
  });

  test('a policy file that is missing or no JSON', () => {
    expect(faultsOf({ POLICY_FILE: 'gone.json' })).toEqual(['POLICY_FILE']);
    expect(faultsOf({ POLICY_FILE: '/p.json' }, { '/p.json': '{' })).toEqual(['POLICY_FILE']);
    expect(faultsOf({ PORT: 'x' }, { '/srv/baoxiu/.env': 'POLICY_FILE=gone.json' })).toEqual(['POLICY_FILE', 'PORT']);
  });

  test('a file that cannot be read is a fault, not a crash', () => {
    const refuse = (): never => {
      throw Object.assign(new Error('no'), { code: 'EACCES' });
    };
    expect(loadConfig({}, refuse, '/srv/baoxiu')).toMatchObject({ kind: 'faults', message: expect.stringContaining('EACCES') });
  });
});

describe('secrets nobody configured', () => {
  let dataDir = '';
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'baoxiu-config-'));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });

  function kept(settings: Partial<Settings> = {}) {
    const loaded = keepSecrets({ ...settingsOf({ DATA_DIR: join(dataDir, 'new') }), ...settings });
    if (loaded.kind === 'faults') throw new Error(loaded.message);
    return loaded.value;
  }

  test('are made once, readable by the owner only, and read by the next process', () => {
    const first = kept();
    expect(first.staffToken.length).toBeGreaterThanOrEqual(32);
    expect(first.piiKey).toHaveLength(32);
    expect(first.staffTokenFile).toBe(join(dataDir, 'new', 'staff-token'));
    const second = kept();
    expect([second.staffToken, second.piiKey]).toEqual([first.staffToken, first.piiKey]);
    const files = readdirSync(join(dataDir, 'new'));
    expect(files.toSorted()).toEqual(['pii-key', 'staff-token']);
    for (const file of files) expect(statSync(join(dataDir, 'new', file)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataDir, 'new', 'staff-token'), 'utf8').trim()).toBe(first.staffToken);
  });

  test('are not made where they were given', () => {
    const config = kept({ staffToken: 'given-token', piiKey: new Uint8Array(32) });
    expect(config).toMatchObject({ staffToken: 'given-token', staffTokenFile: null });
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test('a damaged key is a fault, never replaced', () => {
    kept();
    writeFileSync(join(dataDir, 'new', 'pii-key'), 'damaged');
    expect(() => kept()).toThrow('PII_KEY');
    expect(readFileSync(join(dataDir, 'new', 'pii-key'), 'utf8')).toBe('damaged');
  });

  test('a folder that is a file is a fault naming both variables', () => {
    writeFileSync(join(dataDir, 'new'), '');
    expect(() => kept()).toThrow(/STAFF_TOKEN: [\s\S]*PII_KEY: /);
  });
});
