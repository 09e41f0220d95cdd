// How long to wait before the next try, in milliseconds: growing, and jittered, so that a thousand
// clients of a restarted server do not come back in the same moment.

const FIRST = 500;
const LONGEST = 20_000;

// tries: how many have failed in a row; chance: from 0 to 1.
export function backoffDelay(tries, chance = Math.random()) {
  const longest = Math.min(LONGEST, FIRST * 2 ** tries);
  return longest / 2 + (longest / 2) * chance;
}
