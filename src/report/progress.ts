import type { Clock } from '../ports/clock.ts';
import { bytes, duration, number } from './words.ts';

/** Where progress is written: standard error, or a stream of a test. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export interface ProgressOptions {
  readonly stream: ProgressStream;
  readonly clock: Clock;
  /** Nothing is written. */
  readonly quiet?: boolean;
}

/** Tells how far a run is. Each phase begins with `begin`; `advance` says what was done since. */
export interface Progress {
  begin(phase: string, total: number): void;
  /** `sizeDone` in bytes. */
  advance(done?: number, sizeDone?: number): void;
  /** Ends the phase and, on a terminal, takes the bar away. */
  end(): void;
}

/** A terminal is redrawn at most this often, in milliseconds. */
const REDRAW = 100;
/** A plain line at most this often, or each tenth of the way. */
const PLAIN_LINE = 5000;
const BAR = 24;

/** A bar with rate and time left on a terminal, plain lines elsewhere, nothing when quiet. */
export function createProgress(options: ProgressOptions): Progress {
  if (options.quiet === true) return { begin: nothing, advance: nothing, end: nothing };
  return options.stream.isTTY === true
    ? new BarProgress(options.stream, options.clock)
    : new LineProgress(options.stream, options.clock);
}

const nothing = (): void => {};

abstract class CountedProgress implements Progress {
  protected phase = '';
  protected total = 0;
  protected done = 0;
  protected size = 0;
  private startedAt = 0;
  private open = false;

  constructor(
    protected readonly stream: ProgressStream,
    private readonly clock: Clock,
  ) {}

  begin(phase: string, total: number): void {
    this.end();
    this.open = true;
    this.phase = phase;
    this.total = total;
    this.done = 0;
    this.size = 0;
    this.startedAt = this.now();
    this.started();
  }

  advance(done = 1, sizeDone = 0): void {
    if (!this.open) return;
    this.done += done;
    this.size += sizeDone;
    this.moved();
  }

  end(): void {
    if (!this.open) return;
    this.open = false;
    this.ended();
  }

  protected abstract started(): void;
  protected abstract moved(): void;
  protected abstract ended(): void;

  protected now(): number {
    return this.clock.now().getTime();
  }

  protected elapsed(): number {
    return Math.max(0, this.now() - this.startedAt);
  }

  /** 0 to 1; a phase without anything to do is done. */
  protected share(): number {
    return this.total <= 0 ? 1 : Math.min(1, this.done / this.total);
  }

  /** `1,204/12,904  38/s  2.1 MB/s`; the rates once there is time enough to tell them. */
  protected figures(): string {
    const seconds = this.elapsed() / 1000;
    const figures = [`${number(this.done)}/${number(Math.max(this.total, this.done))}`];
    if (seconds >= 1) figures.push(`${rate(this.done / seconds)}/s`);
    if (seconds >= 1 && this.size > 0) figures.push(`${bytes(this.size / seconds)}/s`);
    return figures.join('  ');
  }

  /** Time left at the rate so far; '' at the beginning and at the end. */
  protected left(): string {
    const elapsed = this.elapsed();
    if (this.done <= 0 || this.done >= this.total || elapsed < 1000) return '';
    return `${duration((elapsed / this.done) * (this.total - this.done))} left`;
  }
}

function rate(perSecond: number): string {
  return perSecond < 9.95 ? perSecond.toFixed(1) : number(Math.round(perSecond));
}

class BarProgress extends CountedProgress {
  private drawnAt = Number.NEGATIVE_INFINITY;

  protected started(): void {
    this.draw();
  }

  protected moved(): void {
    const sinceDrawn = this.now() - this.drawnAt;
    if (sinceDrawn >= REDRAW || sinceDrawn < 0 || this.done >= this.total) this.draw();
  }

  protected ended(): void {
    this.stream.write('\r\u001B[K');
    this.drawnAt = Number.NEGATIVE_INFINITY;
  }

  private draw(): void {
    this.drawnAt = this.now();
    const full = Math.round(this.share() * BAR);
    const bar = `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`;
    const percent = `${Math.floor(this.share() * 100)}%`.padStart(4);
    const line = [this.phase, `${bar} ${percent}`, this.figures(), this.left()].filter(Boolean).join('  ');
    // A line that wraps could not be drawn over.
    const columns = this.stream.columns ?? 80;
    this.stream.write(`\r${line.slice(0, Math.max(1, columns - 1))}\u001B[K`);
  }
}

class LineProgress extends CountedProgress {
  private writtenAt = 0;
  private writtenTenth = 0;

  protected started(): void {
    this.writtenAt = this.now();
    this.writtenTenth = 0;
    this.stream.write(`${this.phase}: ${number(this.total)} to do\n`);
  }

  protected moved(): void {
    const tenth = Math.floor(this.share() * 10);
    const waited = this.now() - this.writtenAt >= PLAIN_LINE;
    if ((waited || tenth > this.writtenTenth) && this.done < this.total) this.writeLine(tenth);
  }

  protected ended(): void {
    this.stream.write(`${this.phase}: ${number(this.done)} done in ${duration(this.elapsed())}\n`);
  }

  private writeLine(tenth: number): void {
    this.writtenAt = this.now();
    this.writtenTenth = tenth;
    const percent = `${Math.floor(this.share() * 100)}%`;
    const line = [percent, this.figures(), this.left()].filter(Boolean).join('  ');
    this.stream.write(`${this.phase}: ${line}\n`);
  }
}
