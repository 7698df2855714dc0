import { z } from 'zod';
import type { Path } from './document.ts';

/** What stands behind `default`, `prefault` and `optional`. */
export function unwrap(schema: z.ZodType): z.ZodType {
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  ) {
    return unwrap(schema.unwrap() as z.ZodType);
  }
  return schema;
}

/** The keys of a mapping with their schemas, in the order in which they are printed; undefined for anything else. */
export function keysOf(schema: z.ZodType): ReadonlyMap<string, z.ZodType> | undefined {
  const bare = unwrap(schema);
  return bare instanceof z.ZodObject
    ? new Map(Object.entries(bare.shape as Readonly<Record<string, z.ZodType>>))
    : undefined;
}

/** The choices of an enumeration; undefined for anything else. */
export function choicesOf(schema: z.ZodType): readonly string[] | undefined {
  const bare = unwrap(schema);
  return bare instanceof z.ZodEnum ? bare.options.map(String) : undefined;
}

/** The schema that judges what stands at `path` of `value`; in a union, the branch that the value chose. */
export function schemaAt(schema: z.ZodType, value: unknown, path: Path): z.ZodType | undefined {
  const bare = chooseBranch(unwrap(schema), value);
  const [key, ...rest] = path;
  if (key === undefined || bare === undefined) return bare;
  const inner = (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key];
  if (bare instanceof z.ZodArray) return schemaAt(bare.element as z.ZodType, inner, rest);
  if (bare instanceof z.ZodRecord) return schemaAt(bare.valueType as z.ZodType, inner, rest);
  const next = keysOf(bare)?.get(String(key));
  return next === undefined ? undefined : schemaAt(next, inner, rest);
}

function chooseBranch(schema: z.ZodType, value: unknown): z.ZodType | undefined {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;
  const tag = schema.def.discriminator;
  const chosen = (value as Readonly<Record<string, unknown>> | null | undefined)?.[tag];
  return (schema.options as readonly z.ZodType[]).find((option) => {
    const literal = keysOf(option)?.get(tag);
    return literal?.safeParse(chosen).success === true;
  });
}
