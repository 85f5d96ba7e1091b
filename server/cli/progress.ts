/** A line that says how far a long run has come, on a terminal and nowhere else. */

/** Shorter runs are over before anybody has read it. */
const QUIET_MILLISECONDS = 1000;
const BETWEEN_MILLISECONDS = 100;

export interface Progress {
  readonly show: (done: number, all: number) => void;
  /** Takes the line away, before something else is written. */
  readonly clear: () => void;
}

/** Takes the stream of a terminal; on any other stream nothing is shown. */
export function progressOn(stream: { isTTY?: boolean; write: (text: string) => unknown }): Progress {
  const begun = performance.now();
  let last = begun;
  let isShown = false;
  return {
    show(done, all) {
      const now = performance.now();
      if (!stream.isTTY || now - begun < QUIET_MILLISECONDS || now - last < BETWEEN_MILLISECONDS) return;
      last = now;
      isShown = true;
      stream.write(`\r${done} of ${all} files checked`);
    },
    clear() {
      if (isShown) stream.write('\r\u001b[K');
    },
  };
}
