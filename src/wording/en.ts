/** Every sentence a customer reads in English. */
import { ACCOUNT_LINK_WORDS } from './account-link.ts';
import { BY_STAFF_WORDS } from './by-staff.ts';
import { COMPLAINT_WORDS } from './complaint.ts';
import { CONVERSATION_REPAIR_WORDS } from './conversation-repair.ts';
import { ENQUIRY_WORDS } from './enquiry.ts';
import { HANDOFF_WORDS } from './handoff.ts';
import type { ReplyKey } from './reply.ts';
import { SLACK_WORDS } from './slack.ts';
import { SURVEY_WORDS } from './survey.ts';
import { WARRANTY_WORDS } from './warranty.ts';
import { WECHAT_WORDS } from './wechat.ts';

export const EN: Readonly<Record<ReplyKey, string>> = {
  ...ACCOUNT_LINK_WORDS.en,
  ...BY_STAFF_WORDS.en,
  ...COMPLAINT_WORDS.en,
  ...ENQUIRY_WORDS.en,
  ...CONVERSATION_REPAIR_WORDS.en,
  ...SLACK_WORDS.en,
  ...HANDOFF_WORDS.en,
  ...SURVEY_WORDS.en,
  ...WARRANTY_WORDS.en,
  ...WECHAT_WORDS.en,
  greeting:
    'Hello, I am the assistant of {company}. To book or move a repair, check your warranty or complain, just say so, such as “the air conditioner does not cool, tomorrow afternoon”; for a person, say “human”. Your phone and address are used for this service only; chatting on means you agree.',
  consent: 'The name, phone and address you give here are used for this service only; by chatting on you agree to that.',
  'greeting.again': 'Hello, I am here. Which appliance needs a repair?',
  thanks: 'You are welcome. I am here whenever you need a repair or a person.',
  'all-set': 'That is all settled; no need to confirm again. Tell me if there is anything else.',
  goodbye: 'Goodbye. If an appliance gives you trouble, you will find me here.',
  praise: 'Thank you, I will pass that on. Tell me if there is anything else.',
  chitchat: 'I am an automated assistant for appliance repairs. Tell me which appliance is not working.',
  'take-your-time': 'Of course, take your time. Go on when you are ready; everything so far is kept.',
  'out-of-scope': 'I can not help with that. I can book an appliance repair, or pass you to a person.',
  'unclear.two': 'I did not quite understand. Which of these would you like?',
  'unclear.open': 'I did not quite understand. Tell me the appliance and the fault, such as "fridge not cooling", or say "agent".',
  'unreadable.empty': 'I saw no text in that message. You can type it, or say "agent" for a person.',
  'unreadable.too-long':
    'That message was too long for me to read; everything before it is kept. Please send it in parts of up to 4000 characters.',
  'unreadable.unsupported': 'I can not open that kind of message here. Say it in words or send a photo, and I will go on at once.',
  'unreadable.full': 'This chat holds a lot of photos and files already, so this one was not kept. Please say it in words, or say "agent".',

  'ask.appliance': 'Of course, I will arrange it. Which appliance is it?',
  'ask.appliance.again': 'I did not catch the appliance. Pick one, or type its name, such as "water heater".',
  'ask.fault': 'What is wrong with the {appliances}? Your own words are fine.',
  'ask.fault.several': 'What is wrong with each of the {appliances}? One message is fine, such as "AC not cooling, fridge leaking".',
  'ask.fault.again': 'What does the {appliances} do now? For example: not cooling, leaking, noisy, will not start.',
  'ask.service-mode': 'For the {appliances} an engineer can come, or you can bring it to a shop without a visit fee. Which do you prefer?',
  'ask.service-mode.again': 'Shall an engineer come, or will you bring it to a shop?',
  'ask.address': 'Where shall the engineer come? Please send city, district, street, building and door.',
  'ask.address.again': 'I could not read the address. Please write it like this: 北京市朝阳区阜通东大街6号院3号楼1501.',
  'ask.address.area': '{place} is noted. Which city and district is it in?',
  'ask.address.area.again': 'For {place} I still need the city and the district, such as "Beijing, Chaoyang".',
  'ask.address.area.rest':
    '{place} is noted. City and district are still missing; please add street, building and door where they are too.',
  'ask.address.record': 'Shall we come to {address} again? Contact: {person}.',
  'ask.address.city': 'Several cities have a {place}. Which city are you in?',
  'ask.address.city.only': 'Do you mean {place}?',
  'ask.address.district': 'Which district of {place} are you in? Send the street and door with it.',
  'ask.address.district.only': '{place} is noted. Which district of {city} is it in?',
  'ask.address.detail': '{place} is noted; the building and door are still missing.',
  'ask.address.detail.again': 'For {place} I still need building and door, such as "Building 3, 1501", so that the engineer finds you.',
  'ask.address.store': 'Which city and district are you in? I will find a shop nearby.',
  'ask.phone': 'What number can the engineer call before setting out? It is used for this service only.',
  'ask.phone.call-back': 'What number can a colleague call you at? It is used for this service only.',
  'ask.phone.unknown-product':
    'A colleague must check whether we can repair that. What number can they call you at? It is used for this service only.',
  'ask.phone.again': 'I could not read that number. Please send an 11-digit mobile number, or a landline with its area code.',
  'ask.name': 'How may we address you? If you can, add the model of the {appliances}, printed on its label; your name alone is fine too.',
  'ask.name.only': 'How may we address you?',
  'ask.name.again': 'What name shall the engineer ask for, such as "Ms Wang"?',
  'ask.model': 'Could you tell me the model of the {appliances}? It is on the label and helps us bring the right parts.',
  'ask.window.only': 'An engineer is free {windows}. Shall I book that? If not, tell me a day that would suit you.',
  'ask.window.offer': 'An engineer is free {windows}. Which suits you? If none does, tell me a day that would.',
  'ask.window.nearest.full': 'That time is fully booked. Nearest: {windows}. Does one of these suit you?',
  'ask.window.nearest.past': 'That time has passed. Nearest: {windows}. Does one of these suit you?',
  'ask.window.nearest.beyond-horizon': 'That time is not open for booking yet. Nearest: {windows}. Does one of these suit you?',
  'ask.window.nearest.too-soon': 'No engineer can make it that soon. Nearest: {windows}. Does one of these suit you?',
  'ask.window.nearest.no-such-window': 'Engineers do not visit at that time. Nearest: {windows}. Does one of these suit you?',
  'ask.window.taken': 'I am sorry, that time was just taken. Nearest: {windows}. Does one of these suit you?',
  'ask.window.earliest': 'The time you asked for is full. The earliest is {window}. Shall I book it?',
  'ask.window.earliest.too-soon': 'The soonest an engineer can come is {window}; I am keeping it for you. Shall I book it?',
  'ask.window.earliest.held':
    'The time you asked for is full. The earliest is {window} and I am keeping it for you; if something earlier opens, a colleague contacts you at once. Shall I book it?',
  'ask.window.open': 'Which day and time suit you? For example "the morning after tomorrow".',
  'ask.window.again': 'Open now: {windows}. Pick one, or tell me a day that suits you.',
  'confirm.read-back':
    'Let me read it back:\n· Fault: {reports}\n· Time: {window}\n· Address: {address}\n· Contact: {person}{contact}\n{covers}\nReply "confirm" if this is right, or tell me what to change.',
  'confirm.again':
    'Is this right? Reply "confirm", or tell me what to change.\n· Fault: {reports}\n· Time: {window}\n· Address: {address}\n· Contact: {person}{contact}\n{covers}',
  'ask.change': 'Of course, what shall I change? Just tell me the new value, such as "the day after tomorrow, morning".',
  'ask.change.again': 'What shall I change: appliance, fault, time, address or phone? Just tell me the new value.',
  booked:
    'Booked, number {numbers}. {engineer} comes {window}, phone {phone}, and will call you before setting out. Tell me if the time should change.',
  'booked.several':
    'All booked in one visit, numbers {numbers}. {engineer} comes {window}, phone {phone}, and will call you before setting out. Tell me if the time should change.',
  'booked.waiting-list': 'You are on the waiting list: if an earlier time opens, a colleague calls you at once.',
  'engineer.comes': 'All right, {engineer} will come.',
  'engineer.already': '{engineer} is the one who comes already; the visit stays as it is.',
  'engineer.full': '{engineer} is fully booked at that time; here is when others can come.',
  'engineer.unknown': 'I found no engineer called {engineer} in your district; here is when others can come.',
  'engineer.kept-away': 'All right, {engineer} will not be sent this time.',
  'engineer.nobody-else': 'In your district only {engineer} repairs this at present; the time is yours to choose.',
  'ask.ticket': 'I find no repair of yours in this chat. Please send the ticket number; it begins with BX. If you have none, say “none”.',
  'ask.ticket.again': 'A number looks like BX-20261121-0031. If you have none, say “none” and a colleague will look it up.',
  'ask.ticket.refused':
    'Number and phone do not match. Please check and send the number again; {count} more tries. If you have none, say “none”.',
  'ask.ticket.which': 'You have several tickets. Which one is it?',
  'ask.ticket.which.again': 'Tap the one you mean, or send me its number.',
  'ask.phone.proof': 'Please also send the full phone number the repair was booked with; once it matches I can go on.',
  'ask.phone.no-number': 'All right. Send the phone number the repair was booked with; a colleague will check and go on from there.',
  'ask.change-what': 'The visit for your {appliances} is on {visit}. Would you like another time, or to cancel?',
  'ask.change-what.again': 'Just tap one: another time, or cancel this visit?',
  'confirm.change':
    'Please check: the visit for your {appliances} moves from {visit} to {window}. Say “confirm”; only then is the old time given up.',
  'confirm.change.again': 'The visit for your {appliances} moves from {visit} to {window}. Is that right? Say “confirm”.',
  'confirm.engineer': 'Please check: the visit for your {appliances} stays on {visit}, with another engineer. Say “confirm”.',
  'confirm.cancel': 'Cancel the visit for your {appliances} on {visit}? It costs nothing.',
  'confirm.cancel.again': 'The visit for your {appliances} on {visit}: cancel it, or keep it?',
  'confirm.cancel.fee': 'Cancelling the visit for your {appliances} on {visit} costs {yuan} yuan. Do you want to cancel?',
  changed:
    'Changed, number {numbers}. {engineer} will come on {window}, phone {phone}, and will call before setting out. To change it again, just tell me.',
  'called-off': 'Cancelled, number {numbers}; nothing to pay. When you need a repair again, just tell me.',
  'called-off.fee': 'Cancelled, number {numbers}; the cancellation fee is {yuan} yuan. When you need a repair again, just tell me.',
  'change.kept': 'All right, the visit stays as it was. To change it, tell me any time.',
  'change.meanwhile': 'This visit has just been changed; let me go by what it is now.',
  'change.already': 'The visit is on {visit} already; it stays as it is.',
  'change.dropped': 'All right, nothing is changed. Tell me if you need anything.',
  'change.nothing': 'You have no visit waiting. To book again, tell me the appliance and the fault.',
  'change.too-late':
    'The visit is very near and the engineer may be on the way. I have asked the dispatcher to reach them; we call you by {by}. You can also call {engineer} on {phone}.',
  'progress.booked':
    'Your {appliances} ({numbers}): {engineer} will come on {window}, phone {phone}, and will call before setting out. To change the time, just tell me.',
  'progress.not-yet': 'This repair is not booked yet; once it is I will tell you who comes and when.',
  'progress.dropped': 'All right, I leave it. Tell me if you need anything.',
  'progress.today': '{engineer} will arrive by {until}; it is the agreed time now ({numbers}). Phone {phone}, if you would rather call.',
  'progress.late':
    'We are late, and I am sorry. {engineer} has not arrived ({numbers}). The dispatcher is finding out; we call you by {by}. You can also ask for another time.',
  'progress.late.chased':
    '{numbers}: the dispatcher is trying to reach {engineer}; we call you by {by}. You can also ask for another time.',
  'progress.call': 'Your {appliances} ({numbers}): noted; we call you by {by}.',
  'progress.call.late': 'We promised to call and did not; I am sorry. I have told the manager about {numbers}; we call you by {by}.',
  'progress.open': 'Your {appliances} ({numbers}): noted, no visit booked yet. To book one, tell me which day suits.',
  'progress.urgent':
    'Our duty manager is seeing to the urgent ticket {numbers}. Your safety comes first; if anything changes, tell me at once.',
  'progress.working': 'Your {appliances} ({numbers}): the engineer is working on it. If something is wrong, say “human”.',
  'progress.done': 'Your {appliances} ({numbers}) was repaired on {day}. If it is not right, tell me and we come again.',
  'progress.cancelled': 'Your {appliances} ({numbers}) was cancelled. To book again, tell me which day suits.',
  'reminder.day-before': 'A reminder: {window}, {engineer} comes about your {appliances} ({numbers}). To change the time, tell me now.',
  'reminder.on-day': 'Today, {window}, {engineer} comes ({numbers}), phone {phone}, and will call before setting out.',
  'price-notice': 'In advance: repair prices change from {day}. Your visit {numbers} keeps the prices of the day you booked.',
  'visit.called-off':
    'The visit for your {appliances} ({numbers}) was called off by our staff. To book again, tell me which day suits; with questions, say “human”.',
  'shop.list': 'Shops near you:\n{shops}',
  'shop.none': 'There is no shop near you yet, so an engineer will come to you.',
  'ask.shop': 'To register for the shop: {reports}. Reply "confirm" if this is right, or say "visit" for an engineer.',
  'ask.shop.again': 'Shall I register it for the shop? Reply "confirm", or say "visit" for an engineer.',
  'shop.arranged':
    'Registered, number {numbers}. Bring the appliance during opening hours and give that number; we quote first and repair only when you agree.',
  outside: 'I am sorry, we have no engineer in {place} yet, and I do not want you to wait for nothing.',
  'enquiry.outside-area': 'Registered, number {numbers}. A colleague calls you by {by} to find another way.',
  'enquiry.unknown-product': 'Registered, number {numbers}. A colleague calls you by {by} to say whether we can repair it.',
  'enquiry.no-engineer':
    'I am sorry, every engineer near you is booked. Registered, number {numbers}; a colleague calls you by {by} to fix a time.',
  cancelled: 'All right, nothing is booked. Tell me whenever you need a repair.',
  restarted: 'All right, from the beginning.',
  'resumed.repair-booking': 'Back to your repair.',
  'resumed.appointment-change': 'Back to your visit.',
  'resumed.progress': 'Back to where your repair is.',
  noted: 'Noted.',
  corrected: 'All right, changed.',

  'danger.gas':
    'Touch no electric switch, light nothing, and do not phone from inside. If you can close the gas valve and open a window on the way, do it; if the smell is strong, leave at once. From outside call the gas company or 119. The person on duty has been told. Write to me once you are safe.',
  'danger.smoke':
    'Keep away and do not use water. If plug or main switch is safely in reach, cut the power; if not, do not touch it. If the smoke grows or you see fire, leave and call 119 from outside. The person on duty has been told. Write to me once you are safe.',
  'danger.fire':
    'Leave with everybody, close the door behind you and call 119 from outside. No water on electric fires, do not go back for things. The person on duty has been told. Write to me once you are safe.',
  'danger.shock':
    'Do not touch the tap or this appliance again. Dry your hands, and from a dry place switch off the main switch; if you can not reach it, leave it and go. If somebody feels unwell, call 120 at once. The person on duty has been told. Write to me once you are safe.',
  'danger.water_on_live':
    'Do not touch the water, sockets or appliances. If you stand dry and can reach the main switch, cut the power; if not, leave the room. The person on duty has been told. Write to me once you are safe.',
  'danger.trapped':
    'Do not pull. If you can reach it, cut the power, and keep whoever is inside calm. If somebody is hurt or can not breathe well, call 119 or 120 at once. The person on duty has been told. Write to me once you are safe.',
  'danger.registered': 'Urgent ticket {numbers} is open; the person on duty takes care of it now.',
  'danger.safe':
    'Good that you are safe. Please do not use the appliance before an engineer has checked it; the person on duty will contact you.',
  'danger.safe.contact':
    'Good that you are safe. Please do not use the appliance before an engineer has checked it. Leave a phone number and the person on duty calls you at once.',
  'danger.contact-noted': 'Noted, {phone}. The person on duty calls you at once.',

  'handoff.misses': 'I still did not understand, and will not cost you more effort: a colleague will take over.',
  'handoff.abuse': 'I am sorry this went badly. A colleague will take over.',
  'handoff.topic': 'A colleague is the right person for this; I pass on all you have told me.',
  'handoff.details': 'All right, a colleague will put that right and tell you here.',
  'handoff.can-do': 'I can do that at once: say “continue” and I will; otherwise the colleague takes over, and all you said is kept.',
  'handoff.part-of-visit': 'These come in one visit; to change only one of them, a colleague will see to it.',
  'handoff.no-number': 'All right, it can be found without a number.',
  'handoff.proof-failed': 'Number and phone do not match. To keep the data safe I stop here; a colleague will check and help you.',
  'handoff.no-visit': 'There is no visit booked for this ticket; a colleague will see to it.',
  'handoff.nothing-free': 'Everybody is booked for now. A colleague will find a time; your visit stays as it is meanwhile.',
  'handoff.position': '{ahead} ahead of you, about {minutes} minutes. You can write here meanwhile; whoever takes over sees it all.',
  'handoff.position.next': 'You are next, about {minutes} minutes. You can write here meanwhile; whoever takes over sees it all.',
  'handoff.agent-silent': 'The colleague did not answer in time, and I am sorry. You have your old place in the queue again.',
  'handoff.customer-silent':
    'I have not heard from you for a while, so the colleague has left; all you said is kept. Just go on, or say “human”.',
  'messages-refused': 'That was a little fast, and I missed some of it. Please send it again in a moment; all before is kept.',
  'engineer.notice.visit-moved': '{numbers} moved: was {visit}, now {window}, {place}.',
  'engineer.notice.visit-given': '{numbers} is yours: {window}, {place}.',
  'engineer.notice.visit-off': '{numbers} is off: do not go on {visit}, {place}.',
  'handoff.next':
    'I am passing you to a person, you are next, about {minutes} minutes. Write what you like here meanwhile; they will see all of it.',
  'handoff.waiting':
    'I am passing you to a person, {ahead} before you, about {minutes} minutes. Write what you like here meanwhile; they will see all of it.',
  'handoff.after-hours':
    'It is {now}; our staff are back {opens} and answer you first. I can book or move a repair now, just say “continue”; if there is danger, such as a gas smell, tell me at once.',
  'handoff.noted': 'Noted; the colleague will see it. If you would rather not wait, say “continue” and I go on.',
  'handoff.withdrawn': 'All right, I will help you myself. Tell me what you need.',
  'handoff.back': 'Our colleague is done, I am back with you. Tell me if there is anything else.',

  'answer.hours': 'Engineers come every day {from} to {to}; our people answer {opens} to {closes}. I book repairs at any time.',
  'answer.price':
    'The inspection visit {fee}; in warranty, ordinary faults cost nothing. We quote first and repair only when you agree. Prices in force since {since}.',
  'answer.price.list':
    'The inspection visit {fee}. Usual prices for your {appliances}, in force since {since}:\n{prices}\nThe quote after inspection decides; we repair only when you agree.',
  'answer.robot': 'Yes, I am an automated assistant, not a person. Say "agent" to talk to one.',
  'answer.change-fee': 'Another time, another engineer and cancelling cost nothing.',
  'answer.change-fee.cancel': 'Another time or engineer costs nothing; cancelling costs {yuan} yuan.',

  'choice.appliance': '{appliances}',
  'choice.fault': '{report}',
  'choice.on-site': 'Engineer visit',
  'choice.store': 'Bring to a shop',
  'choice.same-address': 'Same address',
  'choice.new-address': 'Another address',
  'choice.place': '{place}',
  'choice.other-city': 'Another city',
  'choice.skip': 'Not sure',
  'choice.window': '{window}',
  'choice.another-time': 'None of these',
  'choice.take-earliest': 'Take this one',
  'choice.confirm': 'Confirm',
  'choice.change-time': 'Another time',
  'choice.change-address': 'Another address',
  'choice.all-right': 'Change nothing',
  'choice.cancel': 'Not now',
  'choice.ticket': '{appliances} {numbers}',
  'choice.ticket.visit': '{appliances} {window}',
  'choice.no-number': 'I have no number',
  'choice.reschedule': 'Another time',
  'choice.cancel-visit': 'Cancel the visit',
  'choice.keep': 'Keep it',
  'choice.progress': 'Where is my repair',
  'choice.calendar': 'Add to calendar',
  'choice.privacy': 'Privacy',
  'calendar.summary': '{appliances}: engineer’s visit',
  'calendar.description': 'Ticket {numbers}, {engineer}, phone {phone}. To change the time, tell us in the chat.',
  'notice.reminder':
    'Ticket {numbers}, {appliances}: the engineer comes on {window} and will call before setting out. To change the time, please call back.',
  'notice.price':
    'Ticket {numbers}, {appliances}, visit on {window}: repair prices change from {day}; yours keeps the prices of the day you booked.',
  'choice.book-repair': 'Book a repair',
  'choice.human': 'A person',
  'choice.ask-price': 'Prices',
  'choice.ask-hours': 'Hours',
};
