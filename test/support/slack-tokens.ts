/** The fake Slack's tokens: which is good for what, and which is no longer. */

export const BOT_TOKEN = 'xoxb-fake-bot-token';
export const APP_TOKEN = 'xapp-1-fake-app-token';

export function createTokens() {
  let isRevoked = false;
  return {
    /** Why a token is refused; null: it is good for that method. */
    problem(token: string, method: string): string | null {
      if (method === 'apps.connections.open') {
        if (token === APP_TOKEN) return null;
        return token === BOT_TOKEN ? 'not_allowed_token_type' : 'invalid_auth';
      }
      if (token !== BOT_TOKEN) return 'invalid_auth';
      return isRevoked ? 'token_revoked' : null;
    },
    revoke(): void {
      isRevoked = true;
    },
    restore(): void {
      isRevoked = false;
    },
  };
}
