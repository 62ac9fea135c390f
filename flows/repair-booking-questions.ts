/** How a repair booking puts its questions: which words, which buttons. */
import type { Appliance, Fault } from '../src/domain/appliance.ts';
import { detailIsEnough } from '../src/domain/service-area.ts';
import type { Cover } from '../src/domain/terms.ts';
import type { DialogChoice, Question } from './effect.ts';
import { answer, choice, question } from './question.ts';
import { addressWanting, fullAddress, isUnknownProduct, offeredRecord, type RepairData } from './repair-booking-data.ts';
import { needsFault, type RepairItem } from './repair-items.ts';

const OFFERED_APPLIANCES = [
  'air_conditioner',
  'fridge',
  'washer',
  'tv',
  'water_heater',
  'range_hood',
] as const satisfies readonly Appliance[];

/** Enough of a place to be read back to who said it. */
const NAMES_A_PLACE = /\d|(?:路|街|道|巷|胡同|弄|院|小区|花园|家园|公寓|大厦|广场|苑|镇|乡|村)$/u;

/** The usual faults of an appliance, offered as buttons; anything else is typed. */
const USUAL_FAULTS: Readonly<Partial<Record<Appliance, readonly Fault[]>>> = {
  air_conditioner: ['not_cooling', 'not_heating', 'leaking', 'noisy', 'no_power'],
  fridge: ['not_cooling', 'frosting', 'noisy', 'leaking', 'no_power'],
  washer: ['not_draining', 'not_spinning', 'leaking', 'noisy', 'no_power'],
  dryer: ['not_heating', 'noisy', 'no_power'],
  tv: ['display', 'no_power', 'remote'],
  water_heater: ['not_heating', 'not_igniting', 'leaking', 'error_code'],
  range_hood: ['noisy', 'no_power', 'smell'],
  gas_stove: ['not_igniting', 'flame_out'],
  dishwasher: ['not_draining', 'leaking', 'error_code', 'no_power'],
  microwave: ['not_heating', 'noisy', 'no_power'],
};

export function askAppliance(_data: RepairData, misses: number): Question {
  return question('appliance', misses === 0 ? 'ask.appliance' : 'ask.appliance.again', {}, applianceChoices());
}

/** What is asked about most; any other is typed. */
export function applianceChoices(): readonly DialogChoice[] {
  return OFFERED_APPLIANCES.map((appliance) =>
    choice('choice.appliance', answer({ reports: [{ appliance, faults: [], text: null, errorCode: null }] }), {
      appliances: { as: 'appliances', value: [appliance] },
    }),
  );
}

export function askFault(data: RepairData, misses: number): Question {
  const open = data.items.filter(needsFault);
  const appliances = { as: 'appliances', value: open.map((item) => item.appliance) } as const;
  if (open.length > 1) return question('fault', misses === 0 ? 'ask.fault.several' : 'ask.fault.again', { appliances });
  const appliance = open[0]?.appliance ?? 'other';
  const choices = (USUAL_FAULTS[appliance] ?? []).map((fault) =>
    choice('choice.fault', answer({ reports: [{ appliance, faults: [fault], text: null, errorCode: null }] }), {
      report: { as: 'report', value: { appliance, faults: [fault], text: null } },
    }),
  );
  return question('fault', misses === 0 ? 'ask.fault' : 'ask.fault.again', { appliances }, choices);
}

export function askServiceMode(data: RepairData, misses: number): Question {
  const appliances = { as: 'appliances', value: data.items.map((item) => item.appliance) } as const;
  return question('serviceMode', misses === 0 ? 'ask.service-mode' : 'ask.service-mode.again', { appliances }, [
    choice('choice.on-site', answer({ serviceMode: 'on-site' })),
    choice('choice.store', answer({ serviceMode: 'store' })),
  ]);
}

export function askAddress(data: RepairData, misses: number): Question {
  const known = offeredRecord(data);
  if (known?.address) {
    return question(
      'address',
      'ask.address.record',
      { address: { as: 'address', value: known.address }, person: { as: 'person', value: { name: known.name, phone: known.phone ?? '' } } },
      [choice('choice.same-address', { type: 'AFFIRMED' }), choice('choice.new-address', { type: 'DENIED' })],
    );
  }
  const { area, address } = data;
  switch (addressWanting(data)) {
    case 'city': {
      const candidates = area?.kind === 'which-city' ? area.candidates : [];
      const { district } = address;
      const choices = candidates.map((city) =>
        choice('choice.place', answer({ address: { province: null, city, district, detail: null } }), {
          place: { as: 'text', value: `${city}${district ?? ''}` },
        }),
      );
      const [only, ...others] = candidates;
      if (only !== undefined && others.length === 0 && misses === 0) {
        return question('address', 'ask.address.city.only', { place: { as: 'text', value: `${only}${district ?? ''}` } }, [
          ...choices,
          choice('choice.other-city', { type: 'DENIED' }),
        ]);
      }
      return question('address', 'ask.address.city', { place: { as: 'text', value: district ?? address.province ?? '' } }, choices);
    }
    case 'district': {
      const city = { as: 'text', value: area?.kind === 'which-district' ? area.city : '' } as const;
      const { detail } = address;
      return detail !== null && detailIsEnough(detail)
        ? question('address', 'ask.address.district.only', { place: { as: 'text', value: detail }, city })
        : question('address', 'ask.address.district', { place: city });
    }
    case 'detail':
      return question('address', misses === 0 ? 'ask.address.detail' : 'ask.address.detail.again', {
        place: { as: 'text', value: `${address.city ?? ''}${address.district ?? ''}${address.detail ?? ''}` },
      });
    case 'place':
    case 'nothing':
      if (data.serviceMode === 'store') return question('address', 'ask.address.store');
      if (address.detail !== null && NAMES_A_PLACE.test(address.detail)) return askArea(address.detail, misses);
      return question('address', misses === 0 ? 'ask.address' : 'ask.address.again');
  }
}

/** Street and door, or one of them, without a city: only what is missing is asked. */
function askArea(detail: string, misses: number): Question {
  const place = { as: 'text', value: detail } as const;
  if (misses > 0) return question('address', 'ask.address.area.again', { place });
  return question('address', detailIsEnough(detail) ? 'ask.address.area' : 'ask.address.area.rest', { place });
}

export function askPhone(data: RepairData, misses: number): Question {
  if (misses > 0) return question('phone', 'ask.phone.again');
  if (isUnknownProduct(data)) return question('phone', 'ask.phone.unknown-product');
  const visited = data.area?.kind === 'served' && data.serviceMode !== 'store';
  return question('phone', visited ? 'ask.phone' : 'ask.phone.call-back');
}

export function askName(data: RepairData, misses: number): Question {
  const modelKnown = data.modelAsked || data.items.every((item) => item.model !== null);
  if (modelKnown) return question('name', misses === 0 ? 'ask.name.only' : 'ask.name.again');
  const appliances = { as: 'appliances', value: data.items.map((item) => item.appliance) } as const;
  return question('name', misses === 0 ? 'ask.name' : 'ask.name.again', { appliances });
}

export function askModel(data: RepairData): Question {
  const appliances = { as: 'appliances', value: data.items.filter((item) => item.model === null).map((item) => item.appliance) } as const;
  return question('model', 'ask.model', { appliances }, [choice('choice.skip', { type: 'SKIPPED' })]);
}

/** The read-back: everything that is about to be promised, cover and fee included. */
export function askConfirm(data: RepairData, misses: number): Question {
  const address = fullAddress(data);
  const { window, phone } = data;
  if (address === null || window === null || phone === null)
    throw new Error('invariant: a read-back needs an address, a window and a phone');
  return question(
    'confirm',
    misses === 0 ? 'confirm.read-back' : 'confirm.again',
    {
      reports: { as: 'reports', value: data.items },
      window: { as: 'window', value: window },
      address: { as: 'address', value: address },
      person: { as: 'person', value: { name: data.name, phone } },
      contact: { as: 'on-site', value: data.contact },
      covers: { as: 'covers', value: coversOf(data) },
    },
    [
      choice('choice.confirm', { type: 'AFFIRMED' }),
      choice('choice.change-time', { type: 'ANOTHER_WINDOW_WANTED' }),
      choice('choice.cancel', { type: 'CANCELLED' }),
    ],
  );
}

function coversOf(data: RepairData): readonly { readonly appliance: Appliance; readonly cover: Cover }[] {
  return data.items.flatMap((item: RepairItem, index) => {
    const cover = data.covers?.[index];
    return cover ? [{ appliance: item.appliance, cover }] : [];
  });
}
