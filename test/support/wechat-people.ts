/**
 * The people on the fake platform: who follows the account, what is on whose screen, and how much may still be said to
 * whom. A message of theirs allows five sends within 48 hours; a follow, a scan, a click, and a tap on a menu that was sent
 * to them (the platform says so expressly) three within a minute.
 */

export type Shown = { readonly at: number } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'menu'; readonly head: string; readonly items: readonly MenuItem[]; readonly tail: string }
  | { readonly kind: 'image'; readonly bytes: Uint8Array; readonly contentType: string }
  /** A template message, or a notice they subscribed to. */
  | { readonly kind: 'template' | 'notice'; readonly template: string; readonly data: TemplateData; readonly url: string }
);

export type MenuItem = { readonly id: string; readonly label: string };
export type TemplateData = Readonly<Record<string, string>>;

/** `action`: less than a message. */
export type Deed = 'message' | 'action';

export type People = {
  /** From now on this is somebody, who follows the account. */
  readonly meet: (openId: string) => void;
  readonly unfollow: (openId: string) => void;
  readonly did: (openId: string, deed: Deed) => void;
  readonly agree: (openId: string, template: string) => void;
  readonly refuse: (openId: string, template: string) => void;
  /** 0, or why nothing can be sent to them at all. */
  readonly fault: (openId: string) => number;
  /** Takes one send; 0, or why it is too late (45015) or too much (45047). */
  readonly takeSend: (openId: string) => number;
  /** Uses up one agreement; false when there is none. */
  readonly takeAgreement: (openId: string, template: string) => boolean;
  readonly sendsLeft: (openId: string) => number;
  readonly show: (openId: string, shown: Shown) => void;
  readonly screen: (openId: string) => readonly Shown[];
  readonly all: () => readonly { readonly openId: string; readonly shown: Shown }[];
};

type Person = {
  follows: boolean;
  /** By what gave them: a further one takes the place of the one before. */
  readonly grants: Map<Deed, { left: number; readonly until: number }>;
  readonly agreements: Map<string, number>;
};

const MINUTE = 60_000;
const GRANTED: Readonly<Record<Deed, { readonly sends: number; readonly milliseconds: number }>> = {
  message: { sends: 5, milliseconds: 48 * 60 * MINUTE },
  action: { sends: 3, milliseconds: MINUTE },
};

/** `changed` is called when something comes on a screen. */
export function createPeople(now: () => number, changed: () => void): People {
  const people = new Map<string, Person>();
  const shown: { readonly openId: string; readonly shown: Shown }[] = [];
  const screens = new Map<string, Shown[]>();
  const known = (openId: string): Person => {
    const person = people.get(openId);
    if (person === undefined) throw new Error(`invariant: nobody here is called ${openId}`);
    return person;
  };
  const open = (openId: string) => [...known(openId).grants.values()].filter((it) => now() < it.until);

  return {
    meet(openId) {
      const person = people.get(openId);
      if (person !== undefined) person.follows = true;
      else people.set(openId, { follows: true, grants: new Map(), agreements: new Map() });
    },
    unfollow(openId) {
      people.set(openId, { follows: false, grants: new Map(), agreements: new Map() });
    },
    did(openId, deed) {
      const { sends, milliseconds } = GRANTED[deed];
      known(openId).grants.set(deed, { left: sends, until: now() + milliseconds });
    },
    agree(openId, template) {
      const { agreements } = known(openId);
      agreements.set(template, (agreements.get(template) ?? 0) + 1);
    },
    refuse(openId, template) {
      known(openId).agreements.delete(template);
    },
    fault(openId) {
      const person = people.get(openId);
      if (person === undefined) return 40003;
      return person.follows ? 0 : 43004;
    },
    takeSend(openId) {
      const grants = open(openId);
      if (grants.length === 0) return 45015;
      // What ends first is used first.
      const [grant] = grants.filter((it) => it.left > 0).sort((one, other) => one.until - other.until);
      if (grant === undefined) return 45047;
      grant.left -= 1;
      return 0;
    },
    takeAgreement(openId, template) {
      const { agreements } = known(openId);
      const times = agreements.get(template) ?? 0;
      if (times > 0) agreements.set(template, times - 1);
      return times > 0;
    },
    sendsLeft: (openId) => open(openId).reduce((sum, it) => sum + it.left, 0),
    show(openId, it) {
      shown.push({ openId, shown: it });
      const screen = screens.get(openId);
      if (screen === undefined) screens.set(openId, [it]);
      else screen.push(it);
      changed();
    },
    screen: (openId) => [...(screens.get(openId) ?? [])],
    all: () => [...shown],
  };
}

/** As somebody reads it who looks at the screen. */
export function wordsOf(shown: Shown): string {
  switch (shown.kind) {
    case 'text':
      return shown.text;
    case 'menu':
      return [shown.head, ...shown.items.map((it) => it.label), shown.tail].filter((it) => it !== '').join('\n');
    case 'image':
      return `[${shown.contentType}, ${shown.bytes.length} bytes]`;
    default:
      return Object.values(shown.data).join('\n');
  }
}
