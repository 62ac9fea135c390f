import { describe, expect, test } from 'vitest';
import { mergedAddress } from '../../flows/address-merging.ts';
import type { AddressParts } from '../../src/domain/contact.ts';

const CHAOYANG = { province: '北京市', city: '北京市', district: '朝阳区' } as const;
const within = (detail: string | null): AddressParts => ({ ...CHAOYANG, detail });
const merged = (before: string, said: string) => mergedAddress(within(before), within(said), said, 'address').detail;

describe('what is said of a street after another', () => {
  test('a door joins the house it is in', () => {
    expect(merged('阜通东大街6号院', '3号楼1501')).toBe('阜通东大街6号院3号楼1501');
    expect(merged('阜通东大街6号', '3号楼1501')).toBe('阜通东大街6号3号楼1501');
  });

  test('another house in another street takes its place, also without a door', () => {
    expect(merged('阜通东大街6号院', '广顺南大街16号院')).toBe('广顺南大街16号院');
    expect(merged('阜通东大街6号院3号楼1501', '广顺南大街16号院')).toBe('广顺南大街16号院');
  });

  test('the same house, told shorter or longer, stays', () => {
    expect(merged('望京街道阜通东大街6号院', '阜通东大街6号院')).toBe('望京街道阜通东大街6号院');
    expect(merged('阜通东大街6号院', '望京街道阜通东大街6号院3号楼')).toBe('望京街道阜通东大街6号院3号楼');
  });

  test('a compound after its street joins it', () => {
    expect(merged('后海大道', '2388号3栋802')).toBe('后海大道2388号3栋802');
    expect(merged('望京街道', '阜通东大街6号院')).toBe('望京街道阜通东大街6号院');
  });
});
