// The messages between a parent and its child process: one JSON string each. It holds no state and logs nothing.
import { z } from 'zod';
import { WireReply } from '../../../shared/ipc/call.ts';

/** Parent → child. `request` is a WireRequest as JSON text, so that the child's own dispatch measures and parses it. */
export const RequestFrame = z.strictObject({ id: z.int().min(1), request: z.string() });
export type RequestFrame = z.infer<typeof RequestFrame>;

/** Child → parent: the reply to a request, or an event of the child's contract. */
export const ChildFrame = z.union([
  z.strictObject({ id: z.int().min(1), reply: WireReply }),
  z.strictObject({ event: z.string(), payload: z.unknown() }),
]);
export type ChildFrame = z.infer<typeof ChildFrame>;
