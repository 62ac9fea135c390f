import { expect, it } from 'vitest';
import { createByteRoom } from '../../src/traffic/byte-room.ts';

it('lets in what there is room for, by address and altogether, and again once room is given back', () => {
  const room = createByteRoom({ bytes: 30, bytesPerAddress: 20 });
  const first = room.take('a', 15);
  expect(first).not.toBeNull();
  expect(room.take('a', 6)).toBeNull();
  expect(room.take('a', 5)).not.toBeNull();
  expect(room.take('b', 11)).toBeNull();
  const other = room.take('b', 10);
  expect(room.take('c', 1)).toBeNull();
  first?.();
  expect(room.take('c', 15)).not.toBeNull();
  other?.();
  expect(room.take('b', 10)).not.toBeNull();
});

it('given back twice is given back once', () => {
  const room = createByteRoom({ bytes: 20, bytesPerAddress: 20 });
  const one = room.take('a', 10);
  room.take('b', 10);
  one?.();
  one?.();
  expect(room.take('a', 11)).toBeNull();
  expect(room.take('a', 10)).not.toBeNull();
});
