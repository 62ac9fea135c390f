/** What a warranty look-up asks for, and in which order: the product first, then only what the answer hangs on. */
import { say } from './effect.ts';
import { form } from './form.ts';
import { exclusionMatters, mergeWarranty, restartedWarranty, type WarrantyData, withoutSerial } from './warranty-lookup-data.ts';
import { askCallBackPhone, askExclusion, askProof, askPurchasedOn, askSerial, askWhichAppliance } from './warranty-lookup-questions.ts';

const needs = ({ found }: WarrantyData, ...whats: readonly string[]) => found?.kind === 'needs' && whats.includes(found.what);
const withoutDate = (data: WarrantyData): WarrantyData => ({ ...data, dateLost: true, found: null });
const withProof = (hasProof: boolean) => (data: WarrantyData) => ({ ...data, hasProof, found: null });
const withoutExclusion = (data: WarrantyData): WarrantyData => ({ ...data, exclusion: 'none' });

/** The slots in the order they are asked, and the gates to what the dialog has of its own. */
export const warrantyForm = form<WarrantyData>({
  steps: [
    { when: (data) => data.products === null && data.serial === null, to: '#findingProducts' },
    {
      slot: 'serial',
      missing: ({ product, serial, serialLost, appliance, purchasedOn }) =>
        product === null && serial === null && !serialLost && appliance !== 'other' && (appliance === null || purchasedOn === null),
      question: askSerial,
      reopened: (data) => ({ ...data, product: null, noneOfThem: false, serial: null, serialLost: false, found: null }),
      skipped: withoutSerial,
      denied: withoutSerial,
    },
    {
      slot: 'appliance',
      missing: ({ product, serial, appliance }) => product === null && serial === null && appliance === null,
      question: askWhichAppliance,
      reopened: (data) => ({ ...data, appliance: null, found: null }),
    },
    { when: (data) => data.found === null, to: '#lookingUp' },
    {
      slot: 'purchasedOn',
      missing: (data) => needs(data, 'date', 'day'),
      question: askPurchasedOn,
      reopened: (data) => ({ ...data, purchasedOn: null, dateLost: false, found: null }),
      skipped: withoutDate,
      denied: withoutDate,
    },
    {
      slot: 'proof',
      missing: (data) => needs(data, 'proof'),
      question: askProof,
      reopened: (data) => ({ ...data, hasProof: null, found: null }),
      affirmed: withProof(true),
      denied: withProof(false),
      skipped: withProof(false),
    },
    {
      slot: 'exclusion',
      missing: exclusionMatters,
      question: askExclusion,
      reopened: (data) => ({ ...data, exclusion: null }),
      denied: withoutExclusion,
      skipped: withoutExclusion,
    },
    { when: (data) => data.appeals && data.phone === null && !data.phoneLookedFor, to: '#readingRecord' },
    {
      slot: 'phone',
      missing: (data) => data.appeals && data.phone === null && !data.phoneRefused,
      question: askCallBackPhone,
      reopened: (data) => ({ ...data, phone: null, phoneRefused: false }),
      skipped: (data) => ({ ...data, phoneRefused: true }),
      denied: (data) => ({ ...data, phoneRefused: true }),
    },
    { when: (data) => data.appeals, to: '#takingAppealNumber' },
    { when: (data) => data.others.length > 0, to: '#turningToNext' },
    { when: (data) => data.aside, to: '#told' },
    { when: () => true, to: '#choosingNext' },
  ],
  merged: mergeWarranty,
  consequences: () => [],
  restarted: restartedWarranty,
  saying: { restarted: say('restarted'), cancelled: () => say('warranty.dropped') },
});
