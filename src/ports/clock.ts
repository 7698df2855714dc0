/** The time of day, as a port: tests turn it back. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
