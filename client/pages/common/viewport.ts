/** What part of the picture is seen: panning, zooming, fitting. */

export interface Frame {
  /** Where the picture's corner stands in the window, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Extent {
  readonly width: number;
  readonly height: number;
}

const SMALLEST = 0.05;
const LARGEST = 3;
/** Words in boxes can still be read. */
const READABLE = 0.6;
const MARGIN = 16;
/** Above the picture stands the box for words to find, below it the buttons. */
const ABOVE = 52;
/** A pointer that moved less than this was a click. */
const CLICK_PIXELS = 4;

export class Viewport {
  private frame: Frame = { x: 0, y: 0, scale: 1 };
  private dragged = false;

  constructor(
    private readonly window: SVGSVGElement,
    private readonly content: SVGGElement,
    private readonly changed: (frame: Frame) => void,
  ) {
    this.listenToPointer();
    window.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
  }

  get current(): Frame {
    return this.frame;
  }

  /** Of the window, in pixels. */
  get size(): Extent {
    return { width: this.window.clientWidth, height: this.window.clientHeight };
  }

  /** Brings a point of the picture into the middle of the window. */
  centre({ x, y }: { readonly x: number; readonly y: number }): void {
    const { scale } = this.frame;
    this.set({ scale, x: this.size.width / 2 - x * scale, y: this.size.height / 2 - y * scale });
  }

  /** Whether the last pointer movement was a drag, so that its end is no click. */
  get wasDragged(): boolean {
    return this.dragged;
  }

  set(frame: Frame): void {
    this.frame = frame;
    this.content.setAttribute('transform', `translate(${frame.x},${frame.y}) scale(${frame.scale})`);
    this.changed(frame);
  }

  pan(dx: number, dy: number): void {
    this.set({ ...this.frame, x: this.frame.x + dx, y: this.frame.y + dy });
  }

  /** Zooms by a factor, keeping what is at a point of the window where it is; by default the middle. */
  zoom(factor: number, at = { x: this.window.clientWidth / 2, y: this.window.clientHeight / 2 }): void {
    const scale = Math.min(Math.max(this.frame.scale * factor, SMALLEST), LARGEST);
    const ratio = scale / this.frame.scale;
    this.set({ scale, x: at.x - (at.x - this.frame.x) * ratio, y: at.y - (at.y - this.frame.y) * ratio });
  }

  /** Shows the whole picture. */
  fit({ width, height }: Extent): void {
    const room = { width: this.window.clientWidth - 2 * MARGIN, height: this.window.clientHeight - 2 * ABOVE };
    const scale = Math.min(Math.max(Math.min(room.width / width, room.height / height), SMALLEST), 1);
    this.set({
      scale,
      x: (this.window.clientWidth - width * scale) / 2,
      y: Math.max((this.window.clientHeight - height * scale) / 2, ABOVE),
    });
  }

  /** Takes the picture and its first box. Shows the beginning, as wide as it can be read. */
  begin({ width, height }: Extent, first: Rectangle | undefined): void {
    const scale = Math.min(Math.max((this.window.clientWidth - 2 * MARGIN) / width, READABLE), 1);
    // Of a picture that is too wide, or too high from left to right, the first box is in the middle.
    const start = (size: number, whole: number, middle: number, before: number) =>
      whole * scale <= size ? before : Math.min(MARGIN, Math.max(size / 2 - middle * scale, size - whole * scale));
    const { clientWidth, clientHeight } = this.window;
    const middle = first ? { x: first.x + first.width / 2, y: first.y + first.height / 2 } : { x: width / 2, y: 0 };
    const isBelow = middle.y * scale > clientHeight / 2;
    this.set({
      scale,
      x: start(clientWidth, width, middle.x, (clientWidth - width * scale) / 2),
      y: isBelow ? start(clientHeight, height, middle.y, ABOVE) : ABOVE,
    });
  }

  /** Brings a rectangle of the picture into the window, where it is not there already. */
  show(rectangle: { x: number; y: number; width: number; height: number }): void {
    const { x, y, scale } = this.frame;
    const left = x + rectangle.x * scale;
    const top = y + rectangle.y * scale;
    const right = left + rectangle.width * scale;
    const bottom = top + rectangle.height * scale;
    const inside = left >= 0 && top >= 0 && right <= this.window.clientWidth && bottom <= this.window.clientHeight;
    if (inside) return;
    this.pan(this.window.clientWidth / 2 - (left + right) / 2, this.window.clientHeight / 2 - (top + bottom) / 2);
  }

  /** Shows some rectangles of the picture together; where they are too many to be read, from the first on. */
  showAll(rectangles: readonly { x: number; y: number; width: number; height: number }[]): void {
    const left = Math.min(...rectangles.map(({ x }) => x));
    const top = Math.min(...rectangles.map(({ y }) => y));
    const width = Math.max(...rectangles.map((one) => one.x + one.width)) - left;
    const height = Math.max(...rectangles.map((one) => one.y + one.height)) - top;
    const room = { width: this.size.width - 2 * MARGIN, height: this.size.height - 2 * ABOVE };
    const scale = Math.min(Math.max(Math.min(room.width / width, room.height / height), READABLE), 1);
    const at = (start: number, length: number, size: number, margin: number) =>
      (length * scale <= size - 2 * margin ? (size - length * scale) / 2 : margin) - start * scale;
    this.set({ scale, x: at(left, width, this.size.width, MARGIN), y: at(top, height, this.size.height, ABOVE) });
  }

  private listenToPointer(): void {
    let last: { x: number; y: number } | undefined;
    let moved = 0;
    this.window.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      last = { x: event.clientX, y: event.clientY };
      moved = 0;
      this.dragged = false;
    });
    this.window.addEventListener('pointermove', (event) => {
      if (!last || event.buttons === 0) {
        last = undefined;
        return;
      }
      const dx = event.clientX - last.x;
      const dy = event.clientY - last.y;
      moved += Math.abs(dx) + Math.abs(dy);
      if (moved < CLICK_PIXELS) return;
      if (!this.dragged) this.window.setPointerCapture(event.pointerId);
      this.dragged = true;
      last = { x: event.clientX, y: event.clientY };
      this.pan(dx, dy);
    });
    this.window.addEventListener('pointerup', () => {
      last = undefined;
    });
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) {
      this.zoom(Math.exp(-event.deltaY * 0.004), { x: event.offsetX, y: event.offsetY });
    } else {
      this.pan(-event.deltaX, -event.deltaY);
    }
  }
}
