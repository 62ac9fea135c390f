/**
 * How many bytes of large bodies may be in hand at one time, altogether and from one address: a body is let in only while
 * there is room for all of it.
 */
export type ByteRoom = {
  /** The way to give the room back, once; null when there is none. */
  readonly take: (address: string, bytes: number) => (() => void) | null;
};

export function createByteRoom(limits: { readonly bytes: number; readonly bytesPerAddress: number }): ByteRoom {
  const byAddress = new Map<string, number>();
  let taken = 0;
  const add = (address: string, bytes: number): void => {
    taken += bytes;
    const ofAddress = (byAddress.get(address) ?? 0) + bytes;
    if (ofAddress === 0) byAddress.delete(address);
    else byAddress.set(address, ofAddress);
  };
  return {
    take(address, bytes) {
      if (taken + bytes > limits.bytes || (byAddress.get(address) ?? 0) + bytes > limits.bytesPerAddress) return null;
      add(address, bytes);
      let left = bytes;
      return () => {
        add(address, -left);
        left = 0;
      };
    },
  };
}
