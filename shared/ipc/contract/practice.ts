// The practice bank beside the app: start it, make it misbehave, stop it.
import { z } from 'zod';
import { call } from '../call.ts';
import { Pin } from './connections.ts';

export const PracticeBankView = z.strictObject({
  running: z.boolean(),
  institution: z.string(),
  issuer: z.string(),
  resourceBase: z.string(),
  authorityPem: z.string(),
  clientId: z.string(),
  pins: z.strictObject({ current: Pin, backup: Pin }).nullable(),
  signIns: z.array(z.strictObject({ name: z.string(), password: z.string(), companies: z.array(z.string()) })),
  misbehaviours: z.array(z.strictObject({ name: z.string(), description: z.string(), on: z.boolean() })),
});
export type PracticeBankView = z.infer<typeof PracticeBankView>;

export const practice = {
  status: call({ permission: 'public', runsIn: 'host' }, z.strictObject({}), PracticeBankView),
  start: call({ permission: 'public', runsIn: 'host' }, z.strictObject({}), PracticeBankView),
  stop: call({ permission: 'public', runsIn: 'host' }, z.strictObject({}), PracticeBankView),
  misbehave: call(
    { permission: 'public', runsIn: 'host' },
    z.strictObject({ names: z.array(z.string().max(60)) }),
    PracticeBankView,
  ),
};
