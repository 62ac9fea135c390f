// @ts-check
/**
 * Who speaks: what somebody of the staff says has their name above it and their own avatar, so that nobody takes it for
 * the bot's. Web Chat draws a desk's side as one, with one avatar; these are the places where it lets others draw.
 */
(() => {
  const STAFF = 'staff';
  const NAMELESS = '客服';
  const PERSON = '人工客服';

  /** @param {{ from: { id: string } }} activity */
  const isStaff = ({ from }) => from.id === STAFF;

  /** 王小芳 is 小芳, Anna Li is AL. @param {string} name */
  const initialsOf = (name) =>
    /\p{Script=Han}/u.test(name)
      ? [...name].slice(-2).join('')
      : name
          .split(/\s+/)
          .map((word) => [...word][0])
          .slice(0, 2)
          .join('')
          .toUpperCase();

  /** Web Chat keeps its React to itself: another element is one of its own with another type. */
  const elementLike = (model, type, props) => ({ ...model, type, key: null, ref: null, props });

  const avatarMiddleware = () => (next) => (args) => {
    const draw = next(args);
    if (!draw || !isStaff(args.activity)) return draw;
    const initials = initialsOf(args.activity.from.name);
    return () => elementLike(draw(), 'div', { className: 'desk-person-avatar', 'aria-hidden': true, children: initials });
  };

  /** The name stands once above what somebody says in one go. */
  const activityMiddleware = () => (next) => (args) => {
    const draw = next(args);
    if (!draw || !isStaff(args.activity)) return draw;
    const { name } = args.activity.from;
    return (...how) => {
      const said = draw(...how);
      if (!said || !how[1]?.showCallout) return said;
      const label = elementLike(said, 'p', {
        className: 'desk-person',
        children: name === NAMELESS ? PERSON : `${name} · ${PERSON}`,
      });
      return elementLike(said, 'div', {
        children: [
          { ...label, key: 'name' },
          { ...said, key: 'said' },
        ],
      });
    };
  };

  /** Somebody else begins where the name changes. */
  const groupActivitiesMiddleware = () => (next) => (args) => {
    const sender = [];
    for (const activity of args.activities) {
      const last = sender.at(-1)?.at(-1)?.from;
      if (last?.role === activity.from.role && last?.id === activity.from.id && last?.name === activity.from.name)
        sender.at(-1).push(activity);
      else sender.push([activity]);
    }
    return { ...next(args), sender };
  };

  window.DeskPeople = { avatarMiddleware, activityMiddleware, groupActivitiesMiddleware };
})();
