// The picture: every courier that we may see, as the frames tell it. It knows
// which parts hold which courier, up to which version, and shows of each
// courier the position that was taken last. Full frames replace a part without
// a flash: what they do not name goes when their last piece is in. It does no
// drawing and no networking; who draws takes what changed.

import { FrameClock } from './clock.ts';
import { motion, type Motion } from './motion.ts';
import type { Cell, Frame, Introduction, Message, Part, Parts, Position, Version } from './wire.ts';

/** A courier as it is shown. */
export interface Courier {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly username: string;
  readonly position: (Position & Motion) | undefined; // undefined until one came
}

/** What apply found: all is well, or something is missing and we must watch again. */
export type Outcome = 'applied' | 'gap';

/** What a part holds: couriers, or where it has too many to look at, counts. */
interface Content {
  members: Map<number, string>; // number → id
  cells: Map<number, Cell>; // by index
}

/** One part as far as we have it. */
interface Holding extends Content {
  version: Version;
  incoming: Content | undefined; // of a full frame whose last piece is not in
  ghosts: Set<string>; // ids that it held in an epoch that is over
}

interface Held extends Courier {
  name: string;
  team: string;
  username: string;
  position: (Position & Motion) | undefined;
  holders: Map<Holding, Position | undefined>; // by part; undefined until a position came
}

export class Picture {
  readonly clock = new FrameClock();
  private epoch = '';
  private readonly parts = new Map<Part, Holding>();
  private numbered = new Map<number, Holding>(); // what we watch, by its number in frames
  private readonly named: Parts['parts'] = []; // of a list of parts that goes on
  private readonly held = new Map<string, Held>();
  private readonly loose = new Set<string>(); // held by no part; let go at the next upto
  private changed = new Set<string>(); // ids whose couriers changed, came or went since taken
  private step = false;

  get couriers(): ReadonlyMap<string, Courier> {
    return this.held;
  }

  /** What the parts that are told as counts hold. */
  cells(): Cell[] {
    const all: Cell[] = [];
    for (const part of this.parts.values()) all.push(...part.cells.values());
    return all;
  }

  /** How many couriers there are, those that are only counted too. */
  get count(): number {
    return this.cells().reduce((sum, { count }) => sum + count, this.held.size);
  }

  /** Whether the picture was true, as a whole, when the last message came. */
  get inStep(): boolean {
    return this.step;
  }

  /** What we have, to go on from in another connection; undefined before the first. */
  have(): { epoch: string; versions: ReadonlyMap<Part, Version> } | undefined {
    if (this.epoch === '') return undefined;
    const versions = new Map<Part, Version>();
    for (const [name, part] of this.parts) if (part.version > 0) versions.set(name, part.version);
    return { epoch: this.epoch, versions };
  }

  /** The ids of the couriers that changed, came or went since the last call. */
  takeChanged(): ReadonlySet<string> {
    const taken = this.changed;
    this.changed = new Set();
    return taken;
  }

  /** Applies a message that came at the monotonic moment, in milliseconds. */
  apply(message: Message, at: number): Outcome {
    switch (message.type) {
      case 'hello':
        this.begin(message.epoch);
        this.clock.hear(message.version, at);
        return 'applied';
      case 'parts':
        this.named.push(...message.parts);
        if (!message.more) this.name(this.named.splice(0));
        return 'applied';
      case 'frame':
        this.clock.hear(message.to, at);
        return this.frame(message);
      case 'upto':
        this.clock.hear(message.version, at);
        this.arrive(message.version);
        return 'applied';
      case 'beat':
        this.clock.hear(message.version, at);
        return 'applied';
      default:
        return 'applied';
    }
  }

  /** The connection is lost: what came half is forgotten, the rest stays. */
  lost(): void {
    this.step = false;
    this.clock.stop();
    for (const part of this.parts.values()) this.forgetIncoming(part);
  }

  /** We may see nothing any more: all of it is forgotten, and is no longer shown. */
  clear(): void {
    this.step = false;
    this.epoch = '';
    this.parts.clear();
    this.numbered.clear();
    for (const id of this.held.keys()) this.remove(id);
  }

  private begin(epoch: string): void {
    this.step = false;
    this.clock.reset();
    this.numbered.clear();
    for (const part of this.parts.values()) this.forgetIncoming(part);
    if (epoch === this.epoch) return;
    this.epoch = epoch;
    for (const part of this.parts.values()) {
      for (const id of part.members.values()) part.ghosts.add(id);
      part.members.clear(); // its cells are shown until full frames replace them
      part.version = 0;
    }
    for (const courier of this.held.values()) {
      courier.holders.clear();
      this.loose.add(courier.id);
    }
  }

  private name(parts: Parts['parts']): void {
    const named = new Set(parts.map(({ part }) => part));
    for (const [name, part] of this.parts) if (!named.has(name)) this.drop(name, part);
    this.numbered = new Map();
    for (const { number, part: name } of parts) {
      const part = this.parts.get(name) ?? { version: 0, ...nothing(), incoming: undefined, ghosts: new Set() };
      this.parts.set(name, part);
      this.numbered.set(number, part);
    }
  }

  private drop(name: Part, part: Holding): void {
    this.parts.delete(name);
    this.forgetIncoming(part);
    for (const id of [...part.members.values(), ...part.ghosts]) {
      this.release(part, id);
      if (this.loose.has(id) && !this.haunted(id)) this.remove(id);
    }
  }

  private frame(frame: Frame): Outcome {
    const part = this.numbered.get(frame.part);
    if (!part) return 'applied'; // of a part that we no longer watch
    if (frame.from > part.version) return 'gap';
    if (frame.full) {
      this.forgetIncoming(part);
      part.incoming = nothing();
    }
    const { members, cells } = part.incoming ?? part;
    for (const number of frame.left) this.leave(part, members, number);
    for (const who of frame.introduced) this.introduce(part, members, who);
    for (const { number, position } of frame.at) this.move(part, members.get(number), position);
    for (const { index, cell } of frame.cells) {
      if (cell) cells.set(index, cell);
      else cells.delete(index);
    }
    if (frame.more) return 'applied';
    if (part.incoming) this.replace(part, part.incoming);
    part.version = Math.max(part.version, frame.to);
    return 'applied';
  }

  private leave(part: Holding, members: Map<number, string>, number: number): void {
    const id = members.get(number);
    if (id === undefined) return;
    members.delete(number);
    this.release(part, id);
  }

  private introduce(part: Holding, members: Map<number, string>, who: Introduction): void {
    members.set(who.number, who.id);
    let courier = this.held.get(who.id);
    if (!courier) {
      courier = { id: who.id, name: '', team: '', username: '', position: undefined, holders: new Map() };
      this.held.set(who.id, courier);
    }
    courier.name = who.name;
    courier.team = who.team;
    courier.username = who.username;
    if (!courier.holders.has(part)) courier.holders.set(part, undefined);
    this.loose.delete(who.id);
    this.changed.add(who.id);
  }

  private move(part: Holding, id: string | undefined, position: Position): void {
    const courier = id === undefined ? undefined : this.held.get(id);
    if (!courier) return;
    const last = courier.holders.get(part);
    if (last && last.stamp > position.stamp) return;
    courier.holders.set(part, position);
    this.show(courier);
  }

  /** Ends a full frame: what it did not name is no longer held by the part. */
  private replace(part: Holding, incoming: Content): void {
    const kept = new Set(incoming.members.values());
    for (const id of part.members.values()) if (!kept.has(id)) this.release(part, id);
    part.members = incoming.members;
    part.cells = incoming.cells;
    part.incoming = undefined;
    part.ghosts.clear();
  }

  private forgetAll(part: Holding): void {
    this.forgetIncoming(part);
    this.replace(part, nothing());
  }

  private forgetIncoming(part: Holding): void {
    if (!part.incoming) return;
    const kept = new Set(part.members.values());
    for (const id of part.incoming.members.values()) if (!kept.has(id)) this.release(part, id);
    part.incoming = undefined;
  }

  private release(part: Holding, id: string): void {
    const courier = this.held.get(id);
    if (!courier) return;
    courier.holders.delete(part);
    if (courier.holders.size === 0) this.loose.add(id);
    else this.show(courier);
  }

  /** Shows the newest of what the parts say. */
  private show(courier: Held): void {
    let newest: Position | undefined;
    for (const position of courier.holders.values()) {
      if (position && (!newest || position.stamp > newest.stamp)) newest = position;
    }
    if (!newest) return;
    courier.position = { ...newest, ...motion(courier.position, newest) };
    this.changed.add(courier.id);
  }

  /** We are in step with everything that we watch: what no part holds now is gone. */
  private arrive(version: Version): void {
    this.step = true;
    for (const part of this.parts.values()) {
      if (part.version === 0) this.forgetAll(part); // no frame of it came: it is empty
      part.version = Math.max(part.version, version);
      part.ghosts.clear();
    }
    for (const id of this.loose) this.remove(id);
  }

  private remove(id: string): void {
    this.loose.delete(id);
    this.held.delete(id);
    this.changed.add(id);
  }

  private haunted(id: string): boolean {
    for (const part of this.parts.values()) if (part.ghosts.has(id)) return true;
    return false;
  }
}

function nothing(): Content {
  return { members: new Map(), cells: new Map() };
}
