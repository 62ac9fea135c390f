/** What becomes of a notice, and of the consent it needs, by what the platform answers. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiResult } from '../../../src/channels/wechat/api-client.ts';
import { createTemplateNotices } from '../../../src/channels/wechat/templates.ts';
import type { Identifier } from '../../../src/domain/identifier.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/policy.ts';
import { hoursAfterNoon, NOON } from '../../store/a-turn.ts';
import { newId } from '../../support/database.ts';

type Answer = ApiResult<Readonly<Record<string, unknown>>>;

const FIELDS = { thing1: 'notice', time2: 'window' } as const;
const TEMPLATES: Policy['wechat']['templates'] = {
  reminder: { id: 'R', by: 'subscription', fields: FIELDS },
  change: { id: 'C', by: 'template', fields: FIELDS },
};
const DONE: Answer = { kind: 'done', value: {} };
const VISIT = { from: hoursAfterNoon(50), to: hoursAfterNoon(52) };

const calls: { readonly path: string; readonly body: unknown }[] = [];
const log: string[] = [];
const consents = new Map<string, number>();
let answer: Answer = DONE;

beforeEach(() => {
  answer = DONE;
  calls.length = 0;
  log.length = 0;
  consents.clear();
  for (const template of ['R', 'C']) consents.set(template, 1);
});

const notice = (reason: string, window: typeof VISIT | null = VISIT) => ({
  id: newId(),
  reason,
  text: 'at four',
  ticket: 'BX-20261120-0031',
  appliance: null,
  window,
  conversationId: newId(),
  externalId: 'oAnna',
});

function tellBy(templates: Policy['wechat']['templates']) {
  return createTemplateNotices({
    api: {
      post: async (path, body) => {
        calls.push({ path, body });
        return answer;
      },
    },
    consents: {
      agreed: async (_: Identifier, template, times) =>
        void consents.set(template, times === 0 ? 0 : (consents.get(template) ?? 0) + times),
      use: async (_: Identifier, template) => {
        const left = consents.get(template) ?? 0;
        consents.set(template, Math.max(left - 1, 0));
        return left > 0;
      },
      giveBack: async (_: Identifier, template) => void consents.set(template, (consents.get(template) ?? 0) + 1),
    },
    policy: { company: DEFAULT_POLICY.company, wechat: { ...DEFAULT_POLICY.wechat, templates } },
    timeZone: 'Asia/Shanghai',
    now: () => NOON,
    log: (event, fields) => void log.push(`${event} ${JSON.stringify(fields)}`),
  });
}

const tell = async (told: ReturnType<typeof notice>) => (await tellBy(TEMPLATES)?.(told))?.kind;

describe('a notice', () => {
  const data = { thing1: { value: 'at four' }, time2: { value: '2026-11-22 14:00~2026-11-22 16:00' } };

  it('goes to who subscribed, and uses their consent', async () => {
    expect(await tell(notice('reminder'))).toBe('sent');
    expect(calls).toEqual([{ path: '/cgi-bin/message/subscribe/bizsend', body: { touser: 'oAnna', template_id: 'R', data } }]);
    expect(consents.get('R')).toBe(0);
  });

  it('as a template message can be known again by the platform', async () => {
    const told = notice('change');
    expect(await tell(told)).toBe('sent');
    const body = { touser: 'oAnna', template_id: 'C', data, client_msg_id: told.id };
    expect(calls).toEqual([{ path: '/cgi-bin/message/template/send', body }]);
  });

  it.each([
    ['without a template for its reason', notice('price-notice')],
    ['of another reason than there can be templates for', notice('constructor')],
    ['with a field nothing can stand in', notice('reminder', null)],
  ])('%s is not sent, and uses no consent', async (_, told) => {
    expect(await tell(told)).toBe('refused');
    expect(calls).toEqual([]);
    expect([...consents.values()]).toEqual([1, 1]);
  });

  it('to who has not agreed is not sent', async () => {
    consents.clear();
    expect(await tell(notice('reminder'))).toBe('refused');
    expect(calls).toEqual([]);
  });
});

it.each<readonly [Answer, string, left: number]>([
  [DONE, 'sent', 0],
  [{ kind: 'again', code: null }, 'again', 1],
  [{ kind: 'again', code: 45009 }, 'again', 1],
  [{ kind: 'locked-out', code: 40164 }, 'again', 1],
  [{ kind: 'refused', code: 47003 }, 'refused', 1],
  [{ kind: 'refused', code: 40037 }, 'refused', 1],
  [{ kind: 'window-shut', code: 45015 }, 'refused', 1],
  [{ kind: 'refused', code: 43101 }, 'refused', 0],
  [{ kind: 'window-shut', code: 43004 }, 'refused', 0],
])('when the platform answers %j, then it is %s, and %i consents are left', async (said, kind, left) => {
  answer = said;
  const told = notice('reminder');
  expect(await tell(told)).toBe(kind);
  expect(consents.get('R')).toBe(left);
  expect(log).toEqual(kind === 'refused' && 'code' in said ? [`wechat.template-refused {"taskId":"${told.id}","code":${said.code}}`] : []);
});

it('what can not be filled is said to the operator by its name only', async () => {
  await tell(notice('reminder', null));
  expect(log).toEqual(['wechat.template-unfilled {"reason":"reminder","field":"time2"}']);
});

it('there is no such way without templates', () => {
  expect(tellBy({})).toBeNull();
});
