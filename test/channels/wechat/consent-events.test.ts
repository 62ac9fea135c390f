/** Events about notices, from the platform's XML to what the customer did. */
import { expect, it } from 'vitest';
import { readCallbackXml } from '../../../src/channels/wechat/callback-xml.ts';
import { readReceived } from '../../../src/channels/wechat/received.ts';
import { callbackXml, type Fields } from '../../support/wechat-callback.ts';

const HEAD = { ToUserName: 'gh_1', FromUserName: 'oAnna', CreateTime: 1_610_969_440, MsgType: 'event' } as const;
const popup = (...List: readonly Fields[]) => ({ SubscribeMsgPopupEvent: { List } });
const said = (TemplateId: string, SubscribeStatusString: string): Fields => ({ TemplateId, SubscribeStatusString, PopupScene: 1 });

const deed = (Event: string, fields: Fields) => {
  const read = readCallbackXml(callbackXml({ ...HEAD, Event, ...fields }));
  return read === null ? null : readReceived(read);
};

it('a list is read whether it has one item or several; what is no list comes as it did', () => {
  const fields = { ...popup(said('A', 'accept'), said('B', 'reject')), ScanCodeInfo: { ScanResult: '1' } };
  expect(readCallbackXml(callbackXml(fields))).toEqual({
    'SubscribeMsgPopupEvent.List.0.TemplateId': 'A',
    'SubscribeMsgPopupEvent.List.0.SubscribeStatusString': 'accept',
    'SubscribeMsgPopupEvent.List.0.PopupScene': '1',
    'SubscribeMsgPopupEvent.List.1.TemplateId': 'B',
    'SubscribeMsgPopupEvent.List.1.SubscribeStatusString': 'reject',
    'SubscribeMsgPopupEvent.List.1.PopupScene': '1',
    'ScanCodeInfo.ScanResult': '1',
  });
  expect(readCallbackXml(callbackXml(popup(said('A', 'accept'))))).toHaveProperty(['SubscribeMsgPopupEvent.List.0.TemplateId'], 'A');
  expect(readCallbackXml(callbackXml({ Content: ['1', '2'].map((it) => ({ it })), MsgType: 'text' }))).toEqual({ MsgType: 'text' });
});

it('a list without end, or deeper than the platform nests, is read as far as that', () => {
  const long = readCallbackXml(callbackXml(popup(...Array.from({ length: 500 }, () => ({ TemplateId: 'A' })))));
  expect(Object.keys(long ?? {})).toHaveLength(10);
  const deep = readCallbackXml('<xml><a>1</a><b><List><List><List><c>1</c></List></List></List></b></xml>');
  expect(deep).toEqual({ a: '1' });
});

it.each<readonly [string, Fields, object]>([
  ['subscribe_msg_popup_event', popup(said('A', 'accept')), { kind: 'consented', agreed: ['A'], refused: [] }],
  [
    'subscribe_msg_popup_event',
    popup(said('A', 'accept'), said('B', 'reject'), said('C', 'accept')),
    { kind: 'consented', agreed: ['A', 'C'], refused: [] },
  ],
  ['subscribe_msg_popup_event', popup(said('<b>', 'accept'), said('', 'accept')), { kind: 'consented', agreed: [], refused: [] }],
  ['subscribe_msg_popup_event', {}, { kind: 'consented', agreed: [], refused: [] }],
  [
    'subscribe_msg_change_event',
    { SubscribeMsgChangeEvent: { List: [said('A', 'reject')] } },
    { kind: 'consented', agreed: [], refused: ['A'] },
  ],
  [
    'subscribe_msg_sent_event',
    { SubscribeMsgSentEvent: { List: { TemplateId: 'A', MsgID: '1700827132819554304', ErrorCode: 0, ErrorStatus: 'success' } } },
    { kind: 'notices-failed', codes: [] },
  ],
  [
    'subscribe_msg_sent_event',
    { SubscribeMsgSentEvent: { List: { TemplateId: 'A', MsgID: '1700827132819554304', ErrorCode: 20001, ErrorStatus: 'failed' } } },
    { kind: 'notices-failed', codes: ['20001'] },
  ],
  ['TEMPLATESENDJOBFINISH', { MsgID: '1700827132819554304', Status: 'success' }, { kind: 'notices-failed', codes: [] }],
  [
    'TEMPLATESENDJOBFINISH',
    { MsgID: '1700827132819554304', Status: 'failed:user block' },
    { kind: 'notices-failed', codes: ['failed:user block'] },
  ],
])('%s %j is %j', (event, fields, what) => {
  expect(deed(event, fields)).toMatchObject({ openId: 'oAnna', at: 1_610_969_440_000, ...what });
});
