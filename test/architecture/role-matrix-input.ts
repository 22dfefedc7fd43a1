// The smallest input a call's schema accepts, made from the schema itself so that a new call needs no line here. It touches no file by chance:
// every text that may be a path lies below a file.
import { z } from 'zod';
import { CalendarDate } from '../../shared/model/calendar-date.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** 32 bytes as base64. */
const PIN = `${'A'.repeat(43)}=`;

/** Texts for the patterns of this contract, tried in order. */
const TEXTS = [
  ...['office', 'user', 'client', 'connection', 'account', 'batch', 'transaction', 'job', 'profile'].map(
    (prefix) => `${prefix}_${'0a'.repeat(10)}`,
  ),
  `B${'A'.repeat(86)}`,
  'AAAA',
  'ab'.repeat(32),
  PIN,
  '2026-01-31T08:00:00.000Z',
  '2026-01',
  '0',
  'GBP',
  'ABCD',
];

const BY_FORMAT: Readonly<Record<string, string>> = { uri: 'https://bank.test/', 'calendar-date': '2026-01-31' };

function textOf(schema: JsonSchema, path: string): string {
  const { minLength = 0, maxLength = Infinity, pattern, format } = schema;
  const patterns = [pattern, ...(schema.allOf ?? []).map((part) => part.pattern)].flatMap((one) => one ?? []);
  const fits = (text: string): boolean =>
    text.length >= minLength && text.length <= maxLength && patterns.every((one) => new RegExp(one).test(text));
  const ofFormat = BY_FORMAT[format ?? ''];
  if (ofFormat !== undefined) return ofFormat;
  const plain = patterns.length === 0 && format === undefined && fits(path) ? [path] : [];
  const text = [...plain, ...TEXTS].find(fits);
  if (text === undefined) throw new TypeError(`no text for ${JSON.stringify(schema)}`);
  return text;
}

/** A pin and its backup are two. */
const another = (value: unknown, at: number): unknown => (value === PIN && at > 0 ? `B${PIN.slice(1)}` : value);

function valueOf(schema: JsonSchema, path: string): unknown {
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return valueOf(options[0] as JsonSchema, path);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const type = (Array.isArray(schema.type) ? schema.type[0] : schema.type) as JsonSchema['type'];
  switch (type) {
    case 'object': {
      const entries = (schema.required ?? []).map((name) => [
        name,
        valueOf(schema.properties?.[name] as JsonSchema, path),
      ]);
      return Object.fromEntries(entries);
    }
    case 'array': {
      const items = schema.prefixItems ?? Array.from({ length: schema.minItems ?? 0 }, () => schema.items);
      return (items as JsonSchema[]).map((item, at) => another(valueOf(item, path), at));
    }
    case 'string':
      return textOf(schema, path);
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 0);
    case 'boolean':
      return false;
    case 'null':
      return null;
    case undefined:
    default:
      throw new TypeError(`no value for ${JSON.stringify(schema)}`);
  }
}

/** `path` lies where nothing can be written. @throws {TypeError} for a schema with a pattern that has no text here */
export function sampleInput(schema: z.ZodType, path: string): unknown {
  const described = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      // A refinement has no form in JSON schema.
      if (Object.is(zodSchema, CalendarDate)) jsonSchema.format = 'calendar-date';
    },
  });
  const value = valueOf(described, path);
  schema.parse(value);
  return value;
}
