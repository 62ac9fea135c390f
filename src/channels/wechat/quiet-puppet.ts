/**
 * A puppet of an account that has no friends, rooms, posts, tags or cards: whoever asks for one is told that there is no
 * such thing. What the account can do is for the class over it.
 */
import { Puppet, throwUnsupportedError } from 'wechaty-puppet';

export abstract class QuietPuppet extends Puppet {
  override ding(data?: string): void {
    this.emit('dong', { data: data ?? '' });
  }

  override conversationReadMark(): Promise<void> {
    return Promise.resolve();
  }

  override roomList(): Promise<string[]> {
    return Promise.resolve([]);
  }

  override roomMemberList(): Promise<string[]> {
    return Promise.resolve([]);
  }

  // Itself.

  override contactSelfName(): Promise<never> {
    return unsupported();
  }

  override contactSelfQRCode(): Promise<never> {
    return unsupported();
  }

  override contactSelfSignature(): Promise<never> {
    return unsupported();
  }

  // What it might note of its followers.

  override contactAlias(): Promise<never> {
    return unsupported();
  }

  override contactAvatar(): Promise<never> {
    return unsupported();
  }

  override contactPhone(): Promise<never> {
    return unsupported();
  }

  override contactCorporationRemark(): Promise<never> {
    return unsupported();
  }

  override contactDescription(): Promise<never> {
    return unsupported();
  }

  // Friends.

  override friendshipAccept(): Promise<never> {
    return unsupported();
  }

  override friendshipAdd(): Promise<never> {
    return unsupported();
  }

  override friendshipSearchPhone(): Promise<never> {
    return unsupported();
  }

  override friendshipSearchHandle(): Promise<never> {
    return unsupported();
  }

  override friendshipRawPayload(): Promise<never> {
    return unsupported();
  }

  override friendshipRawPayloadParser(): Promise<never> {
    return unsupported();
  }

  // Messages of kinds it neither gets nor sends.

  override messageContact(): Promise<never> {
    return unsupported();
  }

  override messageMiniProgram(): Promise<never> {
    return unsupported();
  }

  override messageForward(): Promise<never> {
    return unsupported();
  }

  override messageSendContact(): Promise<never> {
    return unsupported();
  }

  override messageSendLocation(): Promise<never> {
    return unsupported();
  }

  override messageSendMiniProgram(): Promise<never> {
    return unsupported();
  }

  override messageSendPost(): Promise<never> {
    return unsupported();
  }

  override messageRecall(): Promise<never> {
    return unsupported();
  }

  // Posts.

  override postRawPayload(): Promise<never> {
    return unsupported();
  }

  override postRawPayloadParser(): Promise<never> {
    return unsupported();
  }

  override postPublish(): Promise<never> {
    return unsupported();
  }

  override postSearch(): Promise<never> {
    return unsupported();
  }

  // Rooms.

  override roomInvitationAccept(): Promise<never> {
    return unsupported();
  }

  override roomInvitationRawPayload(): Promise<never> {
    return unsupported();
  }

  override roomInvitationRawPayloadParser(): Promise<never> {
    return unsupported();
  }

  override roomMemberRawPayload(): Promise<never> {
    return unsupported();
  }

  override roomMemberRawPayloadParser(): Promise<never> {
    return unsupported();
  }

  override roomAdd(): Promise<never> {
    return unsupported();
  }

  override roomAvatar(): Promise<never> {
    return unsupported();
  }

  override roomCreate(): Promise<never> {
    return unsupported();
  }

  override roomDel(): Promise<never> {
    return unsupported();
  }

  override roomQRCode(): Promise<never> {
    return unsupported();
  }

  override roomQuit(): Promise<never> {
    return unsupported();
  }

  override roomTopic(): Promise<never> {
    return unsupported();
  }

  override roomRawPayload(): Promise<never> {
    return unsupported();
  }

  override roomRawPayloadParser(): Promise<never> {
    return unsupported();
  }

  override roomAnnounce(): Promise<never> {
    return unsupported();
  }

  // Tags and likes.

  override tagContactAdd(): Promise<never> {
    return unsupported();
  }

  override tagContactDelete(): Promise<never> {
    return unsupported();
  }

  override tagContactList(): Promise<never> {
    return unsupported();
  }

  override tagContactRemove(): Promise<never> {
    return unsupported();
  }

  override tap(): Promise<never> {
    return unsupported();
  }

  override tapSearch(): Promise<never> {
    return unsupported();
  }
}

async function unsupported(): Promise<never> {
  return throwUnsupportedError();
}
