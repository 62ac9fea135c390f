/** Files of the fake Slack: what people share and the bot fetches with its token, and what the bot puts up in three steps. */
import { done, type Json, list, type Method, refused, words } from './slack-data.ts';
import { placeProblem } from './slack-messages.ts';
import { messageEvent } from './slack-wire.ts';
import { addMessage, type World } from './slack-world.ts';

export type SharedFile = { readonly name: string; readonly contentType: string; readonly bytes: Uint8Array };

type Kept = SharedFile & { readonly id: string; readonly user: string; readonly isComplete: boolean; readonly title: string };

export type Files = ReturnType<typeof createFiles>;

export function createFiles(world: World) {
  const kept = new Map<string, Kept>();

  const wire = (it: Kept): Json => {
    const url = `${world.url()}/files-pri/${world.teamId}-${it.id}/${encodeURIComponent(it.name)}`;
    return {
      id: it.id,
      created: Math.floor(world.now() / 1_000),
      timestamp: Math.floor(world.now() / 1_000),
      name: it.name,
      title: it.title,
      mimetype: it.contentType,
      filetype: it.name.split('.').at(-1) ?? '',
      user: it.user,
      user_team: world.teamId,
      size: it.bytes.length,
      mode: 'hosted',
      is_external: false,
      is_public: true,
      file_access: 'visible',
      url_private: url,
      url_private_download: url.replace('/files-pri/', '/files-pri/download/'),
      permalink: `https://baoxiu.slack.com/files/${it.user}/${it.id}/${encodeURIComponent(it.name)}`,
    };
  };

  const methods: Readonly<Record<string, Method>> = {
    'files.info': (args) => {
      const file = kept.get(words(args['file']));
      return file === undefined ? refused('file_not_found') : done({ file: wire(file) });
    },
    'files.getUploadURLExternal': (args) => {
      const name = words(args['filename']);
      if (name === '' || !(Number(args['length']) > 0)) return refused('invalid_arguments');
      const id = world.newId('F');
      const bytes = new Uint8Array();
      kept.set(id, { id, name, title: name, contentType: 'application/octet-stream', bytes, user: world.botUserId, isComplete: false });
      return done({ upload_url: `${world.url()}/upload/v1/${id}`, file_id: id });
    },
    'files.completeUploadExternal': (args) => {
      const files: Kept[] = [];
      for (const named of list(args['files'])) {
        const file = kept.get(words(named['id']));
        if (file === undefined || file.bytes.length === 0) return refused('file_not_found');
        files.push({ ...file, isComplete: true, title: words(named['title']) || file.name });
      }
      if (files.length === 0) return refused('invalid_arguments');
      const channels = [words(args['channel_id']), ...words(args['channels']).split(',')].filter((it) => it !== '');
      for (const channel of channels) {
        const problem = placeProblem(world, channel);
        if (problem !== null) return refused(problem);
      }
      for (const file of files) kept.set(file.id, file);
      for (const channel of channels) share(channel, args, files.map(wire));
      return done({ files: files.map(wire) });
    },
  };

  const share = (channel: string, args: Json, files: readonly Json[]) => {
    const message = addMessage(world, {
      channel,
      threadTs: words(args['thread_ts']) || null,
      user: world.botUserId,
      text: words(args['initial_comment']),
      blocks: list(args['blocks']),
      files,
    });
    world.happened(messageEvent(world, message));
  };

  return {
    methods,
    /** Somebody put it up; as messages carry it. */
    put(user: string, { name, contentType, bytes }: SharedFile): Json {
      const id = world.newId('F');
      kept.set(id, { id, name, title: name, contentType, bytes, user, isComplete: true });
      return wire(kept.get(id) as Kept);
    },
    /** The second step of the bot's: the bytes; false when there was no first. */
    async upload(id: string, contentType: string, body: Uint8Array): Promise<boolean> {
      const file = kept.get(id);
      if (file === undefined || file.isComplete) return false;
      const part = contentType.startsWith('multipart/') ? await firstPart(contentType, body) : { contentType, bytes: body };
      kept.set(id, { ...file, contentType: part.contentType || file.contentType, bytes: part.bytes });
      return true;
    },
    /** By the path of its address. */
    at(path: string): SharedFile | null {
      const id = /^\/files-pri\/(?:download\/)?[^-/]+-(F[0-9A-F]+)\//.exec(path)?.[1];
      const file = id === undefined ? undefined : kept.get(id);
      return file?.isComplete === true ? file : null;
    },
    /** Everything there is, in the order it came. */
    all: (): readonly SharedFile[] => [...kept.values()],
  };
}

async function firstPart(contentType: string, body: Uint8Array): Promise<{ contentType: string; bytes: Uint8Array }> {
  const form = await new Response(Buffer.from(body), { headers: { 'Content-Type': contentType } }).formData();
  for (const value of form.values()) {
    if (typeof value === 'string') return { contentType: 'text/plain', bytes: Buffer.from(value) };
    return { contentType: value.type, bytes: new Uint8Array(await value.arrayBuffer()) };
  }
  return { contentType: '', bytes: new Uint8Array() };
}
