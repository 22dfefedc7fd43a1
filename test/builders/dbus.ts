// A message bus of its own and a service on it that sends signals, for tests of what the system tells. It speaks as much D-Bus as that needs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Bus {
  /** As in `DBUS_SESSION_BUS_ADDRESS`. */
  readonly address: string;
  close(): Promise<void>;
}

/** A signal's arguments, as many kinds as the tests need. */
export type SignalBody =
  | { readonly signature: ''; readonly value: null }
  | { readonly signature: 'b'; readonly value: boolean }
  /** The arguments of `PropertiesChanged`, with boolean properties only. */
  | { readonly signature: 'sa{sv}as'; readonly value: readonly [string, Readonly<Record<string, boolean>>] };

export interface Signal {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly body: SignalBody;
}

/** A service that owns its name. */
export interface BusService {
  emit(signal: Signal): void;
  close(): void;
}

/** True where the programs are installed. */
export function hasBusPrograms(): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return ['dbus-run-session', 'gdbus'].every((name) => folders.some((folder) => existsSync(join(folder, name))));
}

/** Starts a bus that ends with `close`. */
export async function startBus(): Promise<Bus> {
  const script = 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat';
  const session = spawn('dbus-run-session', ['--', 'sh', '-c', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  const exited = once(session, 'exit');
  const [address] = (await once(createInterface({ input: session.stdout }), 'line')) as [string];
  return {
    address,
    close: async () => {
      session.stdin.end();
      await exited;
    },
  };
}

/** Little-endian marshalling. @see D-Bus Specification, Marshaling */
class Writer {
  #bytes: number[] = [];
  align(to: number): this {
    while (this.#bytes.length % to !== 0) this.#bytes.push(0);
    return this;
  }
  byte(value: number): this {
    this.#bytes.push(value);
    return this;
  }
  uint32(value: number): this {
    this.align(4);
    for (let shift = 0; shift < 32; shift += 8) this.#bytes.push((value >>> shift) & 0xff);
    return this;
  }
  text(value: string): this {
    return this.uint32(Buffer.byteLength(value)).raw(Buffer.from(`${value}\0`));
  }
  signature(value: string): this {
    return this.byte(value.length).raw(Buffer.from(`${value}\0`));
  }
  raw(bytes: Uint8Array): this {
    this.#bytes.push(...bytes);
    return this;
  }
  /** An array whose elements begin at a multiple of `to`; its length leaves out the padding before the first. */
  array(to: number, write: () => void): this {
    this.uint32(0);
    const lengthAt = this.#bytes.length - 4;
    this.align(to);
    const start = this.#bytes.length;
    write();
    const length = Buffer.alloc(4);
    length.writeUInt32LE(this.#bytes.length - start);
    this.#bytes.splice(lengthAt, 4, ...length);
    return this;
  }
  done(): Buffer {
    return Buffer.from(this.#bytes);
  }
}

function writeBody(body: SignalBody): Buffer {
  const out = new Writer();
  if (body.signature === 'b') out.uint32(Number(body.value));
  if (body.signature === 'sa{sv}as') {
    const [name, properties] = body.value;
    out.text(name).array(8, () => {
      for (const [key, value] of Object.entries(properties))
        out.align(8).text(key).signature('b').uint32(Number(value));
    });
    out.array(4, () => undefined);
  }
  return out.done();
}

interface Message {
  readonly type: 'call' | 'signal';
  readonly serial: number;
  readonly fields: Readonly<Record<number, readonly [signature: 'o' | 's' | 'g', value: string]>>;
  readonly body: Buffer;
}

function marshal({ type, serial, fields, body }: Message): Buffer {
  const out = new Writer();
  out
    .byte(0x6c)
    .byte(type === 'call' ? 1 : 4)
    .byte(type === 'call' ? 0 : 1)
    .byte(1);
  out.uint32(body.length).uint32(serial);
  out.array(8, () => {
    for (const [code, [signature, value]] of Object.entries(fields)) {
      out.align(8).byte(Number(code)).signature(signature);
      if (signature === 'g') out.signature(value);
      else out.text(value);
    }
  });
  return out.align(8).raw(body).done();
}

const callBus = (serial: number, member: string, signature: string, body: Buffer): Buffer =>
  marshal({
    type: 'call',
    serial,
    fields: {
      1: ['o', '/org/freedesktop/DBus'],
      2: ['s', 'org.freedesktop.DBus'],
      3: ['s', member],
      6: ['s', 'org.freedesktop.DBus'],
      ...(signature === '' ? {} : { 8: ['g', signature] as const }),
    },
    body,
  });

async function connectTo(address: string): Promise<Socket> {
  const { kind, place } = /^unix:(?<kind>path|abstract)=(?<place>[^,]+)/.exec(address)?.groups ?? {};
  const socket = connect({ path: kind === 'abstract' ? `\0${place}` : String(place) });
  await once(socket, 'connect');
  const user = Buffer.from(String(process.getuid?.())).toString('hex');
  socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
  await once(socket, 'data');
  socket.write('BEGIN\r\n');
  return socket;
}

/** Connects to a bus and takes `name`. */
export async function startBusService(address: string, name: string): Promise<BusService> {
  const socket = await connectTo(address);
  socket.resume();
  socket.write(callBus(1, 'Hello', '', Buffer.alloc(0)));
  socket.write(callBus(2, 'RequestName', 'su', new Writer().text(name).uint32(0).done()));
  let serial = 2;
  return {
    emit: ({ path, interface: from, member, body }) => {
      serial += 1;
      const signature = body.signature === '' ? {} : { 8: ['g', body.signature] as const };
      const fields = { 1: ['o', path], 2: ['s', from], 3: ['s', member], ...signature } as const;
      socket.write(marshal({ type: 'signal', serial, fields, body: writeBody(body) }));
    },
    close: () => void socket.destroy(),
  };
}
