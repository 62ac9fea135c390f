/**
 * The Official Account as a puppet of wechaty: what the callback has made durable is emitted as a message, what is said
 * goes to the platform's API. It keeps nothing for long: whoever is not heard here is found by the sweep.
 */
import { FileBox, type FileBoxInterface } from 'file-box';
import { type payloads, types } from 'wechaty-puppet';
import { SECOND } from '../../domain/instant.ts';
import type { ApiClient, ApiResult } from './api-client.ts';
import type { Menu } from './outgoing.ts';
import { QuietPuppet } from './quiet-puppet.ts';
import type { Received } from './received.ts';

/** A call of the platform that came to nothing, as wechaty passes it on. */
export class NotSaid extends Error {
  readonly result: Exclude<ApiResult<never>, { kind: 'done' }>;

  constructor(result: Exclude<ApiResult<never>, { kind: 'done' }>) {
    super(`the platform answered ${result.kind}${result.code === null ? '' : ` (${result.code})`}`);
    this.result = result;
  }
}

/** A file the platform would not have, or did not get: nobody was sent anything. */
export class NotUploaded extends Error {
  readonly result: NotSaid['result'];

  constructor(result: NotSaid['result']) {
    super(`the platform took no file: ${result.kind}`);
    this.result = result;
  }
}

/** Wechaty asks for a message right after it was emitted; older ones were seen to. */
const RECEIVED_MAX = 1_000;
/** Wechaty takes a puppet that is silent for a minute for dead. */
const HEARTBEAT_MILLISECONDS = 20 * SECOND;
const MEDIA_BYTES_MAX = 20 * 1_048_576;
const SEND = '/cgi-bin/message/custom/send';

export class OfficialAccountPuppet extends QuietPuppet {
  readonly #api: ApiClient;
  readonly #accountId: string;
  readonly #received = new Map<string, Received>();
  #heart: NodeJS.Timeout | null = null;

  constructor(accountId: string, api: ApiClient) {
    super({});
    this.#accountId = accountId;
    this.#api = api;
  }

  override name(): string {
    return 'baoxiu-official-account';
  }

  override async onStart(): Promise<void> {
    this.login(this.#accountId);
    this.#heart = setInterval(() => this.emit('heartbeat', { data: 'alive' }), HEARTBEAT_MILLISECONDS).unref();
    setImmediate(() => this.emit('ready', { data: 'the account is on' }));
  }

  override async onStop(): Promise<void> {
    if (this.#heart !== null) clearInterval(this.#heart);
    this.#heart = null;
  }

  /** Emits what is durable already. */
  bring(received: Received): void {
    this.#received.set(received.key, received);
    const [oldest] = this.#received.keys();
    if (this.#received.size > RECEIVED_MAX && oldest !== undefined) this.#received.delete(oldest);
    this.emit('message', { messageId: received.key });
  }

  override async messageRawPayload(messageId: string): Promise<Received> {
    const received = this.#received.get(messageId);
    if (received === undefined) throw new Error('this message was seen to');
    return received;
  }

  override async messageRawPayloadParser(received: Received): Promise<payloads.Message> {
    return {
      id: received.key,
      talkerId: received.openId,
      listenerId: this.#accountId,
      timestamp: received.at / SECOND,
      type: typeOf(received),
      text: received.kind === 'text' ? received.text : '',
    };
  }

  override async messageSendText(openId: string, text: string): Promise<void> {
    await this.#post({ touser: openId, msgtype: 'text', text: { content: text } });
  }

  /** Choices to tap; wechaty has no word for them. */
  async sendMenu(openId: string, { head, items }: Menu): Promise<void> {
    const list = items.map((it) => ({ id: it.id, content: it.label }));
    await this.#post({ touser: openId, msgtype: 'msgmenu', msgmenu: { head_content: head, list, tail_content: '' } });
  }

  override async messageSendFile(openId: string, file: FileBoxInterface): Promise<void> {
    const bytes = await file.toBuffer();
    const uploaded = await this.#api.upload({ type: 'image', name: file.name, contentType: file.mediaType, bytes });
    if (uploaded.kind !== 'done') throw new NotUploaded(uploaded);
    await this.#post({ touser: openId, msgtype: 'image', image: { media_id: uploaded.value } });
  }

  override async messageSendUrl(openId: string, { title, url }: payloads.UrlLink): Promise<void> {
    await this.messageSendText(openId, `${title}\n${url}`);
  }

  override async messageFile(messageId: string): Promise<FileBoxInterface> {
    const received = await this.messageRawPayload(messageId);
    if (received.kind !== 'media' && received.kind !== 'voice') throw new Error('there is no file in this message');
    const downloaded = await this.#api.download(received.mediaId, MEDIA_BYTES_MAX);
    if (downloaded.kind !== 'done') throw new NotSaid(downloaded);
    return FileBox.fromBuffer(Buffer.from(downloaded.value), received.key);
  }

  override messageImage(messageId: string): Promise<FileBoxInterface> {
    return this.messageFile(messageId);
  }

  override async messageLocation(messageId: string): Promise<payloads.Location> {
    const received = await this.messageRawPayload(messageId);
    if (received.kind !== 'location') throw new Error('there is no place in this message');
    const { latitude, longitude, label } = received;
    return { latitude, longitude, accuracy: 0, name: label, address: label };
  }

  override async messageUrl(messageId: string): Promise<payloads.UrlLink> {
    const received = await this.messageRawPayload(messageId);
    if (received.kind !== 'link') throw new Error('there is no link in this message');
    return { title: received.title, url: received.url };
  }

  /** Followers are not listed: the platform names them one by one, as they write. */
  override async contactList(): Promise<string[]> {
    return [];
  }

  override async contactRawPayload(openId: string): Promise<string> {
    return openId;
  }

  override async contactRawPayloadParser(openId: string): Promise<payloads.Contact> {
    return { id: openId, name: '', avatar: '', phone: [], gender: types.ContactGender.Unknown, type: types.Contact.Individual };
  }

  async #post(body: unknown): Promise<void> {
    const result = await this.#api.post(SEND, body);
    if (result.kind !== 'done') throw new NotSaid(result);
  }
}

function typeOf(received: Received): types.Message {
  switch (received.kind) {
    case 'text':
    case 'clicked':
      return types.Message.Text;
    case 'media':
      return received.media === 'image' ? types.Message.Image : types.Message.Video;
    case 'voice':
      return types.Message.Audio;
    case 'location':
      return types.Message.Location;
    case 'link':
      return types.Message.Url;
    default:
      return types.Message.Unknown;
  }
}
