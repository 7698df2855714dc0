import { describe, expect, test } from 'vitest';
import type { Need } from '../../../src/crosswalk/codes.ts';
import { KnownNeeds, NeedList } from '../../../src/mask/hl7/needs.ts';

const order = (value: string): Need => ({ kind: 'code', domain: 'order', value });

describe('needs of a message', () => {
  test('are asked for once each, in their order, however many they are', () => {
    const needs = Array.from({ length: 60 }, (_, at): Need[] => [
      order(String(at)),
      { kind: 'code', domain: 'visit', value: String(at) },
      { kind: 'uid', uid: `1.2.${at}` },
      { kind: 'patient', patient: { id: String(at), issuer: 'A' } },
      { kind: 'patient', patient: { id: String(at), issuer: 'B' } },
    ]).flat();
    for (const count of [5, 20, 30, needs.length]) {
      const list = new NeedList();
      for (const need of needs.slice(0, count)) list.add(need);
      for (const need of needs.slice(0, count)) list.add(structuredClone(need));
      expect(list.all).toEqual(needs.slice(0, count));
    }
  });

  test('are one object where they are remembered', () => {
    const known = new KnownNeeds();
    const [first] = known.of([order('7')]);
    const [second, other] = known.of([order('7'), order('8')]);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });
});
