// What a page asked of the app double, and how a test makes the double answer differently. It answers nothing by itself.
import type { OutputOf, WireReply } from '../../shared/ipc/call.ts';
import type { CallChannel } from '../../shared/ipc/channels.gen.ts';
import type { AppContract } from '../../shared/ipc/contract.ts';
import type { AppDouble } from './app-double.ts';

/** Every input of one call so far, in order. */
export type CallsOf = (channel: CallChannel) => unknown[];

/** Records from now on. */
export function recordCalls(double: AppDouble): CallsOf {
  const calls: { readonly channel: CallChannel; readonly input: unknown }[] = [];
  const answer = double.call.bind(double);
  double.call = (channel, input) => {
    calls.push({ channel, input });
    return answer(channel, input);
  };
  return (channel) => calls.filter((call) => call.channel === channel).map(({ input }) => input);
}

/** Lets `change` look at a call's reply and give another; the double has answered before. */
export function changeReply(
  double: AppDouble,
  channel: CallChannel,
  change: (reply: WireReply) => WireReply | Promise<WireReply>,
): void {
  const answer = double.call.bind(double);
  double.call = async (called, input) => {
    const reply = await answer(called, input);
    return called === channel ? change(reply) : reply;
  };
}

type ValueOf<Channel extends CallChannel> = Channel extends `${infer Area extends keyof AppContract}.${infer Name}`
  ? OutputOf<AppContract[Area][Name & keyof AppContract[Area]]>
  : never;

/** The value of a call's reply that is known to be good. */
export function valueOf<Channel extends CallChannel>(channel: Channel, reply: WireReply): ValueOf<Channel> {
  if (!reply.ok) throw new Error(`the double refused ${channel}: ${reply.error.code}`);
  return reply.value as ValueOf<Channel>;
}
