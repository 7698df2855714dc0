import { type Message, splitLevel } from '../../hl7/message.ts';
import { hasDelimiter } from '../../hl7/spans.ts';

/** Levels of a field: 0 a repetition, 1 a component, 2 a subcomponent. */
export type Level = 0 | 1 | 2;

/** Whether a span of a level has more than one text; most have not. */
export function hasPieces(message: Message, start: number, end: number, level: Level): boolean {
  if (level === 2) return false;
  return (
    isSplit(message, start, end, 'subcomponent') || (level === 0 && isSplit(message, start, end, 'component'))
  );
}

/** Whether the delimiter of a level stands in a span. */
export function isSplit(
  { bytes, delimiters, charset }: Message,
  start: number,
  end: number,
  level: 'repetition' | 'component' | 'subcomponent',
): boolean {
  return hasDelimiter(bytes, start, end, delimiters[level], charset);
}

/** The spans of all texts in a span of a level, as {@link splitLevel} gives them. */
export function piecesOf(message: Message, start: number, end: number, level: Level): number[] {
  const whole = [start, end];
  const components = level === 0 ? splitLevel(message, start, end, 'component') : whole;
  if (level === 2) return whole;
  const pieces: number[] = [];
  for (let at = 0; at < components.length; at += 2) {
    const inner = splitLevel(message, components[at] ?? 0, components[at + 1] ?? 0, 'subcomponent');
    for (const place of inner) pieces.push(place); // a text may have more of them than a call takes arguments
  }
  return pieces;
}
