/**
 * Tells customers something outside the time in which we may speak to them: by a template the policy names for the
 * reason, and only while a consent of theirs is on record, which each notice uses up. Off without templates.
 */
import type { Appliance } from '../../domain/appliance.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { VisitWindow } from '../../domain/visit-window.ts';
import type { NoticeConsents } from '../../turn/platform-ports.ts';
import type { ApiClient } from './api-client.ts';
import { templateData } from './template-data.ts';

type Templates = Policy['wechat']['templates'];
type Template = NonNullable<Templates[keyof Templates]>;

export type TemplateNeeds = {
  readonly api: Pick<ApiClient, 'post'>;
  readonly consents: NoticeConsents;
  readonly policy: Pick<Policy, 'company' | 'wechat'>;
  readonly timeZone: string;
  readonly now: () => Instant;
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
};

type TemplateNotice = {
  readonly id: Identifier;
  readonly reason: string;
  readonly text: string;
  readonly ticket: string;
  readonly appliance: Appliance | null;
  readonly window: VisitWindow | null;
  readonly conversationId: Identifier;
  readonly externalId: string;
};

/** `refused`: not by a template, or not with this customer; `again`: not now. */
export type TellByTemplate = (
  notice: TemplateNotice,
) => Promise<{ readonly kind: 'sent' } | { readonly kind: 'again' } | { readonly kind: 'refused' }>;

const PATHS = { template: '/cgi-bin/message/template/send', subscription: '/cgi-bin/message/subscribe/bizsend' } as const;
/** The customer has not subscribed, or no more; they follow us no more. */
const NOT_AGREED: ReadonlySet<number> = new Set([43101, 43004]);
const REFUSED = { kind: 'refused' } as const;

/** Null where the policy names no template. */
export function createTemplateNotices(needs: TemplateNeeds): TellByTemplate | null {
  const { consents, policy, timeZone, log } = needs;
  const templates = new Map<string, Template>(Object.entries(policy.wechat.templates));
  if (templates.size === 0) return null;
  return async (notice) => {
    const template = templates.get(notice.reason);
    if (template === undefined) return REFUSED;
    const filled = templateData(template.fields, { ...notice, company: policy.company }, timeZone);
    if (filled.kind === 'unfilled') {
      log('wechat.template-unfilled', { reason: notice.reason, field: filled.field });
      return REFUSED;
    }
    if (!(await consents.use(notice.conversationId, template.id))) return REFUSED;
    return send(notice, template, filled.data, needs);
  };
}

/** A consent that was taken and told nobody is given back; without an answer nobody knows, and it is better told twice than never. */
async function send(
  { id, conversationId, externalId }: TemplateNotice,
  template: Template,
  data: Readonly<Record<string, { readonly value: string }>>,
  { api, consents, now, log }: TemplateNeeds,
): ReturnType<TellByTemplate> {
  // The platform knows a template message again by our id, for some minutes.
  const once = template.by === 'template' ? { client_msg_id: id } : {};
  const result = await api.post(PATHS[template.by], { touser: externalId, template_id: template.id, data, ...once });
  switch (result.kind) {
    case 'done':
      return { kind: 'sent' };
    case 'again':
    case 'locked-out':
      await consents.giveBack(conversationId, template.id);
      return { kind: 'again' };
    case 'window-shut':
    case 'refused':
      log('wechat.template-refused', { taskId: id, code: result.code });
      if (NOT_AGREED.has(result.code)) await consents.agreed(conversationId, template.id, 0, now());
      else await consents.giveBack(conversationId, template.id);
      return REFUSED;
    default:
      return unreachable(result);
  }
}
