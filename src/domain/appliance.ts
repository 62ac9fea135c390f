/**
 * What we repair. An appliance is what the customer names (洗碗机); its product class is the line of the catalogue it
 * belongs to (厨卫电器), which decides skills and prices (S2-007).
 */
export const APPLIANCES = [
  'air_conditioner',
  'dishwasher',
  'dryer',
  'fridge',
  'gas_stove',
  'microwave',
  'range_hood',
  'rice_cooker',
  'robot_vacuum',
  'tv',
  'washer',
  'water_heater',
  'water_purifier',
  'fan',
  'vacuum',
  'hair_dryer',
  'disinfection_cabinet',
  'other',
] as const;
export type Appliance = (typeof APPLIANCES)[number];

export const PRODUCT_CLASSES = ['tv', 'fridge', 'washer', 'air_conditioner', 'water_heater', 'kitchen', 'small', 'other'] as const;
export type ProductClass = (typeof PRODUCT_CLASSES)[number];

export const FAULTS = [
  'consumable',
  'display',
  'door_stuck',
  'error_code',
  'flame_out',
  'frosting',
  'leaking',
  'no_power',
  'noisy',
  'not_cooling',
  'not_draining',
  'not_heating',
  'not_igniting',
  'not_spinning',
  'remote',
  'smell',
  'trip',
  'other',
] as const;
export type Fault = (typeof FAULTS)[number];

const CLASS_OF: Readonly<Record<Appliance, ProductClass>> = {
  air_conditioner: 'air_conditioner',
  dishwasher: 'kitchen',
  dryer: 'washer',
  fridge: 'fridge',
  gas_stove: 'kitchen',
  microwave: 'small',
  range_hood: 'kitchen',
  rice_cooker: 'small',
  robot_vacuum: 'small',
  tv: 'tv',
  washer: 'washer',
  water_heater: 'water_heater',
  water_purifier: 'kitchen',
  fan: 'small',
  vacuum: 'small',
  hair_dryer: 'small',
  disinfection_cabinet: 'kitchen',
  other: 'other',
};

/** The catalogue line an appliance belongs to (S2-007). */
export function productClassOf(appliance: Appliance): ProductClass {
  return CLASS_OF[appliance];
}
