/** How long the processor works on something: the same on a busy machine, where the clock on the wall says twice as much. */

/** The time in milliseconds that this process spends computing while `act` runs, garbage collection included. */
export function processorMilliseconds(act: () => void): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
