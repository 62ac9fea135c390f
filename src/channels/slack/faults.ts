/** What the platform's refusals mean: nothing goes to this channel, nothing goes at all, or this message never will. */

export type Refusal = 'channel' | 'workspace' | 'message';

/** Of a channel that is gone, archived, or that we were put out of. */
const CHANNEL: ReadonlySet<string> = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'channel_is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
]);

/** Of a token or an app that may no longer do it, whatever is asked. */
const WORKSPACE: ReadonlySet<string> = new Set([
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'org_login_required',
  'ekm_access_denied',
  'access_denied',
  'team_access_not_granted',
  'two_factor_setup_required',
  'accesslimited',
  'enterprise_is_restricted',
  'http_401',
  'http_403',
]);

/** Of a thread that cannot be answered in, whatever is said. */
const THREAD: ReadonlySet<string> = new Set(['thread_not_found', 'message_not_found', 'cannot_reply_to_message']);

/** Whether the place is refused and not what was to stand there. */
export function isThreadGone(code: string): boolean {
  return THREAD.has(code);
}

/** What a code of the platform means for what comes next. */
export function refusalOf(code: string): Refusal {
  if (CHANNEL.has(code)) return 'channel';
  return WORKSPACE.has(code) ? 'workspace' : 'message';
}
