/**
 * Where an exercise stands: the script gone through by what has happened. Only what happened is kept, so that an exercise can be
 * saved after each event, taken up again and taken back by one. A pure function: the page, the extension and the report share it.
 */
import type { Seconds } from '../model/duration.js';
import { END } from '../model/id.js';
import type { Post, Script, ScriptStep, ScriptWayOut } from './script.js';

/** What has happened; `at` is milliseconds since 1970, `visit` the number of a visit to a step. */
export type ExerciseEvent = { readonly at: number } & (
  | { readonly type: 'begin' | 'pause' | 'resume' | 'end' }
  /** `call`: the called playbook is walked through; `time_up`: what is laid down for no decision happens. */
  | { readonly type: 'complete' | 'fail' | 'call' | 'time_up'; readonly visit: number }
  | { readonly type: 'decide'; readonly visit: number; readonly option: string; readonly by: string }
  /** `all`: neither the one who was asked, nor anybody else who holds or deputises the role. */
  | { readonly type: 'unreachable'; readonly visit: number; readonly all: boolean }
  | { readonly type: 'tick'; readonly visit: number; readonly item: number; readonly on: boolean }
  | { readonly type: 'stall'; readonly visit: number; readonly text: string }
  | { readonly type: 'inject' | 'note'; readonly text: string }
  /** The branches that are not there yet are not waited for. */
  | { readonly type: 'go_on'; readonly block: number }
  /** The clock of the exercise jumps ahead. */
  | { readonly type: 'skip'; readonly seconds: Seconds }
);

/** Somebody who may act in a step, in the order in which they are asked. */
export interface Candidate {
  readonly post: Post;
  readonly name: string;
  readonly contacts: readonly string[];
}

export interface Outcome {
  readonly kind: 'completed' | 'failed' | 'decided' | 'timed_out' | 'stopped';
  readonly option?: string;
  readonly by?: string;
}

/** A step that the team has come to; in a loop, each time anew. Times are seconds of the exercise's clock. */
export interface Visit {
  readonly id: number;
  /** The number of its playbook in the script. */
  readonly playbook: number;
  readonly step: ScriptStep;
  readonly from: Seconds;
  to: Seconds | undefined;
  outcome: Outcome | undefined;
  /** Those who could not be reached; the next candidate is asked. */
  readonly unreached: Candidate[];
  readonly ticked: Set<number>;
  readonly stalls: string[];
  /** Whether the playbook that it calls is being walked through. */
  isInside: boolean;
  /** The visit whose called playbook this step belongs to. */
  readonly caller: number | undefined;
  /** The numbers of the parallel blocks that it is in, the innermost first. */
  readonly blocks: readonly number[];
}

/** A parallel block that has been started. */
export interface OpenBlock {
  readonly id: number;
  readonly step: ScriptStep;
  readonly playbook: number;
  readonly size: number;
  arrived: number;
  left: number;
  isClosed: boolean;
  /** Where those go on who have arrived. */
  readonly around: Place;
  onward: { readonly ends: readonly string[]; readonly to: string } | undefined;
}

interface Place {
  readonly playbook: number;
  readonly caller: number | undefined;
  readonly blocks: readonly number[];
}

export interface LogEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly clock: Seconds;
  readonly kind: ExerciseEvent['type'] | 'arrive';
  readonly text: string;
}

export interface ClockState {
  readonly title: string;
  readonly limit: Seconds | undefined;
  readonly toldLimit: string;
  readonly obligation: string;
  startedAt: Seconds | undefined;
  metAt: Seconds | undefined;
}

export interface Run {
  /** Every step that was come to, in that order. */
  readonly visits: readonly Visit[];
  /** The steps that are open now, calls that are being walked through left out. */
  readonly open: readonly Visit[];
  /** Blocks in which somebody waits for other branches. */
  readonly waiting: readonly OpenBlock[];
  readonly log: readonly LogEntry[];
  readonly clocks: readonly ClockState[];
  readonly containedAt: Seconds | undefined;
  readonly isPaused: boolean;
  readonly hasEnded: boolean;
  /** Milliseconds since 1970. */
  readonly begunAt: number;
  /** When the exercise ended, on its own clock. */
  readonly endedAt: Seconds | undefined;
  /** Takes a time in milliseconds since 1970, not before the last event. Gives the exercise's clock: pauses left out, jumps added. */
  clockAt(now: number): Seconds;
}

/** Takes a step. Gives everybody who may decide, or perform, in the order in which they are asked. */
export function candidatesOf({ kind, owner, authority, escalation }: ScriptStep): Candidate[] {
  const posts = kind === 'decision' ? [authority, escalation] : [owner];
  return posts.flatMap((post) => {
    if (!post) return [];
    if (post.people.length === 0) return [{ post, name: post.title, contacts: [] }];
    return post.people.map(({ name, contacts }) => ({ post, name, contacts }));
  });
}

/** Takes a visit. Gives who is to be asked now; undefined where nobody is left, or nobody is named. */
export function askedNow({ step, unreached }: Visit): Candidate | undefined {
  return candidatesOf(step)[unreached.length];
}

/** Takes a step. Gives the way that is gone when its time is up and nobody has decided; undefined where none is laid down. */
export function defaultOf({ waysOut }: ScriptStep): ScriptWayOut | undefined {
  return waysOut.find(({ kind }) => kind === 'timeout');
}

/** Takes a script and what has happened, in that order. Gives where the exercise stands. Events that fit nothing are left out. */
export function runOf(script: Script, events: readonly ExerciseEvent[]): Run {
  const walk = new Walk(script, events[0]?.at ?? 0);
  for (const event of events) walk.apply(event);
  return walk;
}

class Walk implements Run {
  readonly visits: Visit[] = [];
  readonly log: LogEntry[] = [];
  readonly clocks: ClockState[];
  containedAt: Seconds | undefined;
  isPaused = false;
  endedAt: Seconds | undefined;
  private readonly blocks: OpenBlock[] = [];
  private readonly steps: readonly ReadonlyMap<string, ScriptStep>[];
  /** The exercise's clock at the last event, and when that was. */
  private elapsed = 0;
  private last: number;
  private now: number;

  constructor(
    private readonly script: Script,
    readonly begunAt: number,
  ) {
    this.last = begunAt;
    this.now = begunAt;
    this.steps = script.playbooks.map(({ steps }) => new Map(steps.map((step) => [step.key, step])));
    this.clocks = script.clocks.map(({ obligation, title, limit, toldLimit, event }) => {
      const startedAt = event === undefined ? 0 : undefined;
      return { obligation, title, limit, toldLimit, startedAt, metAt: undefined };
    });
  }

  get hasEnded(): boolean {
    return this.endedAt !== undefined;
  }

  get open(): readonly Visit[] {
    return this.visits.filter(({ to, isInside }) => to === undefined && !isInside);
  }

  get waiting(): readonly OpenBlock[] {
    return this.blocks.filter(({ arrived, isClosed }) => arrived > 0 && !isClosed);
  }

  clockAt(now: number): Seconds {
    if (this.endedAt !== undefined) return this.endedAt;
    return this.elapsed + (this.isPaused ? 0 : Math.max(0, now - this.last) / 1000);
  }

  apply(event: ExerciseEvent): void {
    if (this.hasEnded) return;
    this.elapsed = this.clockAt(event.at);
    this.last = Math.max(this.last, event.at);
    this.now = event.at;
    switch (event.type) {
      case 'begin':
        if (this.visits.length > 0) return;
        this.note('begin', `The exercise begins: ${this.script.title}`);
        this.begin({ playbook: 0, caller: undefined, blocks: [] });
        break;
      case 'pause':
      case 'resume':
        this.isPaused = event.type === 'pause';
        this.note(event.type, this.isPaused ? 'Pause' : 'The exercise goes on');
        break;
      case 'skip':
        this.elapsed += event.seconds;
        this.note('skip', `The clock jumps ahead by ${told(event.seconds)}`);
        break;
      case 'inject':
      case 'note':
        this.note(event.type, event.text);
        break;
      case 'end':
        this.note('end', 'The lead ends the exercise');
        for (const visit of this.visits) if (visit.to === undefined) this.close(visit, { kind: 'stopped' });
        break;
      case 'go_on':
        this.goOn(this.blocks[event.block]);
        break;
      default:
        this.applyTo(this.visits[event.visit], event);
    }
    if (this.visits.length > 0 && this.visits.every(({ to }) => to !== undefined) && this.waiting.length === 0) {
      if (event.type !== 'end') this.note('end', 'The end of the playbook is reached');
      this.endedAt = this.elapsed;
    }
  }

  private applyTo(visit: Visit | undefined, event: ExerciseEvent): void {
    if (!visit || visit.to !== undefined || visit.isInside) return;
    const { step } = visit;
    const name = `“${step.title}”`;
    switch (event.type) {
      case 'complete':
        this.note('complete', step.kind === 'parallel' ? `${name}: all branches start` : `Done: ${name}`);
        this.close(visit, { kind: 'completed' });
        this.complete(visit);
        break;
      case 'fail':
        this.note('fail', `${step.tool || 'The step'} fails: ${name}`);
        this.close(visit, { kind: 'failed' });
        this.leave(visit, step.waysOut.find(({ kind }) => kind === 'failure') ?? onwardOf(step));
        break;
      case 'decide': {
        const option = step.options.find(({ id }) => id === event.option);
        if (!option) return;
        this.note('decide', `${name} is decided by ${event.by}: ${option.label}`);
        this.close(visit, { kind: 'decided', option: option.id, by: event.by });
        this.leave(
          visit,
          step.waysOut.find((way) => way.kind === 'option' && way.option === option.id),
        );
        break;
      }
      case 'time_up': {
        const way = defaultOf(step);
        if (!way) return;
        const label = step.options.find(({ id }) => id === way.option)?.label ?? way.option;
        this.note('time_up', `Nobody has decided ${name} in time. What is laid down for that happens: ${label}`);
        this.close(visit, { kind: 'timed_out', ...(way.option === undefined ? {} : { option: way.option }) });
        this.leave(visit, way);
        break;
      }
      case 'call':
        if (step.calls === undefined) return;
        this.note('call', `${name} is walked through`);
        visit.isInside = true;
        this.begin({ playbook: step.calls, caller: visit.id, blocks: [] });
        this.returnFrom(visit);
        break;
      case 'unreachable':
        this.unreachable(visit, event.all);
        break;
      case 'stall':
        visit.stalls.push(event.text);
        this.note('stall', `${name} stalls: ${event.text}`);
        break;
      case 'tick': {
        const item = step.checklist[event.item];
        if (item === undefined) return;
        if (event.on) visit.ticked.add(event.item);
        else visit.ticked.delete(event.item);
        this.note('tick', event.on ? `${name}: ${item}` : `${name}, taken back: ${item}`);
        break;
      }
    }
  }

  private unreachable(visit: Visit, all: boolean): void {
    const candidates = candidatesOf(visit.step);
    const asked = candidates[visit.unreached.length];
    if (!asked) return;
    const same = candidates.slice(visit.unreached.length).filter(({ post }) => post === asked.post);
    const missed = all ? same : [asked];
    visit.unreached.push(...missed);
    const next = askedNow(visit);
    const onward = next
      ? `${next.name} (${next.post.title}) is asked`
      : 'nobody else is named who may act in their place';
    this.note('unreachable', `${missed.map(({ name }) => name).join(', ')} cannot be reached: ${onward}`);
  }

  private begin(place: Place): void {
    this.enter(place, this.script.playbooks[place.playbook]?.start ?? END);
  }

  /** An action goes on; a parallel block starts its branches. */
  private complete(visit: Visit): void {
    const { step } = visit;
    if (step.notifies !== undefined) this.meet(step.notifies);
    if (step.contains) this.containedAt ??= this.elapsed;
    const branches = step.waysOut.filter(({ kind }) => kind === 'branch');
    if (branches.length === 0) {
      this.leave(visit, onwardOf(step));
      return;
    }
    const { playbook, caller } = visit;
    const id = this.blocks.length;
    const around = { playbook, caller, blocks: visit.blocks };
    const counts = { arrived: 0, left: 0, isClosed: false, onward: undefined };
    this.blocks.push({ id, step, playbook, size: branches.length, around, ...counts });
    for (const { to } of branches) this.enter({ playbook, caller, blocks: [id, ...visit.blocks] }, to);
  }

  private meet(event: string): void {
    for (const clock of this.clocks) if (clock.obligation === event) clock.metAt ??= this.elapsed;
    this.establish(event);
  }

  private establish(event: string): void {
    for (const [index, { event: starter }] of this.script.clocks.entries()) {
      const clock = this.clocks[index];
      if (clock && starter === event) clock.startedAt ??= this.elapsed;
    }
  }

  private leave(visit: Visit, way: ScriptWayOut | undefined): void {
    this.move(visit, way?.ends ?? [], way?.to ?? END);
    if (visit.caller !== undefined) this.returnFrom(this.visits[visit.caller]);
  }

  /** Goes on from a place to a step: at the join of a parallel block its branches wait for each other. */
  private move(place: Place, ends: readonly string[], to: string): void {
    const [inner, ...around] = place.blocks;
    const block = inner === undefined ? undefined : this.blocks[inner];
    const [ended, ...further] = ends;
    if (ended !== undefined && block?.step.key !== ended) {
      this.move(place, further, to);
    } else if (block && ended !== undefined) {
      block.arrived++;
      block.onward = { ends: further, to };
      this.settle(block);
    } else if (block && !this.stepAt(place.playbook, to)?.blocks.includes(block.step.key)) {
      block.left++;
      this.move({ ...place, blocks: around }, [], to);
      this.settle(block);
    } else {
      this.enter(place, to);
    }
  }

  private settle(block: OpenBlock): void {
    if (!block.isClosed && block.arrived + block.left >= block.size) this.goOn(block);
  }

  private goOn(block: OpenBlock | undefined): void {
    if (!block || block.isClosed) return;
    if (block.arrived + block.left < block.size) {
      this.note('go_on', `“${block.step.title}” goes on without the branches that are not there yet`);
    }
    block.isClosed = true;
    if (block.onward) this.move(block.around, block.onward.ends, block.onward.to);
    if (block.around.caller !== undefined) this.returnFrom(this.visits[block.around.caller]);
  }

  private enter({ playbook, caller, blocks }: Place, to: string): void {
    const step = this.stepAt(playbook, to);
    if (!step) return;
    this.visits.push({
      id: this.visits.length,
      playbook,
      caller,
      blocks,
      step,
      from: this.elapsed,
      to: undefined,
      outcome: undefined,
      unreached: [],
      ticked: new Set(),
      stalls: [],
      isInside: false,
    });
    const count = this.visits.filter((visit) => visit.step === step).length;
    this.note('arrive', `Step ${step.number}: ${step.title}${count > 1 ? ` (for the ${ordinal(count)} time)` : ''}`);
    for (const event of step.events) this.establish(event);
  }

  /** When nothing of a called playbook is open any more, the step that called it is done. */
  private returnFrom(visit: Visit | undefined): void {
    if (!visit?.isInside || visit.to !== undefined) return;
    const isOpen = this.visits.some((other) => other.caller === visit.id && other.to === undefined);
    const waits = this.waiting.some(({ around }) => around.caller === visit.id);
    if (isOpen || waits) return;
    this.note('complete', `Done: “${visit.step.title}”`);
    this.close(visit, { kind: 'completed' });
    this.complete(visit);
  }

  private stepAt(playbook: number, key: string): ScriptStep | undefined {
    return this.steps[playbook]?.get(key);
  }

  private close(visit: Visit, outcome: Outcome): void {
    visit.to = this.elapsed;
    visit.outcome = outcome;
  }

  private note(kind: LogEntry['kind'], text: string): void {
    this.log.push({ at: this.now, clock: this.elapsed, kind, text });
  }
}

/** Where a step goes on that is done: an unfinished decision has no such way. */
function onwardOf({ waysOut, kind, join }: ScriptStep): ScriptWayOut | undefined {
  if (kind === 'parallel' && join !== undefined) return { to: join, kind: 'next', option: undefined, ends: [] };
  return waysOut.find((way) => way.kind === 'next');
}

function ordinal(count: number): string {
  return ['first', 'second', 'third', 'fourth', 'fifth'][count - 1] ?? `${count}th`;
}

/** Takes seconds of the exercise's clock. Gives them to the second: `1h 02m 03s`, `4m 05s`, `12s`. */
export function told(seconds: Seconds): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  if (hours > 0) return rest === 0 ? `${hours}h ${two(minutes)}m` : `${hours}h ${two(minutes)}m ${two(rest)}s`;
  if (minutes > 0) return rest === 0 ? `${minutes}m` : `${minutes}m ${two(rest)}s`;
  return `${rest}s`;
}

/** Takes seconds. Gives them as a clock that nobody watches to the second would: from an hour on, to the minute. */
export function toldRoughly(seconds: Seconds): string {
  return told(seconds < 3600 ? seconds : seconds - (seconds % 60));
}
