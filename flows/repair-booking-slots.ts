/** What a repair booking asks for, and in which order; the order is this file's, the words are in the questions. */
import { say } from './effect.ts';
import { form } from './form.ts';
import {
  acceptRecord,
  addressWanting,
  declineRecord,
  isUnknownProduct,
  mayComeToStore,
  mergeAnswers,
  type RepairData,
  restartedRepair,
  withoutAddress,
} from './repair-booking-data.ts';
import { askAddress, askAppliance, askFault, askModel, askName, askPhone, askServiceMode } from './repair-booking-questions.ts';
import { needsFault } from './repair-items.ts';

/** The slots in the order they are asked, and the gates to what the dialog has of its own. */
export const repairForm = form<RepairData>({
  steps: [
    { when: (data) => data.record.kind === 'unread', to: '#readingRecord' },
    { slot: 'appliance', missing: (data) => data.items.length === 0, question: askAppliance, reopened: (data) => ({ ...data, items: [] }) },
    {
      slot: 'fault',
      missing: (data) => data.items.some(needsFault),
      question: askFault,
      reopened: (data) => ({ ...data, items: data.items.map((item) => ({ ...item, faults: [], text: null })) }),
    },
    {
      slot: 'serviceMode',
      missing: (data) => mayComeToStore(data) && data.serviceMode === null,
      question: askServiceMode,
      reopened: (data) => ({ ...data, serviceMode: null }),
      skipped: (data) => ({ ...data, serviceMode: 'on-site' }),
    },
    { when: (data) => !isUnknownProduct(data) && data.area === null && hasPlace(data), to: '#checkingArea' },
    {
      slot: 'address',
      missing: (data) => !isUnknownProduct(data) && addressWanting(data) !== 'nothing',
      question: askAddress,
      reopened: withoutAddress,
      affirmed: (data) => confirmOnlyCity(acceptRecord(data)),
      denied: (data) => elsewhere(declineRecord(data)),
    },
    { slot: 'phone', missing: (data) => data.phone === null, question: askPhone, reopened: (data) => ({ ...data, phone: null }) },
    { when: needsPerson, to: '#takingEnquiryNumber' },
    {
      slot: 'name',
      missing: (data) => data.name === null && !data.nameRefused,
      question: askName,
      reopened: (data) => ({ ...data, name: null, nameRefused: false, modelAsked: false }),
      skipped: (data) => ({ ...data, nameRefused: true, modelAsked: true }),
    },
    {
      slot: 'model',
      missing: (data) => !data.modelAsked && data.items.some((item) => item.model === null),
      question: askModel,
      reopened: (data) => ({ ...data, modelAsked: false }),
      skipped: (data) => ({ ...data, modelAsked: true }),
      askedOnce: true,
    },
    { when: (data) => data.covers === null, to: '#readingCover' },
    { when: (data) => data.serviceMode === 'store', to: '#findingShops' },
    { when: (data) => data.window === null && data.choice.kind === 'unknown', to: '#findingWindows' },
    { when: (data) => data.window === null, to: '#choosingWindow' },
    { when: () => true, to: '#confirming' },
  ],
  merged: mergeAnswers,
  consequences: (before, after) =>
    before.held !== null && after.held === null ? [{ kind: 'release-hold', appointmentId: before.held.appointmentId }] : [],
  restarted: restartedRepair,
  saying: { restarted: say('restarted'), cancelled: () => say('cancelled') },
});

function hasPlace(data: RepairData): boolean {
  const { province, city, district } = data.address;
  return province !== null || city !== null || district !== null;
}

/** "是" to "您说的是北京市朝阳区吗" when only one city is possible. */
function confirmOnlyCity(data: RepairData): RepairData {
  const { area } = data;
  const only = area?.kind === 'which-city' && area.candidates.length === 1 ? area.candidates[0] : undefined;
  if (only === undefined) return data;
  return { ...data, area: null, address: { ...data.address, city: only } };
}

/** "不是" to it: another city, which none of ours is likely to be, so the whole address is asked for. */
function elsewhere(data: RepairData): RepairData {
  return data.area?.kind === 'which-city' ? { ...data, area: null, address: { ...data.address, district: null } } : data;
}

/** Nothing we can book: somebody phones (outside the area, unknown product, no engineer in the whole horizon). */
function needsPerson(data: RepairData): boolean {
  return isUnknownProduct(data) || data.area?.kind === 'outside' || (data.choice.kind === 'offered' && data.choice.offer.kind === 'none');
}
