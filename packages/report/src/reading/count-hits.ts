import type { PlaceReading } from './place-reading.ts';

/** How many places a scenario makes worse, and at how many of them something becomes unknown. */
export function countHits(readings: readonly PlaceReading[]): {
  readonly hit: number;
  readonly unknown: number;
} {
  const worse = readings.filter(({ spans }) =>
    spans.some(({ value }) => value.fare !== 'holds' && value.fare !== 'anyway'),
  );
  return {
    hit: worse.length,
    unknown: worse.filter(({ spans }) =>
      spans.some(({ value }) => value.fare === 'unknown' || value.fare === 'mixed'),
    ).length,
  };
}
